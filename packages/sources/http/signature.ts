import { createHmac } from 'node:crypto';
import { Refusal } from './exchange.ts';
import { anySame } from './proof.ts';

/** Seconds that a signed time may be away from ours (Standard Webhooks, "Verifying timestamps"). */
const tolerance = 300;

export interface Signed {
  readonly id: string;
  /** Seconds since the epoch, as the header has it. */
  readonly timestamp: string;
  /** `v1,BASE64`, one for each secret that is valid, with spaces between. */
  readonly signatures: string;
}

/**
 * Standard Webhooks, "Signature scheme": HMAC-SHA-256 over id, time and body. `whsec_` secrets are base64; another is taken as it is,
 * which is how GitLab signs with one that it did not make.
 */
export function checkSigned({ id, timestamp, signatures }: Signed, body: Uint8Array, secrets: readonly string[], now: number): void {
  if (!/^[!-~]{1,256}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) throw new Refusal('unauthorized', 'webhook-id, webhook-timestamp and webhook-signature are needed');
  const right = secrets.map((secret) => createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64'));
  const given = signatures.split(' ').slice(0, 16).filter((signature) => signature.startsWith('v1,')).map((signature) => signature.slice(3));
  if (!anySame(given, right)) throw new Refusal('unauthorized', 'the signature is none of this body with a secret that is known here');
  if (Math.abs(now / 1000 - Number(timestamp)) > tolerance) throw new Refusal('unauthorized', `the delivery was signed more than ${tolerance} seconds from now; is the clock right?`);
}

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret, 'utf8');
}
