import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { type BypassPredicate, decodeBypassStatement } from '#formats/bypass.ts';
import { statementPayloadType, type Statement } from '#formats/in-toto.ts';
import { verifyEnvelope } from '#protect/dsse.ts';
import type { VerifyingKey } from '#protect/keys.ts';
import { readRegular } from '#sources/read-file.ts';
import { systemCode } from '#sources/source-error.ts';
import { EngineError } from './errors.ts';

const largestRecord = 256 * 1024 * 1024;

/** Appends one line that names the line before it, whole or not at all. `compose` gets the SHA-256 of that line. */
export function appendRecord(path: string, compose: (previous: string | undefined) => string): void {
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (cause) {
    throw new EngineError('bypass-unrecorded', `the bypass record ${path} cannot be locked (${systemCode(cause)} for ${lock}); when no other gate is running, remove that file; without a record there is no bypass`, { cause });
  }
  try {
    append(path, `${compose(lastLine(path))}\n`);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const why = cause instanceof Error && !('syscall' in cause) ? cause.message : systemCode(cause);
    throw new EngineError('bypass-unrecorded', `the bypass record ${path} cannot be written (${why}); without a record there is no bypass`, { cause });
  } finally {
    rmSync(lock, { force: true });
  }
}

function lastLine(path: string): string | undefined {
  const bytes = readRegular(path, { limit: largestRecord });
  if (bytes === undefined || bytes.length === 0) return undefined;
  if (bytes.at(-1) !== 10) throw new EngineError('bypass-unrecorded', `the bypass record ${path} ends in half a line; somebody has to look at it`);
  const start = bytes.lastIndexOf(10, bytes.length - 2) + 1;
  return hash('sha256', bytes.subarray(start, bytes.length - 1), 'hex');
}

function append(path: string, line: string): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_SYNC ?? 0), 0o644);
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.from(line);
    try {
      if (writeSync(descriptor, bytes) !== bytes.length) throw new Error('only a part was written');
    } catch (error) {
      ftruncateSync(descriptor, size);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a bypass record and verifies every line and that none is missing between them. Throws with the line's number. */
export function readRecord(bytes: Uint8Array, keys: readonly VerifyingKey[]): Statement<BypassPredicate>[] {
  const lines = splitLines(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  let previous: string | undefined;
  return lines.map((line, index) => {
    try {
      const { payload } = verifyEnvelope(line, statementPayloadType, keys);
      const statement = decodeBypassStatement(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload));
      if (statement.predicate.previous !== previous) throw new Error('it does not follow the line before it: lines are missing or were changed');
      previous = hash('sha256', line, 'hex');
      return statement;
    } catch (cause) {
      const message = `line ${index + 1} of the record cannot be believed: ${cause instanceof Error ? cause.message : String(cause)}`;
      throw new EngineError('bypass-unrecorded', message, { cause });
    }
  });
}

function splitLines(bytes: Buffer): Buffer[] {
  if (bytes.length === 0 || bytes.at(-1) !== 10) throw new EngineError('bypass-unrecorded', 'the record is empty or ends in half a line');
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
