import { type Diagnostic, type DiagnosticCode, diagnosticCodes } from '#model/diagnostic.ts';

const perCode = 50;
const shownExamples = 3;

interface Folded {
  readonly what: string;
  readonly examples: string[];
  count: number;
}

/** Collects diagnostics so that a million equal events stay a few lines, and no event stays uncounted. */
export class DiagnosticLog {
  readonly #single = new Map<DiagnosticCode, Diagnostic[]>();
  readonly #over = new Map<DiagnosticCode, number>();
  readonly #folded = new Map<string, Folded & { readonly code: DiagnosticCode }>();

  /** One line of its own, until the code has too many of them. */
  add(diagnostic: Diagnostic): void {
    const list = this.#single.get(diagnostic.code) ?? [];
    if (list.length < perCode) this.#single.set(diagnostic.code, [...list, diagnostic]);
    else this.#over.set(diagnostic.code, (this.#over.get(diagnostic.code) ?? 0) + 1);
  }

  /** Counted into one line with a few examples. `what` names them: "links that lead nowhere". */
  fold(code: DiagnosticCode, what: string, path: string): void {
    const key = `${code} ${what}`;
    const folded = this.#folded.get(key) ?? { code, what, examples: [], count: 0 };
    folded.count += 1;
    if (folded.examples.length < shownExamples) folded.examples.push(path);
    this.#folded.set(key, folded);
  }

  /** In the order of the codes' declaration, then of the paths. */
  all(): Diagnostic[] {
    const list: Diagnostic[] = [...this.#single.values()].flat();
    for (const [code, count] of this.#over) list.push({ code, message: `and ${count} more like these`, count });
    for (const { code, what, examples, count } of this.#folded.values()) {
      const more = count > examples.length ? ', ...' : '';
      list.push({ code, message: `${what} (${count}): ${examples.join(', ')}${more}`, count });
    }
    const order = Object.keys(diagnosticCodes);
    return list.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code) || compare(a.path, b.path));
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
