import type { Confidence, Persona, Severity, Surface } from './severity.ts';

/** What every declarative rule says of itself. */
export interface RuleHead {
  /** `<surface>/<what-is-wrong>`, equal to the file's folder and name. */
  readonly id: string;
  readonly title: string;
  readonly surface: Surface;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly persona: Persona;
  readonly cwe: readonly number[];
  /** One sentence: what an attacker gains. */
  readonly consequence: string;
  /** What to do about it: revoke where, replace by what. */
  readonly remediation: string;
  readonly references: readonly string[];
}

/**
 * A declarative rule about text: `content/rules/<surface>/<name>.yaml`. Matching costs follow the bytes: one automaton finds
 * the keywords of every rule in one pass, and the pattern runs only in a window round each hit.
 */
export interface TextRule extends RuleHead {
  /**
   * True for formats that anyone can make without a provider (keys, signed tokens, passwords in URLs): among tests, examples and
   * documentation they are fixtures, and only the pedantic persona sees them there.
   */
  readonly selfIssued?: boolean;
  readonly match: TextMatch;
}

export interface TextMatch {
  /** Literals one of which is always near a match; compared without case. Empty only for rules that users bring. */
  readonly keywords: readonly string[];
  /** JavaScript regular expression (flags `gd` plus `flags`). The group `secret`, else group 1, else the whole is the secret. */
  readonly pattern: string;
  readonly flags: string;
  /** Bytes before and after a keyword hit in which the pattern may begin. */
  readonly window: { readonly before: number; readonly after: number };
  /** Shannon entropy per character that the secret must reach, bits. */
  readonly entropy?: number;
  /** Id of a proof in `packages/analyze/proofs/`; an invalid candidate is dropped. */
  readonly proof?: string;
  /** The secret must contain at least one digit (most generated keys do). */
  readonly digit?: boolean;
  /** Regular expressions; a secret that one of them matches is no finding. */
  readonly except?: readonly string[];
  /** Regular expression on the path that must match. */
  readonly path?: string;
  /** Regular expressions on paths where the rule is silent. */
  readonly exceptPaths?: readonly string[];
  /** Regular expressions on the line where the rule is silent. */
  readonly exceptLines?: readonly string[];
  /** Conditions under which a candidate of a rule that a user brought is let go. */
  readonly allow?: readonly Allowance[];
  /** True for rules that a user brought: they run under a watchdog. */
  readonly foreign?: boolean;
}

/** Lets a candidate go when one of its lists matches; with `all`, only when every list that is present does. */
export interface Allowance {
  readonly all: boolean;
  readonly secrets?: readonly string[];
  readonly matches?: readonly string[];
  readonly lines?: readonly string[];
  readonly paths?: readonly string[];
}

/** Everything a reader is told about a rule or detector, whichever it is. */
export type RuleInfo = RuleHead & { readonly kind: 'rule' | 'detector' };
