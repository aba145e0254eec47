import type { Diagnostic } from '#model/diagnostic.ts';

const shown = 50;

/** Records of one source that could not be decoded: the first are told one by one, the rest as a number. */
export class ProblemCount {
  readonly #source: string;
  readonly #tell: (diagnostic: Diagnostic) => void;
  #count = 0;
  #told = 0;

  constructor(source: string, tell: (diagnostic: Diagnostic) => void) {
    this.#source = source;
    this.#tell = tell;
  }

  /** `line` is 0 where there are none. */
  add(line: number, message: string): void {
    this.#count += 1;
    if (this.#count > shown) return;
    this.#told += 1;
    this.#tell({ code: 'event-unreadable', message, path: this.#source, ...(line === 0 ? {} : { line }) });
  }

  /** Tells how many there were since it was last asked. */
  end(): void {
    const more = this.#count - this.#told;
    if (more > 0) this.#tell({ code: 'event-unreadable', message: `and ${more} more records like these`, path: this.#source, count: more });
    this.#told = this.#count;
  }
}
