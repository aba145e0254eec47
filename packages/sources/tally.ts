import type { Diagnostic, DiagnosticCode } from '#model/diagnostic.ts';

const every = 10_000;

/** Tells the first of equal events at once and the others as a count, every ten seconds and at the end. */
export class Tally {
  readonly #tell: (diagnostic: Diagnostic) => void;
  readonly #path: string;
  readonly #counts = new Map<string, { readonly code: DiagnosticCode; readonly message: string; count: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, tell: (diagnostic: Diagnostic) => void) {
    this.#path = path;
    this.#tell = tell;
  }

  /** `message` is one of a few: what differs between events has no place in it. */
  add(code: DiagnosticCode, message: string, count = 1): void {
    const key = `${code} ${message}`;
    const known = this.#counts.get(key);
    if (known !== undefined) {
      known.count += count;
      return;
    }
    this.#counts.set(key, { code, message, count: count - 1 });
    this.#tell({ code, message, path: this.#path });
    this.#timer ??= setInterval(() => this.#flush(), every).unref();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#flush();
    this.#counts.clear();
  }

  #flush(): void {
    for (const entry of this.#counts.values()) {
      if (entry.count === 0) continue;
      this.#tell({ code: entry.code, message: `${entry.message} (${entry.count} more times)`, path: this.#path, count: entry.count });
      entry.count = 0;
    }
  }
}
