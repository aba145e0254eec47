/** Cuts the bytes of one connection into messages of syslog (RFC 6587, section 3.4). */

export interface Frames {
  readonly messages: readonly string[];
  /** Bytes of the messages. */
  readonly bytes: number;
  readonly problems: readonly FrameProblem[];
}

export interface FrameProblem {
  readonly kind: 'too-long' | 'no-count' | 'cut-off';
  /** As far as it was kept. */
  readonly bytes: Buffer;
}

const newline = 0x0a;
const space = 0x20;
const digits = 9;

/** The first byte tells how the peer frames, and a peer stays with it: a count begins with 1 to 9, a message with `<`. */
export class SyslogFramer {
  readonly #limit: number;
  #counted: boolean | undefined;
  #rest: Buffer[] = [];
  #length = 0;
  /** Bytes of a message over the limit that are still to come; Infinity: up to the next line feed. */
  #skip = 0;
  #broken = false;
  #messages: string[] = [];
  #bytes = 0;
  #problems: FrameProblem[] = [];

  /** `counted`: the transport knows how messages are framed (RFC 5425, section 4.3); else the first byte tells. */
  constructor(limit: number, counted?: true) {
    this.#limit = limit;
    this.#counted = counted;
  }

  /** True once the counts are lost: nothing after can be told apart (RFC 6587, section 3.4.1). */
  get lost(): boolean {
    return this.#broken;
  }

  /** True while a message has begun and not ended. */
  get within(): boolean {
    return this.#length > 0 || this.#skip > 0;
  }

  push(chunk: Buffer): Frames {
    if (this.#broken || chunk.length === 0) return this.#take();
    this.#counted ??= chunk[0] !== undefined && chunk[0] >= 0x31 && chunk[0] <= 0x39;
    if (this.#counted) this.#pushCounted(chunk);
    else this.#pushLines(chunk);
    return this.#take();
  }

  /** A last line without its line feed is a message; half of a counted one is not. */
  end(): Frames {
    const rest = this.#rest.length === 0 ? undefined : Buffer.concat(this.#rest);
    this.#keep([]);
    if (rest === undefined || this.#broken || this.#skip > 0) return this.#take();
    if (this.#counted === true) this.#problems.push({ kind: 'cut-off', bytes: rest });
    else this.#addLines(rest);
    return this.#take();
  }

  #take(): Frames {
    const frames = { messages: this.#messages, bytes: this.#bytes, problems: this.#problems };
    this.#messages = [];
    this.#problems = [];
    this.#bytes = 0;
    return frames;
  }

  #pushLines(chunk: Buffer): void {
    let from = 0;
    if (this.#skip > 0) {
      const end = chunk.indexOf(newline);
      if (end < 0) return;
      this.#skip = 0;
      from = end + 1;
    }
    const last = chunk.lastIndexOf(newline);
    if (last >= from) {
      const first = chunk.subarray(from, last);
      this.#addLines(this.#length === 0 ? first : Buffer.concat([...this.#rest, first]));
      this.#keep([]);
      from = last + 1;
    }
    if (from < chunk.length) this.#add(chunk.subarray(from));
    if (this.#length <= this.#limit) return;
    this.#tooLong(Buffer.concat(this.#rest));
    this.#keep([]);
    this.#skip = Number.POSITIVE_INFINITY;
  }

  /** Bytes of whole lines, without the last line feed. */
  #addLines(bytes: Buffer): void {
    for (const line of bytes.toString('utf8').split('\n')) {
      // Some senders end a message with a zero byte (RFC 6587, section 3.4.2).
      const message = /[\r\0]$/.test(line) ? line.slice(0, -1) : line;
      if (message.length > this.#limit) this.#tooLong(Buffer.from(message));
      else if (message !== '') this.#messages.push(message);
    }
    this.#bytes += bytes.length;
  }

  #pushCounted(chunk: Buffer): void {
    let at = Math.min(this.#skip, chunk.length);
    this.#skip -= at;
    const bytes = this.#length === 0 ? chunk : Buffer.concat([...this.#rest, chunk]);
    this.#keep([]);
    while (at < bytes.length) {
      const gap = bytes.subarray(at, at + digits + 1).indexOf(space);
      const count = /^[1-9]\d*$/.test(bytes.toString('latin1', at, gap < 0 ? Math.min(bytes.length, at + digits + 1) : at + gap)) ? gap : -2;
      if (count === -2 || (gap < 0 && bytes.length - at > digits)) {
        this.#problems.push({ kind: 'no-count', bytes: bytes.subarray(at, at + 1024) });
        this.#broken = true;
        return;
      }
      if (gap < 0) break;
      const length = Number(bytes.toString('latin1', at, at + gap));
      const from = at + gap + 1;
      if (length > this.#limit) {
        this.#tooLong(bytes.subarray(from, from + length));
        this.#skip = Math.max(0, from + length - bytes.length);
      } else if (from + length > bytes.length) break;
      else this.#messages.push(bytes.toString('utf8', from, from + length));
      this.#bytes += length;
      at = from + length;
    }
    if (at < bytes.length) this.#keep([bytes.subarray(at)]);
  }

  #tooLong(bytes: Buffer): void {
    this.#problems.push({ kind: 'too-long', bytes: Buffer.from(bytes.subarray(0, this.#limit)) });
  }

  #add(part: Buffer): void {
    this.#rest.push(part);
    this.#length += part.length;
  }

  #keep(rest: Buffer[]): void {
    this.#rest = rest;
    this.#length = rest.reduce((sum, part) => sum + part.length, 0);
  }
}
