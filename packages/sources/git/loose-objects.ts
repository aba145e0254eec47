import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRegular } from '../read-file.ts';
import { SourceError } from '../source-error.ts';
import { inflateExactly, inflateStart } from './inflate.ts';

const fileLimit = 2 ** 31 - 1;
const startBytes = 128;
const kinds = new Map([['commit', 1], ['tree', 2], ['blob', 3], ['tag', 4]]);

export interface LooseObject {
  readonly kind: number;
  readonly size: number;
  /** Undefined when it is larger than the limit. */
  readonly data?: Buffer;
}

/** A loose object (gitformat-loose(5)): `type size NUL content`, deflated. */
export function readLoose(folder: string, hex: string, limit: number): LooseObject | undefined {
  const bytes = readRegular(join(folder, hex.slice(0, 2), hex.slice(2)), { limit: fileLimit });
  if (bytes === undefined) return undefined;
  const start = inflateStart(bytes, startBytes);
  const nul = start.indexOf(0);
  const header = /^(\w+) (\d{1,15})$/.exec(start.toString('latin1', 0, Math.max(nul, 0)));
  const kind = kinds.get(header?.[1] ?? '');
  if (kind === undefined) throw new SourceError('git-corrupt', 'a loose git object has no valid header');
  const size = Number(header?.[2]);
  if (size > limit) return { kind, size };
  return { kind, size, data: inflateExactly(bytes, nul + 1 + size).subarray(nul + 1) };
}

export function looseStartingWith(folder: string, prefix: string): string[] {
  try {
    const names = readdirSync(join(folder, prefix.slice(0, 2)));
    return names.filter((name) => /^[0-9a-f]{38,62}$/.test(name)).map((name) => prefix.slice(0, 2) + name).filter((hex) => hex.startsWith(prefix));
  } catch {
    return []; // no folder, no such objects
  }
}
