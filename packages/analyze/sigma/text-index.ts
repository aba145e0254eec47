import { EdgeTrie } from './edge-trie.ts';
import { GramTable } from './gram-table.ts';
import { fold, globTest, longestLiteral, one, plainText, star } from './glob.ts';
import type { Glob } from './glob.ts';

/** A pattern with all who ask for it. */
interface Pattern<Effect> {
  readonly literal: string;
  readonly owners: number[];
  /** What is left to ask where the literal stands; undefined: nothing. Sees the text as it is written, and folded. */
  readonly test: ((text: string, folded: string) => boolean) | undefined;
  effect: Effect | undefined;
  /** The search that last came to it. */
  round: number;
}

/** Shorter literals stand nearly everywhere: there, looking for them is no quicker than asking. */
const shortest = 2;

/**
 * Many patterns against one text in one pass. Whole texts, endings and beginnings are looked up; of every other pattern a piece of its
 * longest literal is looked for, and the pattern is asked where that stands.
 */
export class TextIndex<Effect> {
  private readonly patterns = new Map<string, Pattern<Effect>>();
  private readonly whole = new Map<string, Pattern<Effect>[]>();
  private readonly ends = new EdgeTrie<Pattern<Effect>>('end');
  private readonly starts = new EdgeTrie<Pattern<Effect>>('start');
  private readonly inside = new GramTable<Pattern<Effect>>();
  /** Without a literal worth looking for. */
  private readonly loose: Pattern<Effect>[] = [];
  private readonly found: Pattern<Effect>[] = [];
  private longestWhole = -1;
  private round = 0;
  private least = Number.POSITIVE_INFINITY;
  private readonly effectOf: (owners: readonly number[]) => Effect;

  /** `effectOf` says what follows when a pattern of these owners fits; it is asked once for each pattern. */
  constructor(effectOf: (owners: readonly number[]) => Effect) {
    this.effectOf = effectOf;
  }

  /** A pattern as it is written where case counts, folded where it does not. */
  add(glob: Glob, cased: boolean, owner: number): void {
    const key = JSON.stringify([cased, glob.map((part) => (part === star ? 0 : part === one ? 1 : part))]);
    const known = this.patterns.get(key);
    if (known === undefined) this.patterns.set(key, this.file(glob, cased, owner));
    else if (known.owners.at(-1) !== owner) known.owners.push(owner);
  }

  /** No shorter text fits any pattern. */
  get shortest(): number {
    return this.least;
  }

  /** What follows from the patterns that fit, with repetitions. */
  search(text: string): readonly Effect[] {
    const folded = fold(text);
    const { found } = this;
    found.length = 0;
    const whole = folded.length > this.longestWhole ? undefined : this.whole.get(folded);
    if (whole !== undefined) for (const pattern of whole) if (asks(pattern, text, folded)) found.push(pattern);
    this.ends.search(folded, found);
    this.starts.search(folded, found);
    this.searchInside(text, folded, found);
    for (const pattern of this.loose) if (asks(pattern, text, folded)) found.push(pattern);
    return found.length === 0 ? nothing : found.map((pattern) => (pattern.effect ??= this.effectOf(pattern.owners)));
  }

  private searchInside(text: string, folded: string, found: Pattern<Effect>[]): void {
    const round = ++this.round;
    this.inside.search(folded, (pattern, at) => {
      if (pattern.round === round || !folded.startsWith(pattern.literal, at)) return;
      pattern.round = round;
      if (asks(pattern, text, folded)) found.push(pattern);
    });
  }

  private file(glob: Glob, cased: boolean, owner: number): Pattern<Effect> {
    const fits = globTest(glob);
    const test = cased ? (text: string) => fits(text) : (_: string, folded: string) => fits(folded);
    const plain = plainText(glob);
    const literal = fold(plain ?? longestLiteral(glob));
    const [first, second, third] = glob;
    this.least = Math.min(this.least, glob.reduce((sum, part) => sum + (part === star ? 0 : part === one ? 1 : part.length), 0));
    const ends = !cased && literal !== '' && glob.length === 2 && first === star && second !== one;
    const starts = !cased && literal !== '' && glob.length === 2 && first !== one && second === star;
    const contains = !cased && glob.length === 3 && first === star && third === star && literal.length >= shortest;
    const pattern = { literal, owners: [owner], test: ends || starts || contains || (!cased && plain !== undefined) ? undefined : test, effect: undefined, round: 0 };
    if (plain !== undefined) {
      this.whole.set(literal, [...(this.whole.get(literal) ?? []), pattern]);
      this.longestWhole = Math.max(this.longestWhole, literal.length);
    } else if (ends) this.ends.add(literal, pattern);
    else if (starts) this.starts.add(literal, pattern);
    else if (literal.length >= shortest) this.inside.add(literal, pattern);
    else this.loose.push(pattern);
    return pattern;
  }
}

const nothing: readonly never[] = [];

function asks<Effect>({ test }: Pattern<Effect>, text: string, folded: string): boolean {
  return test === undefined || test(text, folded);
}
