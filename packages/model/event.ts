import type { Risk } from './risk.ts';
import type { Confidence, Severity } from './severity.ts';
import type { Learned } from './stream.ts';

/** An OCSF event. The named members are those that every mapping sets; the rest follow the class. */
export interface Event {
  readonly class_uid: number;
  readonly class_name: string;
  readonly category_uid: number;
  readonly activity_id: number;
  readonly type_uid: number;
  readonly severity_id: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly metadata: {
    readonly version: string;
    readonly product: { readonly name: string; readonly vendor_name: string };
    readonly uid?: string;
    readonly log_name?: string;
    readonly [key: string]: unknown;
  };
  /** The original record: Sigma rules name its fields. */
  readonly unmapped?: unknown;
  readonly raw_data?: string;
  readonly [key: string]: unknown;
}

/** One hit on events. Printed as an OCSF Detection Finding (class 2004). */
export interface Signal {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** Milliseconds since the epoch, of the event that completed it. */
  readonly time: number;
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly evidence: readonly { readonly factor: string; readonly detail: string }[];
  readonly events: readonly Event[];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  /** Only where a learned model says so. */
  readonly learned?: Learned;
  readonly risk: Risk;
}
