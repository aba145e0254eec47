import { EdgeTrie } from './edge-trie.ts';
import { GramTable } from './gram-table.ts';
import { fold, globTest, longestLiteral, one, plainText, star } from './glob.ts';
import type { Glob } from './glob.ts';
import { Hits } from './hits.ts';
import type { TextCodes } from './text-codes.ts';

/** What is left to ask where the literal of a pattern stands. Sees the text as it is written, or folded. */
interface Question {
  readonly cased: boolean;
  readonly fits: (text: string) => boolean;
}

/** Characters below this one have a place in a table. */
const plain = 128;

/** Above so many characters for each of them, single characters are looked for one after the other. */
const longForSingle = 24;

/**
 * Many patterns against one text in one pass. Whole texts, endings and beginnings are looked up; of every other pattern a piece of its
 * longest literal is looked for, and the pattern is asked where that stands.
 */
export class TextIndex<Effect> {
  private readonly numbers = new Map<string, number>();
  /** By the number of a pattern: all who ask for it, what it still needs to be asked, what follows from it. */
  private readonly owners: number[][] = [];
  private readonly questions: (Question | undefined)[] = [];
  private readonly effects: (Effect | undefined)[] = [];
  private readonly whole = new Map<string, number[]>();
  private readonly wholeLengths: boolean[] = [];
  private readonly ends = new EdgeTrie('end');
  private readonly starts = new EdgeTrie('start');
  private readonly inside = new GramTable();
  /** By their one character, which may stand anywhere. */
  private readonly single = new Map<number, number[]>();
  private readonly singles = new Uint8Array(plain);
  private readonly plainSingles: (readonly [code: number, character: string])[] = [];
  private readonly singleRounds = new Map<number, number>();
  /** Without a literal. */
  private readonly loose: number[] = [];
  private readonly found = new Hits();
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
    const known = this.numbers.get(key);
    const owners = known === undefined ? undefined : this.owners[known];
    if (owners === undefined) this.numbers.set(key, this.file(glob, cased, owner));
    else if (owners.at(-1) !== owner) owners.push(owner);
  }

  /** No shorter text fits any pattern. */
  get shortest(): number {
    return this.least;
  }

  /** A search costs no more than remembering what it found. */
  get light(): boolean {
    return this.whole.size === 0 && this.single.size === 0 && this.loose.length === 0 && this.inside.light;
  }

  /** Surely nothing fits, told without reading the whole text; only where a search is light. */
  misses(text: string): boolean {
    return this.ends.size + this.starts.size === 0 && this.inside.misses(text);
  }

  /** Adds what follows from the patterns that fit, with repetitions. */
  search(text: TextCodes, into: Effect[]): void {
    const { found } = this;
    found.count = 0;
    if (this.wholeLengths[text.length] === true) for (const pattern of this.whole.get(text.folded) ?? none) found.add(pattern);
    this.ends.search(text, found);
    this.starts.search(text, found);
    this.inside.search(text, found);
    if (this.single.size > 0) this.searchSingle(text);
    for (const pattern of this.loose) found.add(pattern);
    for (let at = 0; at < found.count; at++) this.ask(found.numbers[at] as number, text, into);
  }

  /** In a long text most characters that can stand in it are met early. */
  private searchSingle({ codes, length, plain: isPlain, folded }: TextCodes): void {
    const { singles } = this;
    this.round++;
    if (isPlain && length > this.plainSingles.length * longForSingle) {
      for (const [code, character] of this.plainSingles) if (folded.includes(character)) this.atSingle(code);
      return;
    }
    for (let at = 0; at < length; at++) {
      const code = codes[at] as number;
      if (code >= plain || singles[code] === 1) this.atSingle(code);
    }
  }

  private atSingle(code: number): void {
    const patterns = this.single.get(code);
    if (patterns === undefined || this.singleRounds.get(code) === this.round) return;
    this.singleRounds.set(code, this.round);
    for (const pattern of patterns) this.found.add(pattern);
  }

  private ask(pattern: number, text: TextCodes, into: Effect[]): void {
    const question = this.questions[pattern];
    if (question !== undefined && !question.fits(question.cased ? text.text : text.folded)) return;
    into.push((this.effects[pattern] ??= this.effectOf(this.owners[pattern] ?? none)));
  }

  private file(glob: Glob, cased: boolean, owner: number): number {
    const plainly = plainText(glob);
    const literal = fold(plainly ?? longestLiteral(glob));
    const [first, second, third] = glob;
    this.least = Math.min(this.least, glob.reduce((sum, part) => sum + (part === star ? 0 : part === one ? 1 : part.length), 0));
    const ends = !cased && literal !== '' && glob.length === 2 && first === star && second !== one;
    const starts = !cased && literal !== '' && glob.length === 2 && first !== one && second === star;
    const contains = !cased && glob.length === 3 && first === star && third === star && literal !== '';
    const certain = ends || starts || contains || (!cased && plainly !== undefined);
    const pattern = this.owners.push([owner]) - 1;
    this.questions.push(certain ? undefined : { cased, fits: globTest(glob) });
    this.effects.push(undefined);
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
      if (code < plain && this.singles[code] === 0) this.plainSingles.push([code, literal]);
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
