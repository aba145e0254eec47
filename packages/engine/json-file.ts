import { readRegular } from '#sources/read-file.ts';
import { EngineError } from './errors.ts';

const largest = 256 * 1024 * 1024;

/** Reads a report from a file. */
export function readJsonFile(path: string): unknown {
  let bytes: Buffer | undefined;
  try {
    bytes = readRegular(path, { limit: largest });
  } catch (cause) {
    throw new EngineError('report-unusable', `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (bytes === undefined) throw new EngineError('report-unusable', `${path} does not exist; make a report with \`watchward scan --json --output FILE\``);
  return parseJson(bytes, path);
}

export function parseJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new EngineError('report-unusable', `${name} is no JSON in UTF-8`, { cause });
  }
}
