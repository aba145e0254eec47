import type { Confidence, Persona, Severity, Surface } from './severity.ts';
import type { Location, Region } from './region.ts';
import type { Risk } from './risk.ts';
import type { Suppression } from './suppression.ts';

/** What a detector or rule reports about an artifact, before anything else is known about it. */
export interface Match {
  readonly region: Region;
  /** One sentence: what was found here. No raw secret. */
  readonly message: string;
  /** Lowers or raises the unit's own confidence for this one place. */
  readonly confidence?: Confidence;
  readonly severity?: Severity;
  readonly persona?: Persona;
  /** Facts for the risk model and for a reader's "why": names are risk factors (`specs/risk.md`). */
  readonly evidence: readonly Evidence[];
  /** Stable text around the place, secrets blanked; the fingerprint is made of it. */
  readonly context: string;
  /** Keyed digest of the secret value; the same value in two places has the same one. */
  readonly secretDigest?: string;
  readonly codeFlow?: readonly FlowStep[];
  readonly fix?: Fix;
}

/** A named fact that changes likelihood or impact. */
export interface Evidence {
  /** A factor that `packages/score/factors.ts` knows, such as `proof.valid` or `path.test`. */
  readonly factor: string;
  /** One short phrase for a person: "checksum is right". */
  readonly detail: string;
}

export interface FlowStep {
  readonly location: Location;
  readonly message: string;
  /** The line of code there, secrets blanked. */
  readonly code?: string;
}

/** `safe` keeps behaviour; `unsafe` needs a person's eye. `verified` only after re-analysis of the result. */
export interface Fix {
  readonly title: string;
  readonly disposition: 'safe' | 'unsafe';
  readonly verified: boolean;
  readonly edits: readonly { readonly region: Region; readonly text: string }[];
}

export interface CommitReference {
  readonly id: string;
  readonly author: string;
  /** ISO time. */
  readonly date: string;
}

export interface Finding {
  /** `<surface>/<what-is-wrong>`; never renamed or reused. */
  readonly rule: string;
  readonly title: string;
  readonly surface: Surface;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly persona: Persona;
  readonly location: Location;
  readonly message: string;
  /** One sentence: what an attacker gains. */
  readonly consequence: string;
  readonly remediation: string;
  readonly evidence: readonly Evidence[];
  /** Identity across runs: rule, path and context; no line numbers, no value. Hex, 64 characters. */
  readonly fingerprint: string;
  readonly secretDigest?: string;
  readonly cwe: readonly number[];
  readonly references: readonly string[];
  readonly codeFlow?: readonly FlowStep[];
  readonly fix?: Fix;
  readonly risk: Risk;
  /** The commit that brought it, when history was scanned. */
  readonly commit?: CommitReference;
  readonly suppression?: Suppression;
  /** `new` or `existing` when a baseline was given. */
  readonly baseline?: 'new' | 'existing';
}
