import { Parser, type ReadEntry } from 'tar';
import { formOf, peek, tellsForm, unpacked } from '../content-form.ts';
import { type ArchiveEntry, type Expansion, labelOf } from './entry.ts';

const fileTypes: readonly string[] = ['File', 'OldFile', 'ContiguousFile', 'GNUDumpDir'];

/** Files of a tar archive, packed or plain, as they come by. What is not asked for is passed over. */
export async function* tarEntries(bytes: AsyncGenerator<Buffer>, expansion: Expansion): AsyncGenerator<ArchiveEntry> {
  const { head, all } = await peek(expansion.in(bytes), tellsForm);
  const flow = new EntryFlow();
  const feeding = flow.feed(expansion.out(unpacked(all, formOf(head))));
  try {
    for (let entry = await flow.next(); entry !== undefined; entry = await flow.next()) {
      const current = entry;
      if (fileTypes.includes(current.type)) yield { name: labelOf(current.path), content: () => contentOf(current) };
      // Nothing more comes out of the archive until this one is out of the way.
      if (!current.emittedEnd) current.resume();
    }
  } finally {
    flow.stop();
    await feeding;
  }
}

async function* contentOf(entry: ReadEntry): AsyncGenerator<Buffer> {
  for await (const chunk of entry) yield chunk;
}

/** Puts bytes into the parser and takes entries out of it, neither faster than the other. */
class EntryFlow {
  readonly #parser: Parser;
  readonly #entries: ReadEntry[] = [];
  #last: ReadEntry | undefined;
  #failure: unknown;
  #ended = false;
  #stopped = false;
  #changed: () => void = () => undefined;

  constructor() {
    this.#parser = new Parser({ strict: false, onReadEntry: (entry) => {
      this.#entries.push(entry);
      this.#last = entry;
      this.#changed();
    } });
    this.#parser.on('error', (error) => this.#end(error));
    // What is malformed is passed over by the parser; it is not silent about it.
    this.#parser.on('warn', (code, message) => {
      if (/^TAR_(?:ENTRY_INVALID|BAD_ARCHIVE|ABORT|ENTRY_ERROR)$/.test(String(code))) this.#failure ??= new Error(String(message));
    });
    this.#parser.on('end', () => this.#end(undefined));
  }

  async feed(chunks: AsyncGenerator<Buffer>): Promise<void> {
    try {
      for await (const chunk of chunks) {
        if (this.#stopped) return;
        if (!this.#parser.write(chunk)) await this.#drained();
      }
      this.#parser.end();
    } catch (error) {
      this.#end(error);
    }
  }

  /** Undefined at the end; throws what went wrong after all entries before it. */
  async next(): Promise<ReadEntry | undefined> {
    while (this.#entries.length === 0 && !this.#ended) await new Promise<void>((resolve) => {
      this.#changed = resolve;
    });
    const entry = this.#entries.shift();
    if (entry === undefined && this.#failure !== undefined) throw this.#failure;
    return entry;
  }

  stop(): void {
    this.#stopped = true;
    this.#parser.emit('drain');
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#parser.once('drain', () => resolve());
    });
  }

  #end(failure: unknown): void {
    this.#failure ??= failure;
    this.#ended = true;
    // Whoever reads the entry that was cut off would wait for the rest of it.
    if (failure !== undefined && this.#last?.emittedEnd === false) this.#last.destroy(failure);
    this.#changed();
  }
}
