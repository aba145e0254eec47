/** Names of classes; `except`: all but these. */
export type Classes = readonly string[] | 'all' | { readonly except: readonly string[] };

/** Bits for classes of flows. The lowest are facts that more than one class asks for. */
export const fact = {
  /** It is still text of the attacker's choice in any way. */
  any: 1,
  /** It can be the word `constructor` or `prototype`. */
  constructorKey: 2,
} as const;

const firstClass = 2;
const mostClasses = 30;
export const everything = -1;
export const pollution = 'prototype-pollution';

/** Which bit stands for which class (the id of its rule without `code/`). */
export class ClassTable {
  readonly names: readonly string[];
  private readonly bits: ReadonlyMap<string, number>;

  constructor(names: readonly string[]) {
    if (names.length > mostClasses) throw new RangeError(`${names.length} classes of flows; one run holds ${mostClasses}`);
    this.names = [...names].sort();
    this.bits = new Map(this.names.map((name, at) => [name, 1 << (at + firstClass)]));
  }

  /** 0 for a class that nobody asks for. */
  bit(name: string): number {
    return this.bits.get(name) ?? 0;
  }

  mask(names: Classes): number {
    if (names === 'all') return everything;
    if ('except' in names) return ~this.mask(names.except);
    return names.reduce((mask, name) => mask | this.bit(name) | (name === pollution ? fact.constructorKey : 0), 0);
  }
}
