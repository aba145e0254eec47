import type { Atom, TextAtom } from './atom.ts';
import type { CompiledRule } from './compile.ts';
import { EffectJoiner, FieldTexts, noEffect } from './field-texts.ts';
import type { Effect } from './field-texts.ts';
import { FieldTree } from './field-tree.ts';
import type { Expression } from './node.ts';
import { ProgramWriter } from './program.ts';
import type { Field, RecordView } from './record-view.ts';
import { TextBytes } from './text-bytes.ts';
import { TextIndex } from './text-index.ts';
import type { CacheBudget } from './value-cache.ts';

/** All that is asked of one field. */
export interface FieldIndex {
  present: Effect;
  filled: Effect;
  null: Effect;
  /** For values; they are asked at once what is asked of values anywhere in a record. */
  texts: FieldTexts | undefined;
  /** For the JSON text of an object, which is no value of the record. */
  jsons: FieldTexts | undefined;
  /** The round in which the field was last met, and its values since. */
  round: number;
  count: number;
}

/** The questions of all rules of a matcher: each once, found from the values that answer them. */
export class RuleIndex {
  readonly tree = new FieldTree<FieldIndex>();
  readonly fields = new Map<Field, FieldIndex>();
  /** For the values of the whole record. */
  readonly anywhere: FieldTexts | undefined;
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
  private readonly joiner: EffectJoiner;
  private readonly bytes = new TextBytes();

  constructor(rules: readonly CompiledRule[], budget: CacheBudget) {
    for (const rule of rules) {
      this.gather(rule.expression);
      for (const atom of rule.anchors ?? []) this.note(atom);
    }
    this.firstTest = this.numberAtoms();
    this.joiner = new EffectJoiner(this.firstTest, rules.length);
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
  private indexAtoms(budget: CacheBudget): FieldTexts | undefined {
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
      index.jsons = this.textsOf(budget, own);
      index.texts = everywhere === undefined ? index.jsons : this.textsOf(budget, own, everywhere);
    }
    const anyText = everywhere === undefined ? undefined : this.textsOf(budget, everywhere);
    // Of some fields only is asked whether they are there; their values are values of the record as well.
    for (const index of this.fields.values()) index.texts ??= anyText;
    return anyText;
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

  private textsOf(budget: CacheBudget, ...indexes: TextIndex<Effect>[]): FieldTexts {
    return new FieldTexts(indexes, budget, this.joiner, this.bytes);
  }
}
