/** A literal filed under one of its grams. */
export interface Filed {
  readonly gram: number;
  readonly literal: number;
  /** Where in the literal the gram begins. */
  readonly offset: number;
  /** Its first four bytes, or as many as it has. */
  readonly mask: number;
  readonly head: number;
}

export const spreading = 0x9e37_79b1;
const spreadingAgain = 0x85eb_ca6b;
/** Numbers of an entry in a list: literal, offset, mask, head. */
export const entrySize = 4;

/** The longest table of bits: it must stay near the processor. */
const mostPower = 18;

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

  /** Grams that are only marked have no list here. */
  constructor(entries: readonly Filed[], marked: readonly number[] = []) {
    const power = Math.min(mostPower, Math.max(10, Math.ceil(Math.log2(entries.length + marked.length + 1)) + 6));
    this.size = entries.length;
    this.shift = 32 - power;
    this.bits = new Int32Array(1 << (power - 5));
    for (const gram of marked) this.mark(gram);
    this.placeShift = 32 - Math.max(2, Math.ceil(Math.log2(entries.length + 1)) + 1);
    this.places = new Int32Array(2 << (32 - this.placeShift));
    const byGram = new Map<number, Filed[]>();
    for (const entry of entries) {
      this.mark(entry.gram);
      const list = byGram.get(entry.gram);
      if (list === undefined) byGram.set(entry.gram, [entry]);
      else list.push(entry);
    }
    const lists: number[] = [0];
    for (const [gram, list] of byGram) {
      this.places.set([gram, lists.length], this.placeOf(gram));
      lists.push(list.length, ...list.flatMap(({ literal, offset, mask, head }) => [literal, offset, mask, head]));
    }
    this.lists = Int32Array.from(lists);
  }

  /** Where the list of a gram begins: its length stands there. One that is empty where there is none. */
  listOf(gram: number): number {
    return this.places[this.placeOf(gram) + 1] as number;
  }

  /** Asks a second bit, where the first said yes: it is often another gram's. */
  again(gram: number): boolean {
    const bit = Math.imul(gram, spreadingAgain) >>> this.shift;
    return (((this.bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0;
  }

  private mark(gram: number): void {
    for (const spread of [spreading, spreadingAgain]) {
      const bit = Math.imul(gram, spread) >>> this.shift;
      this.bits[bit >>> 5] = (this.bits[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }

  private placeOf(gram: number): number {
    const { places } = this;
    const last = places.length - 2;
    let at = (Math.imul(gram, spreading) >>> this.placeShift) << 1;
    while (places[at + 1] !== 0 && places[at] !== gram) at = at === last ? 0 : at + 2;
    return at;
  }
}
