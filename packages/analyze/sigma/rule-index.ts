import type { Atom, TextAtom } from './atom.ts';
import type { CompiledRule } from './compile.ts';
import { FieldTree } from './field-tree.ts';
import { fold } from './glob.ts';
import type { Expression } from './node.ts';
import { ProgramWriter } from './program.ts';
import type { Field, RecordView } from './record-view.ts';
import { TextIndex } from './text-index.ts';
import type { CacheBudget } from './value-cache.ts';
import { ValueCache } from './value-cache.ts';

/** What follows from something found in a record: how many atoms hold, which, and then the rules that are to be decided. */
export type Effect = readonly number[];

export const noEffect: Effect = [0];

/** What follows from a value, and below which length nothing does. */
export interface Texts {
  readonly values: ValueCache<Effect>;
  readonly shortest: number;
  /** Whole numbers from zero to below this are shorter. */
  readonly leastNumber: number;
}

/** All that is asked of one field. */
export interface FieldIndex {
  present: Effect;
  filled: Effect;
  null: Effect;
  /** For values; they are asked at once what is asked of values anywhere in a record. */
  texts: Texts | undefined;
  /** For the JSON text of an object, which is no value of the record. */
  jsons: Texts | undefined;
  /** The round in which the field was last met, and its values since. */
  round: number;
  count: number;
}

/** The questions of all rules of a matcher: each once, found from the values that answer them. */
export class RuleIndex {
  readonly tree = new FieldTree<FieldIndex>();
  readonly fields = new Map<Field, FieldIndex>();
  /** For the values of the whole record. */
  readonly anywhere: Texts | undefined;
  readonly always: Effect;
  readonly steps: Int32Array;
  /** Where the steps of each rule begin. */
  readonly entries: Int32Array;
  /** Atoms from this number on are asked of the record itself. */
  readonly firstTest: number;
  readonly tests: ((view: RecordView) => boolean)[] = [];
  readonly size: number;
  private readonly atoms = new Map<string, { readonly atom: Atom; number: number }>();
  /** For each atom, the rules that are filed under it. */
  private readonly filed = new Map<number, number[]>();
  /** The merge in which each was last met: a double counts further than any stream. */
  private readonly mergedAtoms: Float64Array;
  private readonly mergedRules: Float64Array;
  private merges = 0;

  constructor(rules: readonly CompiledRule[], budget: CacheBudget) {
    for (const rule of rules) {
      this.gather(rule.expression);
      for (const atom of rule.anchors ?? []) this.note(atom);
    }
    this.firstTest = this.numberAtoms();
    this.mergedAtoms = new Float64Array(this.firstTest);
    this.mergedRules = new Float64Array(rules.length);
    this.file(rules);
    this.always = this.effect([], rules.flatMap(({ anchors }, number) => (anchors === undefined ? [number] : [])));
    this.anywhere = this.indexAtoms(budget);
    const writer = new ProgramWriter((atom) => this.numberOf(atom));
    this.entries = Int32Array.from(rules, (rule) => writer.add(rule.expression) ?? writer.add(this.wholeRule(rule)) ?? 0);
    this.steps = writer.done();
    this.size = this.firstTest + this.tests.length;
  }

  private gather(expression: Expression): void {
    if (expression.kind === 'atom') this.note(expression.atom);
    else if (expression.kind === 'not') this.gather(expression.of);
    else for (const part of expression.of) this.gather(part);
  }

  private note(atom: Atom): void {
    if (!this.atoms.has(atom.key)) this.atoms.set(atom.key, { atom, number: -1 });
  }

  private numberOf({ key }: Atom): number {
    return this.atoms.get(key)?.number ?? -1;
  }

  /** Tests last. */
  private numberAtoms(): number {
    let next = 0;
    for (const entry of this.atoms.values()) if (entry.atom.kind !== 'test') entry.number = next++;
    const first = next;
    for (const entry of this.atoms.values()) {
      if (entry.atom.kind !== 'test') continue;
      entry.number = next++;
      this.tests.push(entry.atom.test);
    }
    return first;
  }

  private file(rules: readonly CompiledRule[]): void {
    for (const [number, { anchors }] of rules.entries()) {
      for (const atom of new Set((anchors ?? []).map((anchor) => this.numberOf(anchor)))) {
        const list = this.filed.get(atom);
        if (list === undefined) this.filed.set(atom, [number]);
        else list.push(number);
      }
    }
  }

  private effect(atoms: readonly number[], rules: readonly number[] = atoms.flatMap((atom) => this.filed.get(atom) ?? [])): Effect {
    return [atoms.length, ...atoms, ...new Set(rules)];
  }

  /** Gives each atom its place in the index of its field; those of the whole record are handed back. */
  private indexAtoms(budget: CacheBudget): Texts | undefined {
    const byField = new Map<Field | undefined, TextAtom[]>();
    for (const { atom, number } of this.atoms.values()) {
      if (atom.kind === 'test') continue;
      if (atom.kind === 'text') byField.set(atom.field, [...(byField.get(atom.field) ?? []), atom]);
      else this.fieldIndex(atom.field)[atom.kind] = this.effect([number]);
    }
    const anywhere = byField.get(undefined);
    const everywhere = anywhere === undefined ? undefined : this.indexOf(anywhere);
    for (const [field, atoms] of byField) {
      if (field === undefined) continue;
      const index = this.fieldIndex(field);
      const own = this.indexOf(atoms);
      index.jsons = this.textsOf([own], budget);
      index.texts = everywhere === undefined ? index.jsons : this.textsOf([own, everywhere], budget);
    }
    return everywhere === undefined ? undefined : this.textsOf([everywhere], budget);
  }

  private indexOf(atoms: readonly TextAtom[]): TextIndex<Effect> {
    const index = new TextIndex<Effect>((owners) => this.effect(owners));
    for (const atom of atoms) for (const glob of atom.globs) index.add(glob, atom.cased, this.numberOf(atom));
    return index;
  }

  private fieldIndex(field: Field): FieldIndex {
    const known = this.fields.get(field);
    if (known !== undefined) return known;
    const index: FieldIndex = { present: noEffect, filled: noEffect, null: noEffect, texts: undefined, jsons: undefined, round: 0, count: 0 };
    this.fields.set(field, index);
    this.tree.add(field, index);
    return index;
  }

  /** For a condition of too many steps. */
  private wholeRule({ id, test }: CompiledRule): Expression {
    const atom: Atom = { kind: 'test', key: `rule ${id}`, test };
    this.atoms.set(atom.key, { atom, number: this.firstTest + this.tests.push(test) - 1 });
    return { kind: 'atom', atom };
  }

  private textsOf(indexes: readonly TextIndex<Effect>[], budget: CacheBudget): Texts {
    const shortest = Math.min(...indexes.map((index) => index.shortest));
    const effects: Effect[] = [];
    const find = (value: string | number | boolean): Effect => {
      const text = String(value);
      const folded = fold(text);
      effects.length = 0;
      for (const index of indexes) index.search(text, folded, effects);
      return effects.length < 2 ? (effects[0] ?? noEffect) : this.together(effects);
    };
    return { values: new ValueCache(budget, find), shortest, leastNumber: shortest < 2 ? -1 : 10 ** (shortest - 1) };
  }

  /** Each atom and each rule once. */
  private together(effects: readonly Effect[]): Effect {
    const round = ++this.merges;
    const merged: number[] = [0];
    for (const effect of effects) for (let at = 1; at <= (effect[0] as number); at++) addOnce(merged, effect[at] as number, this.mergedAtoms, round);
    merged[0] = merged.length - 1;
    for (const effect of effects) for (let at = (effect[0] as number) + 1; at < effect.length; at++) addOnce(merged, effect[at] as number, this.mergedRules, round);
    return merged;
  }
}

function addOnce(to: number[], number: number, marks: Float64Array, round: number): void {
  if (marks[number] === round) return;
  marks[number] = round;
  to.push(number);
}
