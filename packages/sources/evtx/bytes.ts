/** A record or chunk that is not what the format says. Never leaves this folder: it becomes a diagnostic. */
export class EvtxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EvtxError';
  }
}

/** Reads little-endian values of a chunk one after the other, never beyond `end`. */
export class Cursor {
  at: number;
  readonly end: number;
  readonly bytes: Buffer;

  constructor(bytes: Buffer, at: number, end: number) {
    if (at < 0 || end > bytes.length || at > end) throw new EvtxError('a part lies outside its chunk');
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  u8(): number {
    return this.bytes[this.take(1)] ?? 0;
  }

  u16(): number {
    return this.bytes.readUInt16LE(this.take(2));
  }

  u32(): number {
    return this.bytes.readUInt32LE(this.take(4));
  }

  /** UTF-16 text of `count` code units. */
  utf16(count: number): string {
    const at = this.take(count * 2);
    return this.bytes.toString('utf16le', at, at + count * 2);
  }

  skip(length: number): void {
    this.take(length);
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  private take(length: number): number {
    const at = this.at;
    if (at + length > this.end) throw new EvtxError('a part ends too early');
    this.at = at + length;
    return at;
  }
}
