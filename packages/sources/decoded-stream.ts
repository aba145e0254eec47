import { type ContentForm, formBytes, formOf, peek, unpacked } from './content-form.ts';
import { readEventLog } from './evtx/reader.ts';
import { type Decoded, RecordDecoder } from './record-decoder.ts';

const noBytes = new Uint8Array();

/**
 * Records of a stream that is read from its beginning: gzip, Zstandard, Windows event log, JSON or lines. `offset` and `line`: where to begin in what is
 * unpacked. What stops the stream is thrown after all that came before it was given.
 */
export async function* decodedStream(chunks: AsyncGenerator<Buffer>, offset = 0, line = 1): AsyncGenerator<readonly Decoded[]> {
  const { head, all } = await peek(chunks, formBytes);
  const form = formOf(head);
  if (form === 'gzip' || form === 'zstd') {
    const inner = await peek(unpacked(all, form), formBytes);
    yield* decodedContent(inner.all, formOf(inner.head) === 'evtx' ? 'evtx' : 'plain', offset, line);
  } else yield* decodedContent(all, form, offset, line);
}

async function* decodedContent(chunks: AsyncGenerator<Buffer>, form: ContentForm, offset: number, line: number): AsyncGenerator<readonly Decoded[]> {
  if (form === 'foreign') yield [{ problem: 'it is packed with bzip2 or xz, which is not read; unpack it first', bytes: noBytes, line: 0, next: -1, nextLine: 0 }];
  else if (form === 'evtx') {
    for await (const piece of readEventLog(chunks)) {
      if ('value' in piece) yield [{ value: piece.value, problem: undefined, line: 0, next: -1, nextLine: 0 }];
      else yield [{ problem: `${piece.problem} (chunk ${piece.chunk})`, bytes: noBytes, line: 0, next: -1, nextLine: 0 }];
    }
  } else yield* decodedLines(chunks, offset, line);
}

async function* decodedLines(chunks: AsyncGenerator<Buffer>, offset: number, line: number): AsyncGenerator<readonly Decoded[]> {
  const decoder = new RecordDecoder(offset, line);
  let passed = 0;
  let failure: unknown;
  try {
    for await (const chunk of chunks) {
      const left = Math.max(0, offset - passed);
      passed += chunk.length;
      if (left < chunk.length) yield decoder.push(chunk.subarray(left));
    }
  } catch (error) {
    failure = error;
  }
  yield decoder.end();
  if (failure !== undefined) throw failure;
}
