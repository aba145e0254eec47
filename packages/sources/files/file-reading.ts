import type { SourceContext } from '#model/intake.ts';

/** What the files of one source share: the numbers of records by label, and what was told of them. */
export class FileReading {
  readonly ctx: SourceContext;
  /** What is no text and no event log is passed over. */
  readonly textOnly: boolean;
  readonly #numbers = new Map<string, number>();
  readonly #told = new Set<string>();

  constructor(ctx: SourceContext, textOnly: boolean) {
    this.ctx = ctx;
    this.textOnly = textOnly;
  }

  /** The next number of a label. */
  number(label: string): number {
    const next = this.last(label) + 1;
    this.#numbers.set(label, next);
    return next;
  }

  last(label: string): number {
    return this.#numbers.get(label) ?? 0;
  }

  /** Goes on from a number that was given in an earlier run. */
  atLeast(label: string, number: number): void {
    if (number > this.last(label)) this.#numbers.set(label, number);
  }

  unreadable(path: string, code: string): void {
    if (this.#told.has(path)) return;
    this.#told.add(path);
    this.ctx.onDiagnostic({ code: 'file-unreadable', message: `could not be read (${code})`, path });
  }
}
