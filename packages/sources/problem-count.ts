import type { SourceContext } from '#model/intake.ts';

const shown = 50;

/** Records of one source that could not be decoded: the first are told one by one, the rest as a number; the bytes of all are laid aside. */
export class ProblemCount {
  readonly #source: string;
  readonly #ctx: Pick<SourceContext, 'onDiagnostic' | 'onDeadLetter'>;
  #count = 0;
  #told = 0;

  constructor(source: string, ctx: Pick<SourceContext, 'onDiagnostic' | 'onDeadLetter'>) {
    this.#source = source;
    this.#ctx = ctx;
  }

  /** `line` is 0 where there are none. */
  add(line: number, message: string, bytes?: Uint8Array): void {
    this.#count += 1;
    if (bytes !== undefined && bytes.length > 0) this.#ctx.onDeadLetter(bytes, `${this.#source}${line === 0 ? '' : `:${line}`}: ${message}`);
    if (this.#count > shown) return;
    this.#told += 1;
    this.#ctx.onDiagnostic({ code: 'event-unreadable', message, path: this.#source, ...(line === 0 ? {} : { line }) });
  }

  /** Tells how many there were since it was last asked. */
  end(): void {
    const more = this.#count - this.#told;
    if (more > 0) this.#ctx.onDiagnostic({ code: 'event-unreadable', message: `and ${more} more records like these`, path: this.#source, count: more });
    this.#told = this.#count;
  }
}
