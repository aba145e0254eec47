import type { SourceStage } from './source-stage.ts';

/** The cases of an event source: its `<id>.cases.ts` exports one of these as default. */
export interface EventSourceCases {
  /** The source as one would use it, on the stage: open, with a way to give it bytes. A listener is opened without a host (`//:0`). */
  subject(stage: SourceStage): Promise<Subject>;
  /** Each on a stage of its own; throws when the source does the wrong thing. */
  readonly checks: readonly EventSourceCheck[];
  /** One for each limit that the source declares: reaches it, after which the stage must have a diagnostic that names the limit. */
  readonly limits: readonly EventSourceLimit[];
}

export interface EventSourceCheck {
  readonly name: string;
  run(stage: SourceStage): Promise<void>;
}

export interface EventSourceLimit extends EventSourceCheck {
  /** What the diagnostic's message must say. */
  readonly says: RegExp;
}

export interface Subject {
  /** Hands it bytes as an attacker would, and resolves when it had its chance to read them. */
  meet(bytes: Uint8Array): Promise<void>;
  /** Hands it one good record, and resolves once the stage has it. Absent where only a peer that quick tests don't have can do that. */
  greet?(): Promise<void>;
}
