import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { buffers } from './content-form.ts';
import { decodedStream } from './decoded-stream.ts';
import { ProblemCount } from './problem-count.ts';
import { systemCode, targetMissing } from './source-error.ts';

/**
 * Reads records from a file or a stream: JSON lines, a JSON list, CloudTrail's `{"Records": [...]}`, lines of text, which are given as they are, or a
 * Windows event log; gzip or plain. What cannot be decoded is told by its line, never by its content, and costs only itself.
 */
export async function* readRecords(from: string | Readable, onDiagnostic: (diagnostic: Diagnostic) => void): AsyncGenerator<RawRecord> {
  const source = typeof from === 'string' ? from : '-';
  const problems = new ProblemCount(source, { onDiagnostic, onDeadLetter: () => undefined });
  const written = typeof from === 'string' ? await modified(from) : undefined;
  let sequence = 0;
  try {
    for await (const items of decodedStream(buffers(typeof from === 'string' ? createReadStream(from) : from))) {
      for (const item of items) {
        if (item.problem === undefined) yield { source, sequence: (sequence += 1), value: item.value, ...(written === undefined ? {} : { written }) };
        else problems.add(item.line, item.problem);
      }
    }
  } catch (error) {
    if (sequence === 0 && isMissing(error)) throw targetMissing(source, systemCode(error), error);
    problems.add(0, `reading stopped after ${sequence} records (${systemCode(error)})`);
  }
  problems.end();
}

/** When a file was last written to; a file that is not there is told by who opens it. */
async function modified(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? undefined : Math.floor(found.mtimeMs);
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM', 'ERR_ACCESS_DENIED'].includes(systemCode(error));
}
