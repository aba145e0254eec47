import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Vector } from './vector.ts';

/**
 * What a person said of each true literal that is not reported, in `verdicts.json`: by reason, the texts as the first 16 hexadecimal
 * digits of their SHA-256, so that the texts of other projects lie nowhere in this one.
 */
export function countReasons(misses: readonly Vector[]): { readonly reasons: readonly (readonly [string, number])[]; readonly unread: number } {
  const verdicts = JSON.parse(readFileSync(new URL('verdicts.json', import.meta.url), 'utf8')) as Readonly<Record<string, readonly string[]>>;
  const digests = misses.map(({ text }) => hash('sha256', text, 'hex').slice(0, 16));
  const reasons = Object.entries(verdicts).map(([reason, read]) => [reason, digests.filter((digest) => read.includes(digest)).length] as const);
  return { reasons, unread: misses.length - reasons.reduce((sum, [, number]) => sum + number, 0) };
}
