import { EdgeTrie } from './edge-trie.ts';
import { GramTable } from './gram-table.ts';
import { fold, globTest, longestLiteral, one, plainText, star } from './glob.ts';
import type { Glob } from './glob.ts';
import { Hits } from './hits.ts';
import { bytesOf } from './text-bytes.ts';
import type { TextBytes } from './text-bytes.ts';

/** What is left to ask where the literal of a pattern stands. Sees the text as it is written, or folded. */
interface Question {
  readonly cased: boolean;
  readonly fits: (text: string) => boolean;
}

/** Characters that are one byte. */
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
  /** By their one byte, which may stand anywhere. */
  private readonly single: (number[] | undefined)[] = Array.from({ length: plain }, () => undefined);
  private readonly singles: (readonly [byte: number, character: string])[] = [];
  private readonly singleMarks = new Uint8Array(256);
  private readonly singleRounds = new Float64Array(plain);
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
    return this.whole.size === 0 && this.singles.length === 0 && this.loose.length === 0 && this.inside.light;
  }

  /** Surely nothing fits, told without reading the whole text; only where a search is light. */
  misses(text: string): boolean {
    return this.ends.size + this.starts.size === 0 && this.inside.misses(text);
  }

  /** Adds what follows from the patterns that fit, with repetitions. */
  search(text: TextBytes, into: Effect[]): void {
    const { found } = this;
    found.count = 0;
    if (this.wholeLengths[text.length] === true) for (const pattern of this.whole.get(text.folded) ?? none) found.add(pattern);
    this.ends.search(text, found);
    this.starts.search(text, found);
    this.inside.search(text, found);
    if (this.singles.length > 0) this.searchSingle(text);
    for (const pattern of this.loose) found.add(pattern);
    for (let at = 0; at < found.count; at++) this.ask(found.numbers[at] as number, text, into);
  }

  /** In a long text most characters that can stand in it are met early. */
  private searchSingle(text: TextBytes): void {
    const { singleMarks } = this;
    const { bytes, length } = text;
    this.round++;
    if (length > this.singles.length * longForSingle) {
      for (const [byte, character] of this.singles) if (text.folded.includes(character)) this.atSingle(byte);
      return;
    }
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] as number;
      if (singleMarks[byte] === 1) this.atSingle(byte);
    }
  }

  private atSingle(byte: number): void {
    if (this.singleRounds[byte] === this.round) return;
    this.singleRounds[byte] = this.round;
    for (const pattern of this.single[byte] ?? none) this.found.add(pattern);
  }

  private ask(pattern: number, text: TextBytes, into: Effect[]): void {
    const question = this.questions[pattern];
    if (question !== undefined && !question.fits(question.cased ? text.text : text.folded)) return;
    into.push((this.effects[pattern] ??= this.effectOf(this.owners[pattern] ?? none)));
  }

  private file(glob: Glob, cased: boolean, owner: number): number {
    const plainly = plainText(glob);
    const literal = fold(plainly ?? longestLiteral(glob));
    const size = bytesOf(literal).length;
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
      while (this.wholeLengths.length <= size) this.wholeLengths.push(false);
      this.wholeLengths[size] = true;
    } else if (ends) this.ends.add(literal, pattern);
    else if (starts) this.starts.add(literal, pattern);
    else if (size > 1) this.inside.add(literal, pattern);
    else if (size === 1) this.fileSingle(literal, pattern);
    else this.loose.push(pattern);
    return pattern;
  }

  private fileSingle(character: string, pattern: number): void {
    const byte = character.charCodeAt(0);
    const known = this.single[byte];
    if (known !== undefined) known.push(pattern);
    else {
      this.single[byte] = [pattern];
      this.singles.push([byte, character]);
      this.singleMarks[byte] = 1;
    }
  }
}

const none: readonly never[] = [];

function add<Key, Value>(into: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [value]);
  else known.push(value);
}
