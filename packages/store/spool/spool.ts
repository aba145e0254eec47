import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Position, ReplayableSource, SourceBatch, SourceContext } from '#model/intake.ts';
import { placeOf, SpoolReader } from './reader.ts';
import { SpoolWriter } from './writer.ts';

export interface SpoolOptions {
  /** Its own; made when it is missing. No other process may have it open. */
  readonly folder: string;
  /** Of the source that it is read back as. */
  readonly id: string;
  /** A file is closed once it is this large. */
  readonly segmentBytes: number;
  /** When so much is waiting to be dealt with, `append` waits. One group of records (4 MiB, or one larger record) may go beyond it. */
  readonly diskBytes: number;
  /** False: what is appended survives the process, but not the machine. */
  readonly sync: boolean;
  onDiagnostic(diagnostic: Diagnostic): void;
}

export const spoolDefaults = { segmentBytes: 64 * 1_048_576, diskBytes: 4 * 1024 * 1_048_576, sync: true } as const;

/**
 * What listeners heard, on disk until it is dealt with: segments of frames, only ever appended to. A record gets its number here,
 * which no later one gets again, not even after a restart; the number that the listener gave it is not kept.
 */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #writer: SpoolWriter;

  /** Cuts off what a crash left unfinished. Throws StoreError. */
  constructor(options: Pick<SpoolOptions, 'folder' | 'id' | 'onDiagnostic'> & Partial<SpoolOptions>) {
    this.#options = { ...spoolDefaults, ...options };
    this.#writer = new SpoolWriter(this.#options);
  }

  /** Bytes that wait on disk, and whether those who append wait because that is the limit. */
  get figures(): { readonly bytes: number; readonly segments: number; readonly full: boolean } {
    const { bytes, full, segments } = this.#writer;
    return { bytes, full, segments: segments.length };
  }

  /** Resolves once the records are on disk; rejects with StoreError when they are not and won't be. */
  append(records: readonly RawRecord[]): Promise<void> {
    return this.#writer.append(records);
  }

  /** With `follow`, waits for what is appended and gives it at once; without, ends at what is there. */
  source({ signal, follow }: Pick<SourceContext, 'signal' | 'follow'>): ReplayableSource {
    const writer = this.#writer;
    const { id, onDiagnostic } = this.#options;
    async function* read(from: Position | undefined): AsyncGenerator<SourceBatch> {
      const reader = new SpoolReader(writer.segments, from, onDiagnostic);
      try {
        while (!signal.aborted) {
          const batch = reader.next();
          if (batch !== undefined) yield batch;
          else if (follow && !writer.closed) await writer.written.wait(signal);
          else return;
        }
      } finally {
        reader.close();
      }
    }
    return { kind: 'replayable', id, read };
  }

  /** Everything up to a position that `source` gave is dealt with, and the position itself is safe: the space may be used again. */
  release(position: Position): void {
    const place = placeOf(position);
    if (place !== undefined) this.#writer.release(place.segment, place.offset);
  }

  /** What was appended before is written; what waits for room is refused. */
  close(): Promise<void> {
    return this.#writer.close();
  }
}
