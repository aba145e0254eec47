import { fold } from './glob.ts';

/** Codes below this one fold by table. */
const tabled = 128;
const lower = Uint8Array.from({ length: tabled }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

/** Room that is kept from one text to the next; a longer text gets its own. */
const room = 4_096;

/** One text as searches read it: folded, as codes in an array, which costs less to ask than a string; as a string only where one is needed. */
export class TextCodes {
  text = '';
  /** Of the folded text; what follows after `length` is left from others. */
  codes = new Uint16Array(room);
  length = 0;
  /** Every code is below 128. */
  plain = true;
  private foldedText: string | undefined;

  read(text: string): void {
    this.text = text;
    if (text.length > this.codes.length || (this.codes.length > room && text.length <= room)) this.codes = new Uint16Array(Math.max(room, text.length));
    const { codes } = this;
    const { length } = text;
    let all = 0;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      all |= code;
      codes[at] = lower[code & (tabled - 1)] as number;
    }
    this.length = length;
    this.plain = all < tabled;
    this.foldedText = undefined;
    if (!this.plain) this.readFolded(fold(text));
  }

  get folded(): string {
    this.foldedText ??= fold(this.text);
    return this.foldedText;
  }

  /** Folding may make a text longer. */
  private readFolded(folded: string): void {
    this.foldedText = folded;
    if (folded.length > this.codes.length) this.codes = new Uint16Array(folded.length);
    for (let at = 0; at < folded.length; at++) this.codes[at] = folded.charCodeAt(at);
    this.length = folded.length;
  }
}
