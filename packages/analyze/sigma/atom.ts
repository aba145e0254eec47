import { longestLiteral, one, plainText, star } from './glob.ts';
import type { Glob } from './glob.ts';
import type { Field, RecordView } from './record-view.ts';

/** A question about a record. Two atoms with the same key are the same question, and a matcher asks it once for all its rules. */
export type Atom = TextAtom | StateAtom | TestAtom;

/** Any of the patterns fits any value of the field, or of the whole record when there is no field. */
export interface TextAtom {
  readonly kind: 'text';
  readonly key: string;
  readonly field: Field | undefined;
  /** Folded, unless case counts. */
  readonly globs: readonly Glob[];
  readonly cased: boolean;
}

/** The field is there; it has a value (an empty list has none); one of its values is null. */
export interface StateAtom {
  readonly kind: 'present' | 'filled' | 'null';
  readonly key: string;
  readonly field: Field;
}

/** Anything else: asked only when the answer to everything cheaper leaves it open. */
export interface TestAtom {
  readonly kind: 'test';
  readonly key: string;
  readonly test: (view: RecordView) => boolean;
}

export function textAtom(field: Field | undefined, globs: readonly Glob[], cased: boolean): TextAtom {
  const written = globs.map((glob) => glob.map((part) => (part === star ? 0 : part === one ? 1 : part)));
  return { kind: 'text', key: JSON.stringify([field?.name ?? null, cased, written]), field, globs, cased };
}

export function stateAtom(kind: StateAtom['kind'], field: Field): StateAtom {
  return { kind, key: `${kind} ${field.name}`, field };
}

/** How many records are likely to hold it, on a scale of its own. */
export function costOf(atom: Atom): number {
  if (atom.kind === 'test') return 100_000;
  if (atom.kind !== 'text') return 1_000;
  return atom.globs.reduce((sum, glob) => sum + globCost(glob), 0) * (atom.field === undefined ? 4 : 1);
}

function globCost(glob: Glob): number {
  const plain = plainText(glob);
  // Numbers and truth values are what many records have in common.
  if (plain !== undefined) return /^(?:\d{1,8}|true|false|)$/.test(plain) ? 150 : 10 + 200 / plain.length;
  const { length } = longestLiteral(glob);
  return length < 3 ? 900 : 10 + 200 / length;
}
