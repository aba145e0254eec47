/** The record within a field of another: JSON where it is that, else the line as it stands. */
import { asObject } from './json-fields.ts';

const lengthLimit = 1_048_576;
const depthLimit = 64;

export function withInnerJson(field: unknown): unknown {
  if (typeof field !== 'string') return asObject(field);
  const text = field.trimEnd();
  if (text === '' || text.length > lengthLimit) return undefined;
  if (!text.startsWith('{') || depthOf(text) > depthLimit) return text;
  try {
    return asObject(JSON.parse(text)) ?? text;
  } catch {
    return text;
  }
}

/** Brackets in texts count too: that errs on the safe side. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}
