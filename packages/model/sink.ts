import type { Signal } from './event.ts';
import type { Incident } from './incident.ts';
import type { Stop } from './intake.ts';

/** What is handed to a sink. `key` is the same whenever the same thing is handed on again: receivers can tell a repetition. */
export type Notice =
  | { readonly kind: 'signal'; readonly key: string; readonly signal: Signal }
  /** `revision` counts the changes of the incident, from 1. */
  | { readonly kind: 'incident'; readonly key: string; readonly revision: number; readonly incident: Incident; readonly verdict?: NoticeVerdict };

/** What a person said of an incident: somebody is at it, it was no attack, it is dealt with. Left out: the incident itself changed. */
export type NoticeVerdict = 'accepted' | 'dismissed' | 'closed';

export interface SinkContext {
  readonly signal: Stop;
  /** Milliseconds since the epoch. */
  clock(): number;
  /** 0 to 1, for jitter. */
  random(): number;
  /** Waits; resolves early when `signal` aborts. */
  wait(milliseconds: number): Promise<void>;
  /** A secret that the user named for this sink (`secret`, `token`, ...): contents, never shown. */
  setting(name: string): string | undefined;
  readonly product: { readonly name: string; readonly version: string };
}

export interface OpenSink {
  /** Hands on in order. Resolves when the receiver has it; throws ActError when it can't be had, after its own retries. */
  deliver(notices: readonly Notice[]): Promise<void>;
  close(): Promise<void>;
}

/** One kind of receiver. One file in `packages/act/sinks/`, its cases beside it. */
export interface Sink {
  readonly id: string;
  readonly title: string;
  /** What an address begins with: `slack+https:`. */
  readonly schemes: readonly string[];
  readonly examples: readonly string[];
  readonly network: 'none' | 'connect';
  /** Which notices it takes. */
  readonly takes: readonly Notice['kind'][];
  open(address: string, ctx: SinkContext): OpenSink;
}

export function defineSink(sink: Sink): Sink {
  return sink;
}
