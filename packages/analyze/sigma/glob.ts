/** Sigma's string patterns: literals with `*` (any run) and `?` (any one character); specification, "String Wildcard". */
export const star: unique symbol = Symbol('*');
export const one: unique symbol = Symbol('?');
export type Glob = readonly (string | typeof star | typeof one)[];

/**
 * Lower case, the same for a text and for any part of it: the Greek final sigma is the one letter whose lower case depends on
 * its neighbours (Unicode 17, SpecialCasing).
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('\u03c2') ? lower.replaceAll('\u03c2', '\u03c3') : lower;
}

/** Reads wildcards and their escapes: `\*`, `\?` and `\\` stand for the character; any other backslash for itself. */
export function parseGlob(text: string): Glob {
  const parts: (string | typeof star | typeof one)[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next;
      at++;
    } else if (character === '*' || character === '?') {
      if (literal !== '') parts.push(literal);
      literal = '';
      if (character === '?') parts.push(one);
      else if (parts.at(-1) !== star) parts.push(star);
    } else literal += character;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

export function mapLiterals(glob: Glob, change: (literal: string) => string): Glob {
  return glob.map((part) => (typeof part === 'string' ? change(part) : part));
}

/** The literal when there is no wildcard. */
export function plainText(glob: Glob): string | undefined {
  if (glob.length === 0) return '';
  const only = glob[0];
  return glob.length === 1 && typeof only === 'string' ? only : undefined;
}

export function longestLiteral(glob: Glob): string {
  return glob.reduce<string>((longest, part) => (typeof part === 'string' && part.length > longest.length ? part : longest), '');
}

/** A test of the whole text. The usual shapes get the engine's own search; the rest is matched run by run, never by backtracking. */
export function globTest(glob: Glob): (text: string) => boolean {
  const plain = plainText(glob);
  if (plain !== undefined) return (text) => text === plain;
  const [first, second, third] = glob;
  if (glob.length === 1 && first === star) return () => true;
  if (glob.length === 2 && typeof first === 'string' && second === star) return (text) => text.startsWith(first);
  if (glob.length === 2 && first === star && typeof second === 'string') return (text) => text.endsWith(second);
  if (glob.length === 3 && first === star && typeof second === 'string' && third === star) return (text) => text.includes(second);
  return matchRuns(glob);
}

/** Whether any of many patterns fits: whole texts by look-up, ends and beginnings by the one character that they must share. */
export function anyGlobTest(globs: readonly Glob[]): (text: string) => boolean {
  const whole = new Set<string>();
  const ends = new Map<number, string[]>();
  const starts = new Map<number, string[]>();
  const others: ((text: string) => boolean)[] = [];
  for (const glob of globs) {
    const plain = plainText(glob);
    const [first, second] = glob;
    if (plain !== undefined) whole.add(plain);
    else if (glob.length === 2 && first === star && typeof second === 'string') file(ends, second.charCodeAt(second.length - 1), second);
    else if (glob.length === 2 && typeof first === 'string' && second === star) file(starts, first.charCodeAt(0), first);
    else others.push(globTest(glob));
  }
  return (text) => {
    if (whole.has(text)) return true;
    if (text !== '') {
      for (const end of ends.get(text.charCodeAt(text.length - 1)) ?? []) if (text.endsWith(end)) return true;
      for (const start of starts.get(text.charCodeAt(0)) ?? []) if (text.startsWith(start)) return true;
    }
    for (const test of others) if (test(text)) return true;
    return false;
  };
}

function file(into: Map<number, string[]>, key: number, text: string): void {
  const list = into.get(key) ?? [];
  list.push(text);
  into.set(key, list);
}

type Run = readonly (string | typeof one)[];

/** Between stars lie runs of fixed length: the first and last are anchored, each other one is taken where it first fits. */
function matchRuns(glob: Glob): (text: string) => boolean {
  const runs: (string | typeof one)[][] = [[]];
  for (const part of glob) {
    if (part === star) runs.push([]);
    else runs.at(-1)?.push(part);
  }
  const lengths = runs.map(runLength);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return (text) => {
    const last = runs.length - 1;
    if (last === 0) return text.length === total && fits(runs[0] ?? [], text, 0);
    if (text.length < total) return false;
    if (!fits(runs[0] ?? [], text, 0) || !fits(runs[last] ?? [], text, text.length - (lengths[last] ?? 0))) return false;
    const end = text.length - (lengths[last] ?? 0);
    let at = lengths[0] ?? 0;
    for (let index = 1; index < last; index++) {
      const found = findRun(runs[index] ?? [], lengths[index] ?? 0, text, at, end);
      if (found === -1) return false;
      at = found + (lengths[index] ?? 0);
    }
    return at <= end;
  };
}

function findRun(run: Run, length: number, text: string, from: number, end: number): number {
  const head = run[0];
  for (let at = from; at + length <= end; at++) {
    if (typeof head === 'string') {
      at = text.indexOf(head, at);
      if (at === -1 || at + length > end) return -1;
    }
    if (fits(run, text, at)) return at;
  }
  return -1;
}

function fits(run: Run, text: string, at: number): boolean {
  let position = at;
  for (const part of run) {
    if (part === one) position++;
    else {
      if (!text.startsWith(part, position)) return false;
      position += part.length;
    }
  }
  return position <= text.length;
}

function runLength(run: Run): number {
  return run.reduce((sum, part) => sum + (part === one ? 1 : part.length), 0);
}
