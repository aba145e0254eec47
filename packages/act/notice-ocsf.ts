import type { Event } from '#model/event.ts';
import type { Notice } from '#model/sink.ts';
import { bounded, usualBounds, type Bounds } from './delivery/bounded.ts';
import { toIncidentFinding } from './incident-ocsf.ts';
import { toDetectionFinding, type Product } from './signal-ocsf.ts';

/** What a program gets: a Detection or an Incident Finding. What was cut to the bounds is marked as OCSF has it (`is_truncated`). */
export function noticeFinding(notice: Notice, product: Product, bounds: Bounds = usualBounds): Event {
  const whole = notice.kind === 'signal' ? toDetectionFinding(notice.signal, product) : toIncidentFinding(notice.incident, notice.revision, product);
  const { cut, value } = bounded(whole, bounds);
  const finding = value as Event;
  return cut ? { ...finding, metadata: { ...finding.metadata, is_truncated: true } } : finding;
}

/** A JSON object on one line. U+2028 and U+2029 end lines for some readers. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
