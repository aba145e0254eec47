import type { RawRecord } from './artifact.ts';
import type { Diagnostic } from './diagnostic.ts';

/** The part of an AbortSignal that stages without a runtime may name. */
export interface Stop {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** How far a source was read: plain JSON whose form only that source knows. */
export type Position = { readonly [key: string]: unknown };

/** Records in their order, and the position that holds once all of them are dealt with. */
export interface SourceBatch {
  readonly records: readonly RawRecord[];
  readonly position: Position;
}

/**
 * A source that can be read again from a position: files, folders, topics of a broker, the spool of what listeners received.
 * Reading from the same position gives the same records, so that a restart that reloads state and position loses nothing.
 */
export interface ReplayableSource {
  readonly kind: 'replayable';
  /** Stable over restarts: the checkpoint is kept under it. */
  readonly id: string;
  /** Ends when the source has an end, or soon after `ctx.signal` aborts. */
  read(from: Position | undefined): AsyncIterable<SourceBatch>;
}

/**
 * A source that is spoken to and can't be asked again. The engine writes what it hears into a spool on disk before
 * `accept` resolves; a listener acknowledges to its peer only then, and slows its peer down while it waits.
 */
export interface ListeningSource {
  readonly kind: 'listening';
  readonly id: string;
  /** Resolves once it listens, with the addresses that it can be reached at. */
  start(accept: (records: readonly RawRecord[]) => Promise<void>): Promise<{ readonly addresses: readonly string[]; close(): Promise<void> }>;
}

export interface SourceContext {
  /** Aborted when the run should end. */
  readonly signal: Stop;
  /** True: go on following what grows; false: read what is there and end. */
  readonly follow: boolean;
  onDiagnostic(diagnostic: Diagnostic): void;
  /** A record that could not be decoded goes to the dead-letter file, as it came. */
  onDeadLetter(bytes: Uint8Array, reason: string): void;
  /** Milliseconds since the epoch. */
  clock(): number;
  /** A secret or a file that the user named for this source (`token`, `tls-cert`, ...): contents, never shown. */
  setting(name: string): string | undefined;
}

/** One kind of source. One file in `packages/sources/event-sources/`, its cases beside it. */
export interface EventSource {
  readonly id: string;
  readonly title: string;
  /** What an address begins with: `syslog+udp:`. `file:` is also what an address without a scheme is. */
  readonly schemes: readonly string[];
  /** Addresses to show in help. */
  readonly examples: readonly string[];
  /** What of the network it needs: the process is started without it otherwise. */
  readonly network: 'none' | 'listen' | 'connect';
  /** `address` is as the user wrote it. Throws SourceError when it can't be used. */
  open(address: string, ctx: SourceContext): ReplayableSource | ListeningSource;
}

export function defineEventSource(source: EventSource): EventSource {
  return source;
}
