import type { FactChange } from './code-fix.ts';
import type { Language } from './ir.ts';
import type { ApiPath, CallCondition, ValueTest } from './library.ts';
import type { SourceKind } from './program.ts';
import type { RuleHead } from './rule.ts';
import type { Persona } from './severity.ts';

/** An own rule about code: `content/rules/code/<id>.yaml`. `specs/code.md` describes it. */
export type CodeRule = RuleHead & { readonly forms: readonly CodeForm[] } & ({ readonly flow: FlowRule } | { readonly calls: readonly CallFact[] });

/** Untrusted input that reaches sinks of one class. */
export interface FlowRule {
  /** The rule's id without `code/`. */
  readonly class: string;
  /** Who sees it, by where the input comes from; a kind that is not in it does not count. `parameter`: what callers of a package pass. */
  readonly sources: readonly { readonly kind: SourceKind; readonly persona: Persona }[];
}

/** A single call, read, assignment or comparison that is wrong by itself; one of a rule's facts is enough. */
export interface CallFact {
  readonly language: Language;
  /** `assign`: a store into the member that the path names; `compare`: what is there, or text made of it, is asked for equality with what is neither a constant nor the same in kind. */
  readonly kind: 'call' | 'read' | 'assign' | 'compare';
  readonly path: ApiPath;
  /** All of them must hold. */
  readonly when: readonly CallCondition[];
  /** What is assigned, or what it is compared with. */
  readonly value?: ValueTest;
  /** Regular expression (flag `i`) on the name of the function round it, or of the member that takes the result. */
  readonly named?: string;
  /** What mends it wherever it stands; all of it together. */
  readonly fix?: readonly FactChange[];
}

/** A form of code that is wrong by itself, or that untrusted input takes through one function, in any language that patterns are run on. */
export interface CodeForm {
  readonly languages: readonly string[];
  /** Members of a rule in Semgrep's syntax as JSON has them: what matches (`pattern`, `patterns`, ..., `mode: taint` with its parts), `message`, `fix`, `options`. */
  readonly rule: Readonly<Record<string, unknown>>;
}

/** What comes into programs of languages whose forms follow data, and what becomes of it: `content/inputs/<language>.yaml`. Formulas as JSON has them. */
export interface LanguageInputs {
  readonly languages: readonly string[];
  readonly sources: readonly unknown[];
  /** What leaves nothing dangerous, whatever the weakness. */
  readonly sanitizers: readonly unknown[];
  /** What puts one thing into another: `strcpy` into its first argument. */
  readonly propagators: readonly unknown[];
  /** Regular expression on the names of functions that give on what goes in; of others nothing comes out. */
  readonly carriers: string;
}
