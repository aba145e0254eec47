import { deserialize, serialize } from 'node:v8';
import type { KeptEntry } from './entry-table.ts';

/** First bytes of the packed forms; what `serialize` gives begins with 0xff. */
const packedNumbers = 1;
const packedBytes = 2;
/** The mark in a word of its own, so that numbers are aligned; how many numbers, or bytes; the order. */
const head = 4;
/** Shorter ones are not worth it. */
const leastBytes = 160;

/**
 * An entry as bytes of a checkpoint. Most of what detectors remember are arrays of numbers of which most are zero: runs of zeros are left out, which
 * makes it a fraction as long. Numbers lie as this machine has them in memory: a state stays where it is.
 */
export function packEntry(kept: KeptEntry<unknown>): Uint8Array {
  const { order, entry } = kept;
  if (entry instanceof Float32Array) return squeeze(new Int32Array(entry.buffer, entry.byteOffset, entry.length), { mark: packedNumbers, length: entry.length, order });
  const bytes = serialize(kept);
  if (bytes.length < leastBytes) return bytes;
  const squeezed = squeeze(wordsOf(bytes), { mark: packedBytes, length: bytes.length, order });
  return squeezed.length < bytes.length ? squeezed : bytes;
}

/** The serializer's bytes lie where words do; the last one may reach beyond them. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const length = Math.ceil(bytes.length / 4);
  if (bytes.byteOffset % 4 === 0 && bytes.byteOffset + length * 4 <= bytes.buffer.byteLength) return new Int32Array(bytes.buffer, bytes.byteOffset, length);
  const words = new Int32Array(length);
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

/** Only what this program wrote is read here. */
export function unpackEntry(bytes: Uint8Array): KeptEntry<unknown> {
  const mark = bytes[0];
  if (mark !== packedNumbers && mark !== packedBytes) return deserialize(bytes) as KeptEntry<unknown>;
  const words = new Int32Array(bytes.slice().buffer);
  const length = words[1] as number;
  if (mark === packedBytes) return deserialize(new Uint8Array(unsqueeze(words, Math.ceil(length / 4)).buffer, 0, length)) as KeptEntry<unknown>;
  return { order: new Float64Array(words.buffer, 0, 2)[1] as number, entry: new Float32Array(unsqueeze(words, length).buffer) };
}

/** Written to again and again: thousands of entries are packed at once. */
let room = new Int32Array(4_096);

/** After the head, runs: how many zeros, how many other words, and those. By their bits: a negative zero is none. */
function squeeze(words: Int32Array, { mark, length, order }: { readonly mark: number; readonly length: number; readonly order: number }): Uint8Array {
  if (room.length < head + 2 + words.length * 2) room = new Int32Array(head + 2 + words.length * 3);
  const packed = room;
  let to = head;
  for (let at = 0; at < words.length; ) {
    const zeros = at;
    while (at < words.length && words[at] === 0) at++;
    const from = at;
    // One zero between others is shorter as it is.
    while (at < words.length && (words[at] !== 0 || (at + 1 < words.length && words[at + 1] !== 0))) at++;
    packed[to++] = from - zeros;
    packed[to++] = at - from;
    for (let one = from; one < at; one++) packed[to++] = words[one] as number;
  }
  const kept = packed.slice(0, to);
  kept[0] = mark;
  kept[1] = length;
  new Float64Array(kept.buffer, 0, 2)[1] = order;
  return new Uint8Array(kept.buffer);
}

function unsqueeze(packed: Int32Array, length: number): Int32Array {
  const words = new Int32Array(length);
  let at = 0;
  for (let from = head; from < packed.length; ) {
    at += packed[from++] as number;
    const others = packed[from++] as number;
    words.set(packed.subarray(from, from + others), at);
    at += others;
    from += others;
  }
  return words;
}
