/**
 * Patterns are programs with holes. Before a parser sees one, its holes become names that no program has; `pattern-tree.ts` finds them again.
 */
export const holes = {
  dots: 'ww_dots',
  metavariable: 'ww_mv_',
  dotsMetavariable: 'ww_dots_',
  deep: 'ww_deep',
  typed: 'ww_typed_',
  /** A type, where the language wants one before a name. */
  anyType: 'WwAny',
} as const;

/** A metavariable that stands for values of a type only. */
export interface TypedHole {
  readonly metavariable: string;
  /** As written. */
  readonly type: string;
}

/** Where an ellipsis stands, so that a language can say what is written for it there. */
export interface DotsPlace {
  /** The last character before it that is no blank; empty at the start. */
  readonly before: string;
  /** What follows it, from the first character that is no blank. */
  readonly after: string;
  /** All that was written before it, as it will be parsed. */
  readonly written: string;
  readonly newlineBefore: boolean;
  readonly newlineAfter: boolean;
  /** What each open bracket is, innermost last. */
  readonly brackets: readonly Bracket[];
}

export interface Bracket {
  readonly open: string;
  /** What is written between the last `;`, `{` or `}` and the bracket. */
  readonly head: string;
  /** What follows the closing bracket, and whether a colon or arrow stands in it at its own level. */
  readonly tail: string;
  readonly pairs: boolean;
}

export interface HoleSyntax {
  readonly quotes: readonly string[];
  readonly lineComment: string;
  /** What variables begin with. */
  readonly sigil?: string;
  /** Names that look like metavariables and are the language's own. */
  readonly ownNames?: RegExp;
  /** What is written for an ellipsis at a place; undefined leaves the three dots (a spread, say). */
  readonly dots: (place: DotsPlace) => string | undefined;
  /** What is written before a metavariable that is one parameter on its own. */
  readonly parameterType?: (place: DotsPlace) => string;
  /** Typed metavariables as the language writes them: groups `type` and `name`. */
  readonly typed?: RegExp;
  /** The parentheses may be those of a call: `f($X: int)`. */
  readonly typedInCalls?: boolean;
  readonly mayBeTyped?: (before: string, after: string) => boolean;
  /** Strings in which `{...}` is code. */
  readonly interpolated?: (prefix: string, quote: string) => string | undefined;
}

export interface Prepared {
  readonly text: string;
  readonly typed: readonly TypedHole[];
}

const metavariable = /\$(\.\.\.)?([A-Z_][A-Z_0-9]*|[0-9]+)(?![a-z])/y;

/** Writes the holes of one pattern as names. */
export function prepare(pattern: string, syntax: HoleSyntax): Prepared {
  return new Preparation(pattern, syntax).run();
}

class Preparation {
  private readonly source: string;
  private readonly syntax: HoleSyntax;
  private readonly typed: TypedHole[] = [];
  private readonly brackets: Bracket[] = [];
  private out = '';
  private at = 0;

  constructor(source: string, syntax: HoleSyntax) {
    this.source = source;
    this.syntax = syntax;
  }

  run(): Prepared {
    while (this.at < this.source.length) this.step();
    return { text: this.out, typed: this.typed };
  }

  private step(): void {
    const { source, syntax } = this;
    const rest = (length: number): string => source.slice(this.at, this.at + length);
    const quote = syntax.quotes.find((each) => source.startsWith(each, this.at));
    if (quote !== undefined) return this.string(quote);
    if (source.startsWith(syntax.lineComment, this.at)) return this.copy((source.indexOf('\n', this.at) + 1 || source.length + 1) - 1 - this.at);
    if (rest(4) === '<...') return this.replace(4, `${holes.deep}(`);
    if (rest(4) === '...>' && this.out.includes(`${holes.deep}(`)) return this.replace(4, ')');
    if (rest(3) === '...') return this.dots();
    if (this.typedHole() || this.hole()) return;
    this.bracket(source[this.at] as string);
    this.copy(1);
  }

  private copy(length: number): void {
    this.out += this.source.slice(this.at, this.at + length);
    this.at += Math.max(1, length);
  }

  private replace(length: number, text: string): void {
    this.out += text;
    this.at += length;
  }

  private bracket(character: string): void {
    if ('([{'.includes(character)) this.brackets.push(this.describe(character));
    else if (')]}'.includes(character)) this.brackets.pop();
  }

  private describe(open: string): Bracket {
    const close = matching(this.source, this.at);
    const head = /[^;{}]*$/.exec(this.out)?.[0] ?? '';
    return { open, head, tail: this.source.slice(close + 1).trimStart(), pairs: hasPairs(this.source.slice(this.at + 1, close)) };
  }

  private dots(): void {
    const following = this.source.slice(this.at + 3);
    const written = this.syntax.dots(this.place(following));
    // Three dots right before a name spread it.
    const spreads = /^[\w$[({"'`]/.test(following) && !/\bfunction\s*$/.test(this.out);
    if (written === undefined || spreads) return this.copy(3);
    this.replace(3, written);
  }

  private place(following: string): DotsPlace {
    const { out, brackets } = this;
    const trimmed = out.trimEnd();
    return {
      before: trimmed.at(-1) ?? '',
      after: following.trimStart(),
      written: out,
      newlineBefore: out.slice(trimmed.length).includes('\n'),
      newlineAfter: /^[ \t]*\n/.test(following),
      brackets,
    };
  }

  private typedHole(): boolean {
    const { typed, mayBeTyped } = this.syntax;
    if (typed === undefined || this.source[this.at] !== '(') return false;
    typed.lastIndex = this.at;
    const found = typed.exec(this.source);
    if (found?.groups === undefined) return false;
    const after = this.source.slice(this.at + found[0].length).trimStart();
    if (mayBeTyped !== undefined && !mayBeTyped(this.out.trimEnd(), after)) return false;
    const name = `${holes.typed}${this.typed.length}`;
    this.replace(found[0].length, this.syntax.typedInCalls === true ? `(${name})` : name);
    this.typed.push({ metavariable: found.groups['name'] ?? '', type: (found.groups['type'] ?? '').trim() });
    return true;
  }

  private hole(): boolean {
    metavariable.lastIndex = this.at;
    const found = metavariable.exec(this.source);
    if (found === null || this.syntax.ownNames?.test(found[0]) === true) return false;
    const sigil = this.syntax.sigil !== undefined && !/\b(?:function|class|new|extends|use)\s*$/.test(this.out) ? this.syntax.sigil : '';
    const alone = this.syntax.parameterType;
    if (alone !== undefined) this.out += alone(this.place(this.source.slice(this.at + found[0].length)));
    this.replace(found[0].length, `${sigil}${found[1] === undefined ? holes.metavariable : holes.dotsMetavariable}${found[2]}`);
    return true;
  }

  /** Strings stay as they are; only code inside them has holes. */
  private string(quote: string): void {
    const { source, at } = this;
    const prefix = /[A-Za-z]*$/.exec(this.out)?.[0] ?? '';
    const end = endOfString(source, at + quote.length, quote);
    const opening = this.syntax.interpolated?.(prefix, quote);
    const text = source.slice(at, end);
    this.out += opening === undefined ? text : text.replace(opening === '${' ? /\$\{([^{}]*)\}/g : /\{([^{}]*)\}/g, (_, inner: string) => `${opening}${this.inner(inner)}}`);
    this.at = end;
  }

  private inner(code: string): string {
    return code.replace(/\$\.\.\.([A-Z_][A-Z_0-9]*)/g, `${holes.dotsMetavariable}$1`).replace(/\$([A-Z_][A-Z_0-9]*|\d+)/g, `${holes.metavariable}$1`).replace(/\.\.\./g, holes.dots);
  }
}

/** The end of a string that begins before `from`: after its closing quote. */
function endOfString(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith(quote, at)) return at + quote.length;
  }
  return source.length;
}

/** The bracket that closes the one at `at`; the end when there is none. */
function matching(source: string, at: number): number {
  let depth = 0;
  for (let i = at; i < source.length; i++) {
    const character = source[i] as string;
    if (character === '"' || character === "'" || character === '`') i = endOfString(source, i + 1, character) - 1;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) return i;
  }
  return source.length;
}

/** A colon at the level of the brackets themselves: `{a: 1}`. */
function hasPairs(inside: string): boolean {
  let depth = 0;
  for (let i = 0; i < inside.length; i++) {
    const character = inside[i] as string;
    if (character === '"' || character === "'") i = endOfString(inside, i + 1, character) - 1;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ':' && depth === 0) return true;
  }
  return false;
}
