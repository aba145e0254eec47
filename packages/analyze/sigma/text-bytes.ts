import { fold } from './glob.ts';

/** The platform's own, which needs nothing of the world and takes a tenth of what a loop over a long text does. */
declare const TextEncoder: new () => { encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number } };

const encoder = new TextEncoder();

/** Characters below this one are one byte, and fold by table. */
const tabled = 128;
const lower = Uint8Array.from({ length: tabled }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

/** Room that is kept from one text to the next; a longer text gets its own. */
const room = 16_384;
/** Whoever reads several bytes at once reads past the end of a text. */
const slack = 8;
/** Shorter texts are read before a call into the platform would be back. */
const leastNative = 40;
const mostBytes = 3;
const surrogate = /[\ud800-\udfff]/;

/** One text as searches read it: folded, as bytes, which cost less to ask than a string; as a string only where one is needed. */
export class TextBytes {
  text = '';
  /** Of the folded text; what follows after `length` is left from others. */
  bytes = new Uint8Array(room + slack);
  view = new DataView(this.bytes.buffer);
  length = 0;
  private foldedText: string | undefined;

  read(text: string): void {
    this.text = text;
    this.foldedText = undefined;
    if (this.bytes.length > room + slack) this.resize(room);
    if (text.length >= leastNative || !this.readShort(text)) this.readFolded(fold(text));
  }

  get folded(): string {
    this.foldedText ??= fold(this.text);
    return this.foldedText;
  }

  /** False where a character is more than one byte. */
  private readShort(text: string): boolean {
    const { bytes } = this;
    const { length } = text;
    let all = 0;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      all |= code;
      bytes[at] = lower[code & (tabled - 1)] as number;
    }
    this.length = length;
    return all < tabled;
  }

  private readFolded(folded: string): void {
    this.foldedText = folded;
    this.makeRoom(folded.length);
    let done = encoder.encodeInto(folded, this.bytes);
    if (done.written > done.read || done.read < folded.length) {
      this.makeRoom(folded.length * mostBytes);
      // A half of a pair is a character to whoever compares texts.
      done = surrogate.test(folded) ? { read: folded.length, written: writeHalves(folded, this.bytes) } : encoder.encodeInto(folded, this.bytes);
    }
    this.length = done.written;
  }

  private makeRoom(length: number): void {
    if (length + slack > this.bytes.length) this.resize(length);
  }

  private resize(length: number): void {
    this.bytes = new Uint8Array(length + slack);
    this.view = new DataView(this.bytes.buffer);
  }
}

/** The bytes of a folded text, as they stand in every text that it is a part of. */
export function bytesOf(folded: string): Uint8Array {
  const bytes = new Uint8Array(folded.length * mostBytes);
  return bytes.slice(0, writeHalves(folded, bytes));
}

/** UTF-8, but for pairs, which are written one half after the other (CESU-8): any part of a text so has a part of its bytes. Gives how many. */
function writeHalves(text: string, into: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) into[length++] = code;
    else {
      if (code < 0x800) into[length++] = 0xc0 | (code >>> 6);
      else {
        into[length++] = 0xe0 | (code >>> 12);
        into[length++] = 0x80 | ((code >>> 6) & 0x3f);
      }
      into[length++] = 0x80 | (code & 0x3f);
    }
  }
  return length;
}
