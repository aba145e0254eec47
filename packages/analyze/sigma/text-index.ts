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

/** Characters below this one have a place in a table. */
const plain = 128;

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
  /** By their one character, which may stand anywhere. */
  private readonly single = new Map<number, Pattern<Effect>[]>();
  private readonly singles = new Uint8Array(plain);
  /** Without a literal. */
  private readonly loose: Pattern<Effect>[] = [];
  private found: Pattern<Effect>[] = [];
  private text = '';
  private folded = '';
  private readonly wholeLengths: boolean[] = [];
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

  /** Adds what follows from the patterns that fit, with repetitions. The text as it is written, and folded. */
  search(text: string, folded: string, into: Effect[]): void {
    const { found } = this;
    found.length = 0;
    this.text = text;
    this.folded = folded;
    const whole = this.wholeLengths[folded.length] === true ? this.whole.get(folded) : undefined;
    if (whole !== undefined) for (const pattern of whole) this.ask(pattern);
    this.ends.search(folded, found);
    this.starts.search(folded, found);
    this.round++;
    this.inside.search(folded, this.atGram);
    if (this.single.size > 0) this.searchSingle(folded);
    for (const pattern of this.loose) this.ask(pattern);
    for (const pattern of found) into.push((pattern.effect ??= this.effectOf(pattern.owners)));
  }

  private readonly atGram = (pattern: Pattern<Effect>, at: number): void => {
    if (pattern.round === this.round || !this.folded.startsWith(pattern.literal, at)) return;
    pattern.round = this.round;
    this.ask(pattern);
  };

  private searchSingle(folded: string): void {
    const { singles } = this;
    for (let at = 0; at < folded.length; at++) {
      const code = folded.charCodeAt(at);
      if (code >= plain || singles[code] === 1) this.atSingle(code);
    }
  }

  private atSingle(code: number): void {
    for (const pattern of this.single.get(code) ?? none) {
      if (pattern.round === this.round) continue;
      pattern.round = this.round;
      this.ask(pattern);
    }
  }

  private ask(pattern: Pattern<Effect>): void {
    if (pattern.test === undefined || pattern.test(this.text, this.folded)) this.found.push(pattern);
  }

  private file(glob: Glob, cased: boolean, owner: number): Pattern<Effect> {
    const fits = globTest(glob);
    const test = cased ? (text: string) => fits(text) : (_: string, folded: string) => fits(folded);
    const plainly = plainText(glob);
    const literal = fold(plainly ?? longestLiteral(glob));
    const [first, second, third] = glob;
    this.least = Math.min(this.least, glob.reduce((sum, part) => sum + (part === star ? 0 : part === one ? 1 : part.length), 0));
    const ends = !cased && literal !== '' && glob.length === 2 && first === star && second !== one;
    const starts = !cased && literal !== '' && glob.length === 2 && first !== one && second === star;
    const contains = !cased && glob.length === 3 && first === star && third === star && literal !== '';
    const pattern = { literal, owners: [owner], test: ends || starts || contains || (!cased && plainly !== undefined) ? undefined : test, effect: undefined, round: 0 };
    if (plainly !== undefined) {
      add(this.whole, literal, pattern);
      while (this.wholeLengths.length <= literal.length) this.wholeLengths.push(false);
      this.wholeLengths[literal.length] = true;
    } else if (ends) this.ends.add(literal, pattern);
    else if (starts) this.starts.add(literal, pattern);
    else if (literal.length > 1) this.inside.add(literal, pattern);
    else if (literal !== '') {
      const code = literal.charCodeAt(0);
      add(this.single, code, pattern);
      if (code < plain) this.singles[code] = 1;
    } else this.loose.push(pattern);
    return pattern;
  }
}

const none: readonly never[] = [];

function add<Key, Value>(into: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [value]);
  else known.push(value);
}
