import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { headerOf } from './exchange.ts';

/** Equal or not, in a time that says nothing about where they differ, nor how long the right one is. */
export function sameSecret(given: string | Uint8Array, right: string | Uint8Array): boolean {
  return timingSafeEqual(digest(given), digest(right));
}

function digest(value: string | Uint8Array): Buffer {
  return createHash('sha256').update(value).digest();
}

/** True when any is right; each is compared, whichever it is. */
export function anySame(given: readonly (string | Uint8Array)[], right: readonly (string | Uint8Array)[]): boolean {
  let found = false;
  for (const one of given) for (const other of right) found = sameSecret(one, other) || found;
  return found;
}

/** The lines of a setting: more than one while a secret is being replaced. */
export function secretsOf(setting: string | undefined): string[] {
  return (setting ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

export interface Passes {
  readonly tokens: readonly string[];
  /** `user:password`. */
  readonly basics: readonly string[];
}

export function hasPasses({ tokens, basics }: Passes): boolean {
  return tokens.length + basics.length > 0;
}

/**
 * `Bearer TOKEN`, `Splunk TOKEN`, `ApiKey` as Elasticsearch's clients send it, and `Basic`, whose password may be a token: Splunk takes
 * that, and agents that know no other way send it.
 */
export function mayEnter(headers: IncomingHttpHeaders, passes: Passes): boolean {
  const [, scheme = '', credentials = ''] = /^(\S{1,32})\s+(\S{1,4096})$/.exec(headerOf(headers, 'authorization')) ?? [];
  const plain = /^(?:basic|apikey)$/i.test(scheme) ? Buffer.from(credentials, 'base64').toString('utf8') : '';
  if (/^(?:bearer|splunk)$/i.test(scheme)) return anySame([credentials], passes.tokens);
  if (/^apikey$/i.test(scheme)) return anySame([credentials, plain], passes.tokens);
  if (!/^basic$/i.test(scheme)) return false;
  const password = plain.slice(plain.indexOf(':') + 1);
  const [byName, byToken] = [anySame([plain], passes.basics), anySame([password], passes.tokens)];
  return byName || byToken;
}
