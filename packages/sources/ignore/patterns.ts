import { compileGlob, matchGlob } from './wildmatch.ts';

/** One line of an ignore file. */
interface Pattern {
  readonly negated: boolean;
  readonly folderOnly: boolean;
  /** Compared with the last name only; otherwise with the path from the ignore file's folder. */
  readonly nameOnly: boolean;
  matches(text: string): boolean;
}

/** The patterns of one ignore file: the last one that matches decides (gitignore(5)). */
export class PatternList {
  readonly #patterns: readonly Pattern[];
  readonly #foldCase: boolean;

  constructor(text: string, foldCase: boolean) {
    this.#foldCase = foldCase;
    this.#patterns = parseLines(foldCase ? lowerAscii(text) : text);
  }

  get empty(): boolean {
    return this.#patterns.length === 0;
  }

  /** True: ignored. False: re-included. Undefined: nothing said. `path` is relative to the ignore file's folder. */
  decide(path: string, isFolder: boolean): boolean | undefined {
    const text = this.#foldCase ? lowerAscii(path) : path;
    const name = text.slice(text.lastIndexOf('/') + 1);
    for (let at = this.#patterns.length - 1; at >= 0; at -= 1) {
      const pattern = this.#patterns[at];
      if (pattern === undefined || (pattern.folderOnly && !isFolder)) continue;
      if (pattern.matches(pattern.nameOnly ? name : text)) return !pattern.negated;
    }
    return undefined;
  }
}

/** Git folds ASCII only. */
function lowerAscii(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function parseLines(text: string): Pattern[] {
  const patterns: Pattern[] = [];
  const withoutMark = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
  for (const line of withoutMark.split('\n')) {
    const pattern = parsePattern(trimEnd(line.endsWith('\r') ? line.slice(0, -1) : line));
    if (pattern !== undefined) patterns.push(pattern);
  }
  return patterns;
}

/** Trailing blanks go, unless a backslash holds them. */
function trimEnd(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === ' ') continue;
    end = at + 1;
  }
  return line.slice(0, end);
}

function parsePattern(line: string): Pattern | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const negated = line.startsWith('!');
  let glob = negated ? line.slice(1) : line;
  const folderOnly = glob.endsWith('/');
  if (folderOnly) glob = glob.slice(0, -1);
  const nameOnly = !glob.includes('/');
  if (glob.startsWith('/')) glob = glob.slice(1);
  if (glob === '') return undefined;
  return { negated, folderOnly, nameOnly, matches: matcher(glob, nameOnly) };
}

function matcher(glob: string, nameOnly: boolean): (text: string) => boolean {
  if (!/[*?[\\]/.test(glob)) return (text) => text === glob;
  const tail = glob.slice(1);
  if (nameOnly && glob.startsWith('*') && !/[*?[\\]/.test(tail)) return (text) => text.endsWith(tail);
  const tokens = compileGlob(glob);
  return tokens === undefined ? () => false : (text) => matchGlob(tokens, text);
}
