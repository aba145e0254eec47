import { SourceError } from '../source-error.ts';

/** A file within an archive. Its content can be read once, before the next entry is asked for. */
export interface ArchiveEntry {
  /** As the archive has it: a label, never a place to go to. */
  readonly name: string;
  readonly content: () => AsyncGenerator<Buffer>;
}

export const archiveLimits = {
  entries: 100_000,
  /** Of what comes out of an archive, in bytes. */
  unpacked: 64 * 1024 ** 3,
  /** How many times larger than itself an archive may become, beyond the first bytes. Logs rarely shrink to a hundredth. */
  ratio: 500,
  ratioFrom: 64 * 1_048_576,
  nameLength: 1024,
};

/** Watches how much an archive becomes. */
export class Expansion {
  #packed = 0;
  #unpacked = 0;
  readonly #limits: typeof archiveLimits;

  constructor(limits: typeof archiveLimits) {
    this.#limits = limits;
  }

  takeIn(bytes: number): void {
    this.#packed += bytes;
  }

  /** Throws when it is too much. */
  readonly giveOut = (bytes: number): void => {
    this.#unpacked += bytes;
    const { unpacked, ratio, ratioFrom } = this.#limits;
    if (this.#unpacked > unpacked) throw new SourceError('target-unsupported', `it unpacks to more than ${unpacked} bytes`);
    if (this.#unpacked > ratioFrom && this.#unpacked > this.#packed * ratio) throw new SourceError('target-unsupported', `it unpacks to more than ${ratio} times its size`);
  };

  async *in(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.takeIn(chunk.length);
      yield chunk;
    }
  }

  async *out(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.giveOut(chunk.length);
      yield chunk;
    }
  }
}

/** Valid text without control characters, of bounded length. */
export function labelOf(name: string): string {
  return name.slice(0, archiveLimits.nameLength).toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
}
