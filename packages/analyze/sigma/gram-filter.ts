/** A literal filed under one of its grams. */
export interface Filed {
  readonly gram: number;
  readonly literal: number;
  /** Where in the literal the gram begins. */
  readonly offset: number;
  /** As much as is known of it at the end of its gram: four characters at most. */
  readonly mask: number;
  readonly seen: number;
}

export const spreading = 0x9e37_79b1;
/** Numbers of an entry in a list: literal, offset, mask, seen. */
export const entrySize = 4;

/**
 * A look-up that says no from one bit, which is what nearly every position of a text gets; whoever looks reads the bit himself. Lists
 * lie one after the other: how many entries, then they.
 */
export class GramFilter {
  readonly size: number;
  readonly bits: Int32Array;
  readonly shift: number;
  readonly lists: Int32Array;
  /** A table with free places: gram, and where its list begins, from 1. */
  private readonly places: Int32Array;
  private readonly placeShift: number;

  constructor(entries: readonly Filed[]) {
    const needed = Math.ceil(Math.log2(entries.length + 1));
    const power = Math.min(18, Math.max(10, needed + 6));
    this.size = entries.length;
    this.shift = 32 - power;
    this.bits = new Int32Array(1 << (power - 5));
    this.placeShift = 32 - Math.max(2, needed + 1);
    this.places = new Int32Array(2 << (32 - this.placeShift));
    const byGram = new Map<number, Filed[]>();
    for (const entry of entries) {
      const bit = Math.imul(entry.gram, spreading) >>> this.shift;
      this.bits[bit >>> 5] = (this.bits[bit >>> 5] as number) | (1 << (bit & 31));
      const list = byGram.get(entry.gram);
      if (list === undefined) byGram.set(entry.gram, [entry]);
      else list.push(entry);
    }
    const lists: number[] = [0];
    for (const [gram, list] of byGram) {
      this.places.set([gram, lists.length], this.placeOf(gram));
      lists.push(list.length, ...list.flatMap(({ literal, offset, mask, seen }) => [literal, offset, mask, seen]));
    }
    this.lists = Int32Array.from(lists);
  }

  /** Where the list of a gram begins: its length stands there. One that is empty where there is none. */
  listOf(gram: number): number {
    return this.places[this.placeOf(gram) + 1] as number;
  }

  private placeOf(gram: number): number {
    const { places } = this;
    const last = places.length - 2;
    let at = (Math.imul(gram, spreading) >>> this.placeShift) << 1;
    while (places[at + 1] !== 0 && places[at] !== gram) at = at === last ? 0 : at + 2;
    return at;
  }
}
