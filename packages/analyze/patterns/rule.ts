/**
 * A rule in Semgrep's syntax after loading: typed, checked for its form, nothing compiled. The loader makes it, the matcher runs it.
 */
export interface PatternRule {
  readonly id: string;
  readonly message: string;
  readonly severity: PatternSeverity;
  /** As written, lower case: `python`, `js`, `javascript`, `ts`, `generic`, `regex`, ... */
  readonly languages: readonly string[];
  readonly paths?: PatternPaths;
  readonly options: PatternOptions;
  readonly body: PatternBody;
  /** Text that replaces the match; metavariables are filled in. */
  readonly fix?: string;
  readonly fixRegex?: { readonly regex: string; readonly replacement: string; readonly count?: number };
  /** `metadata` as written; values are data from outside. */
  readonly metadata: ReadonlyMap<string, unknown>;
}

export type PatternSeverity = 'critical' | 'high' | 'medium' | 'low' | 'informational';

export interface PatternPaths {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Those that the matcher knows; a rule that sets another one is told so by the loader. */
export interface PatternOptions {
  readonly constantPropagation?: boolean;
  readonly symbolicPropagation?: boolean;
  readonly acMatching?: boolean;
  readonly taintAssumeSafeFunctions?: boolean;
  /** Regular expression on the names of functions that give on what goes in even so. */
  readonly taintCarriers?: string;
  readonly taintAssumeSafeIndexes?: boolean;
  readonly taintAssumeSafeComparisons?: boolean;
  readonly taintAssumeSafeBooleans?: boolean;
  readonly taintUnifyMvars?: boolean;
  readonly implicitDeepExprstmt?: boolean;
  readonly genericEllipsisMaxSpan?: number;
  readonly genericCommentStyle?: string;
  readonly caseInsensitiveRegex?: boolean;
}

export type PatternBody =
  | { readonly mode: 'search'; readonly formula: Formula }
  | { readonly mode: 'taint'; readonly taint: TaintParts }
  /** `extract`, `join` and what else is not run here; the loader says so. */
  | { readonly mode: 'unsupported'; readonly why: string };

/**
 * What is to be matched. `all` and `any` are `patterns` and `pattern-either` (or `all` and `any` of the newer syntax); the conditions and
 * `focus` of an `all` hold for the ranges that its parts leave.
 */
export type Formula =
  | { readonly kind: 'pattern'; readonly text: string; readonly line?: number }
  | { readonly kind: 'regex'; readonly regex: string }
  | { readonly kind: 'all'; readonly parts: readonly Formula[]; readonly conditions: readonly Condition[]; readonly focus: readonly (readonly string[])[] }
  | { readonly kind: 'any'; readonly parts: readonly Formula[] }
  /** Only in an `all`. */
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'inside'; readonly of: Formula }
  | { readonly kind: 'not-inside'; readonly of: Formula }
  | { readonly kind: 'not-regex'; readonly regex: string };

export type Condition =
  | { readonly kind: 'regex'; readonly metavariable: string; readonly regex: string; readonly constantPropagation: boolean }
  /** The formula is matched within what the metavariable stands for; `language` reads its text as another language. */
  | { readonly kind: 'pattern'; readonly metavariable: string; readonly formula: Formula; readonly language?: string }
  | { readonly kind: 'comparison'; readonly metavariable?: string; readonly expression: string; readonly base?: number; readonly strip?: boolean }
  | { readonly kind: 'analysis'; readonly metavariable: string; readonly analyzer: 'entropy' | 'entropy_v2' | 'redos' | string }
  | { readonly kind: 'type'; readonly metavariable: string; readonly types: readonly string[] }
  | { readonly kind: 'name'; readonly metavariable: string; readonly modules: readonly string[] };

export interface TaintParts {
  readonly sources: readonly TaintSource[];
  readonly sinks: readonly TaintSink[];
  readonly sanitizers: readonly TaintSanitizer[];
  readonly propagators: readonly TaintPropagator[];
}

export interface TaintSource {
  readonly formula: Formula;
  readonly label?: string;
  readonly requires?: string;
  readonly exact: boolean;
  readonly bySideEffect: boolean | 'only';
  readonly control: boolean;
}

export interface TaintSink {
  readonly formula: Formula;
  readonly requires?: TaintRequirement;
  readonly exact: boolean;
  readonly atExit: boolean;
}

/** One condition on the sink as a whole, or one for each metavariable in it. */
export type TaintRequirement = string | readonly { readonly metavariable: string; readonly condition: string }[];

export interface TaintSanitizer {
  readonly formula: Formula;
  readonly exact: boolean;
  readonly bySideEffect: boolean | 'only';
  readonly notConflicting: boolean;
}

export interface TaintPropagator {
  readonly formula: Formula;
  /** Metavariables, `$` included. */
  readonly from: string;
  readonly to: string;
  readonly bySideEffect: boolean;
  readonly requires?: string;
  readonly label?: string;
  readonly replaceLabels?: readonly string[];
}
