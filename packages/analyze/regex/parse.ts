import { complement, digit, end, last, lineBreaks, type Ranges, space, union, withCases, word } from './ranges.ts';

export type Expression =
  | { readonly kind: 'character'; readonly set: Ranges }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly part: Expression; readonly least: number; readonly most: number };

const nothing: Expression = { kind: 'sequence', parts: [] };
const deepest = 40;
const longest = 1_000;

class Unreadable extends Error {}

/** Reads a regular expression as far as it is regular; undefined for what goes beyond (references back, deep nesting) or is none. */
export function parseExpression(source: string, flags: string): Expression | undefined {
  if (source.length > longest) return undefined;
  try {
    const parser = new Parser(source, flags);
    return parser.whole();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly source: string;
  private readonly flags: string;

  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags;
  }

  whole(): Expression {
    const read = this.choice();
    if (this.at < this.source.length) throw new Unreadable();
    return read;
  }

  private choice(): Expression {
    if (++this.depth > deepest) throw new Unreadable();
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    this.depth--;
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'choice', parts };
  }

  private sequence(): Expression {
    const parts: Expression[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Expression {
    const part = this.atom();
    const counts = /^(?:([*+?])|\{(\d{1,4})(,(\d{0,4}))?\})\??/.exec(this.source.slice(this.at, this.at + 14));
    if (counts === null) return part;
    this.at += counts[0].length;
    const [, sign, least, range, most] = counts;
    if (sign !== undefined) return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    return { kind: 'repeat', part, least: Number(least), most: range === undefined ? Number(least) : most === '' ? Infinity : Number(most) };
  }

  private atom(): Expression {
    const character = this.next();
    if (character === '(') return this.group();
    if (character === '[') return { kind: 'character', set: this.set() };
    if (character === '^') return nothing;
    if (character === '$') return { kind: 'character', set: end };
    if (character === '.') return { kind: 'character', set: this.flags.includes('s') ? [[0, last]] : complement(lineBreaks) };
    if (character === '\\') return this.escape();
    return this.literal(character);
  }

  private literal(character: string): Expression {
    const code = character.charCodeAt(0);
    return { kind: 'character', set: this.flags.includes('i') ? withCases([[code, code]]) : [[code, code]] };
  }

  /** What a look to either side asks for is left out: it narrows what matches, not the ways to match it. */
  private group(): Expression {
    const look = /^\?(?:=|!|<=|<!)/.exec(this.source.slice(this.at, this.at + 3));
    const head = look?.[0] ?? /^\?(?::|P?<\w+>|>)/.exec(this.source.slice(this.at, this.at + 60))?.[0] ?? '';
    if (head === '' && this.source[this.at] === '?') throw new Unreadable();
    this.at += head.length;
    const inner = this.choice();
    if (!this.take(')')) throw new Unreadable();
    return look === null ? inner : nothing;
  }

  private escape(): Expression {
    const character = this.next();
    if (character === 'b' || character === 'B' || character === 'A') return nothing;
    if (character === 'Z' || character === 'z') return { kind: 'character', set: end };
    if (/[1-9kpP]/.test(character)) throw new Unreadable();
    const known = classOf(character);
    return known === undefined ? this.literal(this.escaped(character)) : { kind: 'character', set: known };
  }

  private escaped(character: string): string {
    const plain = new Map([['n', '\n'], ['r', '\r'], ['t', '\t'], ['f', '\f'], ['v', '\v'], ['0', '\0']]).get(character);
    if (plain !== undefined) return plain;
    const hex = character === 'x' ? 2 : character === 'u' ? 4 : 0;
    if (hex === 0) return character;
    const digits = this.source.slice(this.at, this.at + hex);
    if (!new RegExp(`^[0-9a-fA-F]{${hex}}$`).test(digits)) throw new Unreadable();
    this.at += hex;
    return String.fromCharCode(parseInt(digits, 16));
  }

  private set(): Ranges {
    const negated = this.take('^');
    const sets: Ranges[] = [];
    while (!this.take(']')) {
      const first = this.member();
      if (typeof first !== 'number') sets.push(first);
      else if (this.source[this.at] === '-' && this.source[this.at + 1] !== ']') {
        this.at++;
        const to = this.member();
        sets.push(typeof to === 'number' && to >= first ? [[first, to]] : [[first, first]]);
      } else sets.push([[first, first]]);
    }
    const all = this.flags.includes('i') ? withCases(union(sets)) : union(sets);
    return negated ? complement(all) : all;
  }

  private member(): number | Ranges {
    const character = this.next();
    if (character !== '\\') return character.charCodeAt(0);
    const escaped = this.next();
    if (escaped === 'b') return 8;
    if (/[pP]/.test(escaped)) throw new Unreadable();
    return classOf(escaped) ?? this.escaped(escaped).charCodeAt(0);
  }

  private next(): string {
    const character = this.source[this.at++];
    if (character === undefined) throw new Unreadable();
    return character;
  }

  private take(text: string): boolean {
    if (this.source[this.at] !== text) return false;
    this.at++;
    return true;
  }
}

function classOf(character: string): Ranges | undefined {
  const set = new Map([['d', digit], ['w', word], ['s', space]]).get(character.toLowerCase());
  return set === undefined || character === character.toLowerCase() ? set : complement(set);
}
