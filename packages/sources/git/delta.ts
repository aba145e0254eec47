import { SourceError } from '../source-error.ts';

/** gitformat-pack(5), "Deltified representation". */
export interface DeltaSizes {
  readonly base: number;
  readonly result: number;
  /** Where the instructions begin. */
  readonly at: number;
}

export function deltaSizes(delta: Buffer): DeltaSizes {
  const base = sizeAt(delta, 0);
  const result = sizeAt(delta, base.at);
  return { base: base.value, result: result.value, at: result.at };
}

function sizeAt(delta: Buffer, from: number): { value: number; at: number } {
  let value = 0;
  let scale = 1;
  for (let at = from; at < delta.length && scale < 2 ** 50; at += 1) {
    const byte = delta[at] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, at: at + 1 };
    scale *= 128;
  }
  throw damaged('its sizes do not end');
}

export function applyDelta(base: Buffer, delta: Buffer, sizes: DeltaSizes): Buffer {
  if (sizes.base !== base.length) throw damaged('it was made for another base');
  const result = Buffer.allocUnsafe(sizes.result);
  let at = sizes.at;
  let filled = 0;
  while (at < delta.length) {
    const op = delta[at++] ?? 0;
    if (op & 0x80) {
      let offset = 0;
      let size = 0;
      if (op & 0x01) offset = delta[at++] ?? 0;
      if (op & 0x02) offset += (delta[at++] ?? 0) << 8;
      if (op & 0x04) offset += (delta[at++] ?? 0) << 16;
      if (op & 0x08) offset += (delta[at++] ?? 0) * 0x1000000;
      if (op & 0x10) size = delta[at++] ?? 0;
      if (op & 0x20) size += (delta[at++] ?? 0) << 8;
      if (op & 0x40) size += (delta[at++] ?? 0) << 16;
      if (size === 0) size = 0x10000;
      if (offset + size > base.length || filled + size > result.length) throw damaged('it copies what is not there');
      base.copy(result, filled, offset, offset + size);
      filled += size;
    } else {
      if (op === 0 || at + op > delta.length || filled + op > result.length) throw damaged('an instruction is invalid');
      delta.copy(result, filled, at, at + op);
      at += op;
      filled += op;
    }
  }
  if (filled !== result.length) throw damaged('it ends too early');
  return result;
}

function damaged(why: string): SourceError {
  return new SourceError('git-corrupt', `a git delta is damaged: ${why}`);
}
