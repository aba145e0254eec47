import { hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { buffers, type ContentForm, formBytes, formOf, unpacked } from '../content-form.ts';
import { systemCode } from '../source-error.ts';
import { type FoundFile, lookAtOpen } from './found-files.ts';

export const headLength = 1024;
export const tailLength = 64;

/** By what a file is known again under another name, packed, or copied: its first bytes, and the last of those that were read. */
export interface Print {
  readonly offset: number;
  readonly head: string;
  readonly tail: string;
}

export function digest(bytes: Uint8Array): string {
  return bytes.length === 0 ? '' : hash('sha256', bytes, 'hex').slice(0, 32);
}

export async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await handle.read(buffer, got, length - got, at + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return buffer.subarray(0, got);
}

export async function formAt(handle: FileHandle): Promise<ContentForm> {
  return formOf(await readAt(handle, 0, formBytes));
}

/**
 * Whether what was read of one file is what another one begins with; packed ones are unpacked for it. Nothing read: no proof. `moved`: by
 * now another file is at that path.
 */
export async function beginsWith(look: FoundFile, print: Print): Promise<boolean | 'moved'> {
  if (print.offset === 0) return false;
  let handle: FileHandle;
  try {
    handle = await open(look.path, 'r');
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'moved' : false;
  }
  try {
    if ((await lookAtOpen(look.path, handle))?.id !== look.id) return 'moved';
    const form = await formAt(handle);
    if (form === 'plain') return await handleBeginsWith(handle, print);
    return (form === 'gzip' || form === 'zstd') && (await packedBeginsWith(handle, form, print));
  } catch {
    // What can't be unpacked so far is no proof.
    return false;
  } finally {
    await handle.close();
  }
}

export async function handleBeginsWith(handle: FileHandle, { offset, head, tail }: Print): Promise<boolean> {
  const last = Math.min(tailLength, offset);
  const end = await readAt(handle, offset - last, last);
  return end.length === last && digest(end) === tail && digest(await readAt(handle, 0, Math.min(headLength, offset))) === head;
}

async function packedBeginsWith(handle: FileHandle, form: ContentForm, { offset, head, tail }: Print): Promise<boolean> {
  const headBytes = Math.min(headLength, offset);
  let begin = Buffer.alloc(0);
  let recent = Buffer.alloc(0);
  let passed = 0;
  for await (const chunk of unpacked(buffers(handle.createReadStream({ start: 0, autoClose: false })), form)) {
    const wanted = chunk.subarray(0, offset - passed);
    if (begin.length < headBytes) {
      begin = Buffer.concat([begin, wanted.subarray(0, headBytes - begin.length)]);
      if (begin.length === headBytes && digest(begin) !== head) return false;
    }
    recent = Buffer.concat([recent, wanted]).subarray(-tailLength);
    passed += wanted.length;
    if (passed === offset) return digest(recent) === tail;
  }
  return false;
}

/** Whether a shorter file is what a longer one begins with, as far as its first and last bytes tell. */
export async function isBeginningOf({ path, size }: FoundFile, longer: FileHandle): Promise<boolean> {
  if (size === 0) return false;
  const handle = await open(path, 'r');
  try {
    const last = Math.min(tailLength, size);
    const same = async (at: number, length: number): Promise<boolean> => (await readAt(handle, at, length)).equals(await readAt(longer, at, length));
    return (await same(0, Math.min(headLength, size))) && (await same(size - last, last));
  } finally {
    await handle.close();
  }
}
