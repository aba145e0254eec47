import { type ContentForm, formOf, peek, tellsForm, unpacked } from './content-form.ts';
import { readEventLog } from './evtx/reader.ts';
import { type Decoded, RecordDecoder } from './record-decoder.ts';

const noBytes = new Uint8Array();

export interface DecodeOptions {
  /** Where to begin in what is unpacked, and the number of that line. */
  readonly offset?: number;
  readonly line?: number;
  /** Sees what is unpacked go by; throws when it is too much. */
  readonly onUnpacked?: (bytes: number) => void;
  /** What is no text and no event log gives one problem and nothing else. */
  readonly textOnly?: boolean;
}

export const notText = 'it is neither text nor an event log; it was not read';

/**
 * Records of a stream that is read from its beginning: gzip, Zstandard, Windows event log, JSON or lines. What stops the stream is thrown
 * after all that came before it was given.
 */
export async function* decodedStream(chunks: AsyncGenerator<Buffer>, options: DecodeOptions = {}): AsyncGenerator<readonly Decoded[]> {
  try {
    yield* decodedForm(chunks, options);
  } finally {
    // What is not read to its end is closed nevertheless.
    await chunks.return(undefined);
  }
}

async function* decodedForm(chunks: AsyncGenerator<Buffer>, options: DecodeOptions): AsyncGenerator<readonly Decoded[]> {
  const { head, all } = await peek(chunks, tellsForm);
  const form = formOf(head);
  if (form !== 'gzip' && form !== 'zstd') {
    yield* decodedContent(all, form, head, options);
    return;
  }
  const inner = await peek(counted(unpacked(all, form), options.onUnpacked), tellsForm);
  yield* decodedContent(inner.all, formOf(inner.head) === 'evtx' ? 'evtx' : 'plain', inner.head, options);
}

async function* counted(chunks: AsyncGenerator<Buffer>, onUnpacked: DecodeOptions['onUnpacked']): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onUnpacked?.(chunk.length);
    yield chunk;
  }
}

async function* decodedContent(chunks: AsyncGenerator<Buffer>, form: ContentForm, head: Buffer, options: DecodeOptions): AsyncGenerator<readonly Decoded[]> {
  if (form === 'foreign') yield [problem('it is packed with bzip2 or xz, which is not read; unpack it first')];
  else if (form === 'evtx') {
    for await (const piece of readEventLog(chunks)) {
      if ('value' in piece) yield [{ value: piece.value, problem: undefined, line: 0, next: -1, nextLine: 0 }];
      else yield [problem(`${piece.problem} (chunk ${piece.chunk})`)];
    }
  } else if (options.textOnly === true && looksBinary(head)) yield [problem(notText)];
  else yield* decodedLines(chunks, options.offset ?? 0, options.line ?? 1);
}

function problem(text: string): Decoded {
  return { problem: text, bytes: noBytes, line: 0, next: -1, nextLine: 0 };
}

export function looksBinary(head: Buffer): boolean {
  return head.subarray(0, 1024).includes(0);
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
