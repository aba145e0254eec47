import { kinds, type TextTree } from './tree.ts';

export interface TextMatch {
  readonly start: number;
  readonly end: number;
  /** What the metavariables stand for, by name with its `$` (and `$...`). */
  readonly bindings: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
}

export interface TextSearch {
  readonly matches: readonly TextMatch[];
  /** False when the search was stopped at its limit. */
  readonly complete: boolean;
}

export interface TextSearchOptions {
  /** Lines that one ellipsis may span. */
  readonly ellipsisLines?: number;
  readonly ignoreCase?: boolean;
}

const usualSpan = 10;
/** Comparisons for one pattern in one text; a pattern of many ellipses on long lines could go on for hours. */
const mostSteps = 4_000_000;

interface Dots {
  readonly untilLine: number;
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number;
}

interface Binding {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly next: Binding | undefined;
}

/** How far a match has come: what is bound, and the last element that belongs to it (-1: none yet). */
interface Done {
  readonly bindings: Binding | undefined;
  readonly last: number;
}

/** Finds a pattern in a text: at each place the shortest match, of those that end together the last (with a final ellipsis the first). */
export function searchText(pattern: TextTree, doc: TextTree, options: TextSearchOptions = {}): TextSearch {
  const search = new Search(pattern, doc, options);
  const byEnd = new Map<number, TextMatch>();
  const startsOpen = pattern.kind[0] === kinds.ellipsis;
  const endsOpen = pattern.length > 1 && pattern.kind[pattern.length - 1] === kinds.ellipsis;
  const found: TextMatch[] = [];
  /** Where the blocks end that a place lies in: a match does not leave the block that it begins in. */
  const ends = [doc.length];
  for (let at = 0; at < doc.length && !search.exhausted; at++) {
    const kind = doc.kind[at] as number;
    if (kind === kinds.open) ends.push(doc.jump[at] as number);
    if (kind === kinds.close) ends.pop();
    if (kind === kinds.open || kind === kinds.close) continue;
    if (startsOpen && at > 0 && doc.kind[at - 1] !== kinds.open) continue;
    const match = search.from(at, ends.at(-1) as number);
    if (match === undefined) continue;
    found.push(match);
    if (!endsOpen || !byEnd.has(match.end)) byEnd.set(match.end, match);
  }
  return { matches: found.filter((match) => byEnd.get(match.end) === match), complete: !search.exhausted };
}

class Search {
  private steps = 0;
  exhausted = false;
  private origin = 0;
  private readonly span: number;
  /** Names that stand more than once: what one of them is bound to decides whether the rest can match. */
  private readonly repeats: boolean;
  private failed = new Set<string>();
  private readonly pattern: TextTree;
  private readonly doc: TextTree;
  private readonly words: readonly string[];
  private readonly ignoreCase: boolean;

  constructor(pattern: TextTree, doc: TextTree, { ellipsisLines = usualSpan, ignoreCase = false }: TextSearchOptions) {
    this.pattern = pattern;
    this.doc = doc;
    this.span = ellipsisLines;
    this.ignoreCase = ignoreCase;
    this.words = Array.from({ length: pattern.length }, (_, at) => pattern.text.slice(pattern.start[at], pattern.end[at]));
    const names = this.words.filter((word, at) => word.startsWith('$') && pattern.kind[at] !== kinds.character);
    this.repeats = new Set(names).size < names.length;
  }

  from(origin: number, until: number): TextMatch | undefined {
    this.origin = origin;
    this.failed = new Set();
    const done = this.match(0, this.pattern.length, origin, until, undefined, { bindings: undefined, last: -1 });
    if (done === undefined) return undefined;
    const last = Math.max(done.last, origin);
    const bindings = new Map<string, { start: number; end: number }>();
    for (let one = done.bindings; one !== undefined; one = one.next) bindings.set(one.name, one);
    return { start: this.doc.start[origin] as number, end: this.doc.end[last] as number, bindings };
  }

  /** Matches the pattern from `p` to `pEnd` against the text from `d`; `dEnd` is where the enclosing block that must match whole ends. */
  private match(p: number, pEnd: number, d: number, dEnd: number, dots: Dots | undefined, done: Done): Done | undefined {
    const key = this.repeats || dots === undefined ? undefined : `${p} ${d} ${dEnd} ${dots.untilLine}`;
    if (key !== undefined && this.failed.has(key)) return undefined;
    const result = this.step(p, pEnd, d, dEnd, dots, done);
    if (result === undefined && key !== undefined) this.failed.add(key);
    return result;
  }

  private step(p: number, pEnd: number, d: number, dEnd: number, dots: Dots | undefined, done: Done): Done | undefined {
    if (p >= pEnd) return this.end(d, dEnd, pEnd, dots, done);
    const kind = this.pattern.kind[p] as number;
    if (kind === kinds.ellipsis) return this.match(p + 1, pEnd, d, dEnd, this.extended(p, dots, done), done);
    if (kind === kinds.open) return this.block(p, pEnd, d, dEnd, dots, done);
    return this.atom(p, pEnd, d, dEnd, dots, done);
  }

  private lastLine(done: Done): number {
    return this.doc.line[done.last < 0 ? this.origin : done.last] as number;
  }

  private extended(p: number, dots: Dots | undefined, done: Done): Dots {
    if (dots !== undefined) return { ...dots, untilLine: dots.untilLine + this.span };
    const at = done.last < 0 ? (this.doc.start[this.origin] as number) : (this.doc.end[done.last] as number);
    const word = this.words[p] as string;
    return { untilLine: this.lastLine(done) + this.span, name: word.startsWith('$') ? word : undefined, start: at, end: at };
  }

  /** The pattern is through. Inside a block that must match whole nothing may be left over but what an ellipsis takes. */
  private end(d: number, dEnd: number, pEnd: number, dots: Dots | undefined, done: Done): Done | undefined {
    const isWhole = pEnd < this.pattern.length;
    if (dots === undefined) return isWhole && this.firstAtom(d, dEnd) !== undefined ? undefined : done;
    if (this.lastLine(done) > dots.untilLine) return isWhole ? undefined : done;
    let last = done.last;
    for (let at = d, depth = 0; at < dEnd; at++) {
      const kind = this.doc.kind[at] as number;
      if (kind === kinds.open) depth++;
      else if (kind === kinds.close && depth-- === 0) break;
      else if (kind !== kinds.close) {
        if ((this.doc.line[at] as number) > dots.untilLine) break;
        last = at;
      }
    }
    const end = last < 0 ? dots.end : Math.max(dots.end, this.doc.end[last] as number);
    return this.closed({ ...dots, end }, { ...done, last });
  }

  private firstAtom(from: number, to: number): number | undefined {
    for (let at = from; at < to; at++) if ((this.doc.kind[at] as number) < kinds.open) return at;
    return undefined;
  }

  private closed(dots: Dots | undefined, done: Done): Done | undefined {
    if (dots?.name === undefined) return done;
    return this.bind(dots.name, dots.start, dots.end, done);
  }

  private bind(name: string, start: number, end: number, done: Done): Done | undefined {
    for (let one = done.bindings; one !== undefined; one = one.next) {
      if (one.name === name) return this.doc.text.slice(one.start, one.end) === this.doc.text.slice(start, end) ? done : undefined;
    }
    return { ...done, bindings: { name, start, end, next: done.bindings } };
  }

  /** An indented block of the pattern is honoured: it matches a whole block of the text and nothing else. */
  private block(p: number, pEnd: number, from: number, dEnd: number, open: Dots | undefined, done: Done): Done | undefined {
    const close = this.pattern.jump[p] as number;
    let dots = open;
    for (let d = from; d < dEnd; d++) {
      if (this.isOver()) return undefined;
      const kind = this.doc.kind[d] as number;
      if (kind === kinds.close) break;
      if (kind === kinds.open) {
        const before = this.closed(dots, done);
        if (before === undefined) return undefined;
        const inner = this.match(p + 1, close, d + 1, this.doc.jump[d] as number, undefined, before);
        return inner === undefined ? undefined : this.match(close + 1, pEnd, (this.doc.jump[d] as number) + 1, dEnd, undefined, inner);
      }
      if (dots === undefined || (this.doc.line[d] as number) > dots.untilLine) {
        const before = this.isOnlyDots(p + 1, close) ? this.closed(dots, done) : undefined;
        return before === undefined ? undefined : this.match(close + 1, pEnd, d, dEnd, undefined, before);
      }
      dots = taking(dots, this.doc.end[d] as number);
    }
    return this.isOnlyDots(p, pEnd) ? this.closed(dots, done) : undefined;
  }

  private isOnlyDots(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      const kind = this.pattern.kind[at] as number;
      if (kind !== kinds.ellipsis && kind !== kinds.open && kind !== kinds.close) return false;
    }
    return true;
  }

  /** A word or character: what the text has more blocks than the pattern is gone through as if it were flat. */
  private atom(p: number, pEnd: number, from: number, dEnd: number, open: Dots | undefined, done: Done): Done | undefined {
    let dots = open;
    for (let d = from; d < dEnd; d++) {
      if (this.isOver()) return undefined;
      const kind = this.doc.kind[d] as number;
      if (kind >= kinds.open) continue;
      if (dots !== undefined && (this.doc.line[d] as number) > dots.untilLine) return undefined;
      const taken = this.takes(p, d) ? this.take(p, d, dots, done) : undefined;
      const result = taken === undefined ? undefined : this.match(p + 1, pEnd, d + 1, dEnd, undefined, taken);
      if (result !== undefined || dots === undefined) return result;
      dots = taking(dots, this.doc.end[d] as number);
    }
    return undefined;
  }

  private take(p: number, d: number, dots: Dots | undefined, done: Done): Done | undefined {
    const before = this.closed(dots, done);
    if (before === undefined) return undefined;
    const matched = { ...before, last: d };
    if (this.pattern.kind[p] !== kinds.metavariable) return matched;
    return this.bind(this.words[p] as string, this.doc.start[d] as number, this.doc.end[d] as number, matched);
  }

  private takes(p: number, d: number): boolean {
    const kind = this.pattern.kind[p] as number;
    if (kind === kinds.metavariable) return this.doc.kind[d] === kinds.word;
    if (kind !== this.doc.kind[d]) return false;
    const word = this.words[p] as string;
    const start = this.doc.start[d] as number;
    if ((this.doc.end[d] as number) - start !== word.length) return false;
    if (this.doc.text.startsWith(word, start)) return true;
    return this.ignoreCase && this.doc.text.slice(start, start + word.length).toLowerCase() === word.toLowerCase();
  }

  private isOver(): boolean {
    if (this.steps++ > mostSteps) this.exhausted = true;
    return this.exhausted;
  }
}

function taking(dots: Dots, end: number): Dots {
  return { ...dots, end };
}
