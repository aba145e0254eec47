import type { ConstantValue, Place } from './library.ts';

/** A part of what mends a fact about code. */
export type FactChange =
  /** The literal at the place becomes this one, told as the language tells it; where the call passes nothing there, it is added. */
  | { readonly kind: 'value'; readonly place: Place; readonly to: ConstantValue }
  /** This text goes out of the list of literals at the place, which must keep others. */
  | { readonly kind: 'without'; readonly place: Place; readonly text: string }
  /** The last of the dotted names at the place (without one: of what is called or read) becomes another, by what it is; `*` is any name, and that name in the new one. */
  | { readonly kind: 'name'; readonly place?: Place; readonly names: readonly (readonly [from: string, to: string])[] }
  /** A statement is put before the one that the call stands in; `$0` is its first argument, `$this` what the method is called on: both must be plain names. */
  | { readonly kind: 'before'; readonly statement: string }
  /** Java: the class that a new name needs. */
  | { readonly kind: 'import'; readonly name: string };
