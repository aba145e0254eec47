import { tooMuchJson } from '../json-shape.ts';
import { Refusal } from './exchange.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One value that fills the bytes; undefined when they are none. */
export function tryJson(bytes: Buffer): { readonly value: unknown } | undefined {
  if (tooMuchJson(bytes) !== undefined) return undefined;
  try {
    return { value: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    return undefined;
  }
}

export function readJson(bytes: Buffer): unknown {
  const excess = tooMuchJson(bytes);
  if (excess !== undefined) throw new Refusal('too-large', `the body is JSON that is not read: ${excess}`);
  const found = tryJson(bytes);
  if (found === undefined) throw new Refusal('unreadable', 'the body is not valid JSON');
  return found.value;
}

/** Lines without their ends; empty ones are left out. */
export function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(0x0a, from);
    const end = found < 0 ? bytes.length : found;
    const last = end > from && bytes[end - 1] === 0x0d ? end - 1 : end;
    if (last > from) yield bytes.subarray(from, last);
    from = end + 1;
  }
}

/** Objects that stand one behind the other, with or without white space between. What is broken takes the rest with it. */
export function* objectsOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; ) {
    const byte = bytes[from];
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      from += 1;
      continue;
    }
    const end = endOfObject(bytes, from);
    yield bytes.subarray(from, end);
    from = end;
  }
}

function endOfObject(bytes: Buffer, from: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === 0x22) inString = !inString;
    else if (inString) {
      if (byte === 0x5c) at += 1;
    } else if (byte === 0x7b) depth += 1;
    else if (byte === 0x7d) {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
  }
  return bytes.length;
}
