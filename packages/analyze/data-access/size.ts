import { bytes } from '../pipelines/reasons.ts';
import type { Pair } from './window.ts';
import { breadthOf } from './window.ts';

/** How much was read in the hour so far, for a person. */
export function sizeOf(pair: Pair): string {
  const breadth = breadthOf(pair);
  const parts = [breadth > 0 ? `about ${breadth.toLocaleString('en-US')} objects` : `${pair.objects.toLocaleString('en-US')} reads`, pair.rows > 0 ? `${pair.rows.toLocaleString('en-US')} rows` : '', pair.bytes > 0 ? bytes(pair.bytes) : ''];
  return parts.filter((part) => part !== '').join(', ');
}
