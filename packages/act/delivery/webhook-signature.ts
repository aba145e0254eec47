import { createHmac } from 'node:crypto';
import { ActError } from '../act-error.ts';

/** Secrets of Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes. Several, apart by spaces, while one is exchanged for another. */
export function webhookKeys(text: string): readonly Buffer[] {
  return text.split(/\s+/).map((secret) => {
    const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (key.length >= 24 && key.length <= 64) return key;
    throw new ActError('setting-invalid', "the setting 'secret' of the sink webhook must be 'whsec_' and 24 to 64 random bytes in base64; several stand apart by spaces");
  });
}

/** Standard Webhooks, symmetric signatures: `v1,` and the base64 of HMAC-SHA-256 over id, timestamp and body, one for each key. */
export function webhookSignature(keys: readonly Buffer[], id: string, seconds: number, body: string): string {
  return keys.map((key) => `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`).join(' ');
}
