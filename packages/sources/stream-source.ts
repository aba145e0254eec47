import type { Readable } from 'node:stream';
import type { ListeningSource, Position, ReplayableSource, SourceBatch, SourceContext } from '#model/intake.ts';
import type { RawRecord } from '#model/artifact.ts';
import { buffers } from './content-form.ts';
import { decodedStream } from './decoded-stream.ts';
import { ProblemCount } from './problem-count.ts';
import { ReadRecord } from './read-record.ts';
import { systemCode } from './source-error.ts';

const batchRecords = 1000;

export interface OnceStream {
  readonly id: string;
  /** The source of its records. */
  readonly label: string;
  open(): Readable;
}

/**
 * A stream that gives its bytes once: standard input, a named pipe. In a run that follows it is a listener, so that what was taken from it
 * is on disk before more is taken. In a run that ends with it there is nothing to be told twice: it is read through, and a run that was
 * killed can't go on where it was.
 */
export function streamSource(stream: OnceStream, ctx: SourceContext): ReplayableSource | ListeningSource {
  return ctx.follow ? listening(stream, ctx) : readThrough(stream, ctx);
}

function readThrough(stream: OnceStream, ctx: SourceContext): ReplayableSource {
  async function* read(from: Position | undefined): AsyncGenerator<SourceBatch> {
    for await (const records of recordsOf(stream, ctx, numberIn(from))) yield { records, position: { sequence: records.at(-1)?.sequence ?? 0 } };
  }
  return { kind: 'replayable', id: stream.id, read };
}

/** Numbers go on behind those of the last run: they name other records. */
function numberIn(position: Position | undefined): number {
  const sequence = position?.['sequence'];
  return typeof sequence === 'number' && Number.isSafeInteger(sequence) && sequence > 0 ? sequence : 0;
}

function listening(stream: OnceStream, ctx: SourceContext): ListeningSource {
  return {
    kind: 'listening',
    id: stream.id,
    async start(accept) {
      const readable = stream.open();
      const hearing = (async () => {
        try {
          for await (const records of recordsOf({ ...stream, open: () => readable }, ctx, 0)) await accept(records);
        } catch (error) {
          ctx.onDiagnostic({ code: 'source-failed', message: `what it gave could not be kept (${systemCode(error)}); no more is taken from it`, path: stream.label });
        }
      })();
      const close = async (): Promise<void> => {
        readable.destroy();
        await hearing;
      };
      return { addresses: [], close };
    },
  };
}

async function* recordsOf(stream: OnceStream, ctx: SourceContext, last: number): AsyncGenerator<readonly RawRecord[]> {
  const { label: source } = stream;
  const problems = new ProblemCount(source, ctx);
  const readable = stream.open();
  const stop = (): void => void readable.destroy();
  ctx.signal.addEventListener('abort', stop, { once: true });
  if (ctx.signal.aborted) stop();
  let sequence = last;
  try {
    for await (const items of decodedStream(buffers(readable))) {
      let records: RawRecord[] = [];
      for (const item of items) {
        if (item.problem === undefined) records.push(new ReadRecord(source, (sequence += 1), item));
        else problems.add(item.line, item.problem, item.bytes);
        if (records.length === batchRecords) {
          yield records;
          records = [];
        }
      }
      if (records.length > 0) yield records;
    }
  } catch (error) {
    // Whoever ends the run ends the stream with it: that is no failure of it.
    if (!ctx.signal.aborted && !readable.destroyed) throw error;
    if (!ctx.signal.aborted && systemCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') problems.add(0, `reading stopped after record ${sequence} (${systemCode(error)})`);
  } finally {
    ctx.signal.removeEventListener('abort', stop);
    problems.end();
  }
}
