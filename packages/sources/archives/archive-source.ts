import { statSync } from 'node:fs';
import type { RawRecord } from '#model/artifact.ts';
import type { Position, ReplayableSource, SourceBatch, SourceContext } from '#model/intake.ts';
import { decodedStream } from '../decoded-stream.ts';
import { ProblemCount } from '../problem-count.ts';
import { ReadRecord } from '../read-record.ts';
import { SourceError, systemCode } from '../source-error.ts';
import { type ArchiveEntry, archiveLimits, Expansion } from './entry.ts';
import { tarEntries } from './tar-entries.ts';
import { rawBytes, zipEntries } from './zip-entries.ts';

const batchRecords = 1000;
export const archiveName = /\.(?:tar|tgz|tar\.gz|tar\.zst|zip)$/i;

/** `entry`: which one is being read, from 0; `skip`: what was dealt with of it, records or not; `sequence`: the number of its last record. */
interface Place {
  readonly entry: number;
  readonly skip: number;
  readonly sequence: number;
  /** Of the archive, when it was begun. */
  readonly size: number;
}

/** An archive, read entry by entry without unpacking it to disk. A record's source is `archive.tgz!path/in/it`. */
export function archiveSource(path: string, ctx: SourceContext, limits: typeof archiveLimits = archiveLimits): ReplayableSource {
  return { kind: 'replayable', id: `archive:${path}`, read: (from) => new ArchiveReading(path, ctx, limits).read(from) };
}

class ArchiveReading {
  readonly #path: string;
  readonly #ctx: SourceContext;
  readonly #limits: typeof archiveLimits;
  readonly #expansion: Expansion;
  readonly #names = new Map<string, number>();

  constructor(path: string, ctx: SourceContext, limits: typeof archiveLimits) {
    this.#path = path;
    this.#ctx = ctx;
    this.#limits = limits;
    this.#expansion = new Expansion(limits);
  }

  async *read(from: Position | undefined): AsyncGenerator<SourceBatch> {
    try {
      const { size } = statSync(this.#path);
      yield* this.#entries(size, this.#resume(from, size));
    } catch (error) {
      // The messages of those who unpack may quote the archive.
      const reason = error instanceof SourceError ? error.message : `it could not be read to its end (${systemCode(error)})`;
      this.#ctx.onDiagnostic({ code: error instanceof SourceError ? 'source-limit' : 'source-failed', message: `${reason}; what came before was read`, path: this.#path });
    }
  }

  #resume(from: Position | undefined, size: number): Place {
    const { entry, skip, sequence, size: before } = from ?? {};
    const known = [entry, skip, sequence].every((value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0);
    if (known && before === size) return { entry: Number(entry), skip: Number(skip), sequence: Number(sequence), size };
    if (from !== undefined) this.#ctx.onDiagnostic({ code: 'source-failed', message: 'the archive is another than the one that was read before; it is read from its beginning', path: this.#path });
    return { entry: 0, skip: 0, sequence: 0, size };
  }

  async *#entries(size: number, from: Place): AsyncGenerator<SourceBatch> {
    let at = -1;
    const entries = /\.zip$/i.test(this.#path) ? zipEntries(this.#path, this.#expansion) : tarEntries(rawBytes(this.#path), this.#expansion);
    for await (const entry of entries) {
      at += 1;
      if (this.#ctx.signal.aborted) return;
      if (at >= this.#limits.entries) throw new SourceError('target-unsupported', `it has more than ${this.#limits.entries} files`);
      const label = this.#label(entry);
      if (at < from.entry) continue;
      const place = at === from.entry ? from : { entry: at, skip: 0, sequence: 0, size };
      if (archiveName.test(entry.name)) this.#ctx.onDiagnostic({ code: 'source-limit', message: 'an archive within an archive is not read; unpack it first', path: label });
      else yield* this.#entry(entry, label, place);
    }
    yield { records: [], position: { entry: at + 1, skip: 0, sequence: 0, size } };
  }

  /** An archive may have one name twice. */
  #label({ name }: ArchiveEntry): string {
    const times = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, times);
    return `${this.#path}!${name}${times === 1 ? '' : `#${times}`}`;
  }

  async *#entry(entry: ArchiveEntry, label: string, from: Place): AsyncGenerator<SourceBatch> {
    const problems = new ProblemCount(label, this.#ctx);
    let { skip, sequence } = from;
    let dropping = skip;
    let records: RawRecord[] = [];
    const batch = (): SourceBatch => ({ records, position: { ...from, skip, sequence } });
    try {
      for await (const items of decodedStream(entry.content(), { textOnly: true, onUnpacked: this.#expansion.giveOut })) {
        for (const item of items.slice(dropping)) {
          skip += 1;
          if (item.problem === undefined) records.push(new ReadRecord(label, (sequence += 1), item));
          else problems.add(item.line, item.problem, item.bytes);
          if (records.length < batchRecords) continue;
          yield batch();
          records = [];
          if (this.#ctx.signal.aborted) return;
        }
        dropping = Math.max(0, dropping - items.length);
      }
    } catch (error) {
      if (error instanceof SourceError) throw error;
      problems.add(0, `reading stopped after record ${sequence} (${systemCode(error)})`);
    } finally {
      problems.end();
    }
    if (records.length > 0) yield batch();
  }
}
