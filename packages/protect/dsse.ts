import { sign, verify } from 'node:crypto';
import { hex64, listOf, record, ShapeError, text } from '#formats/closed-shape.ts';
import type { SigningKey, VerifyingKey } from './keys.ts';
import { ProtectError } from './protect-error.ts';

/** DSSE v1.0.2, envelope. `keyid` is not optional here: it says which key must have signed. */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export interface VerifiedPayload {
  readonly payload: Buffer;
  readonly signers: readonly string[];
}

export const largestEnvelope = 32 * 1024 * 1024;
const mostSignatures = 16;

const decodeEnvelope = record({
  payload: text(largestEnvelope),
  payloadType: text(256),
  signatures: listOf(record({ keyid: hex64, sig: text(256) }), mostSignatures),
});

/** DSSE v1.0.2, protocol: `"DSSEv1" SP LEN(type) SP type SP LEN(body) SP body`, lengths in bytes. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

export function signEnvelope(payloadType: string, payload: Uint8Array, { id, key }: SigningKey): Envelope {
  const sig = sign(null, preAuthEncoding(payloadType, payload), key).toString('base64');
  return { payload: Buffer.from(payload).toString('base64'), payloadType, signatures: [{ keyid: id, sig }] };
}

/**
 * Reads an envelope and verifies every signature in it by a trusted key. Stricter than the specification, which would pass over
 * signatures of unknown signers: here they, and keys that sign twice, make the whole envelope void.
 */
export function verifyEnvelope(bytes: Uint8Array, payloadType: string, trusted: readonly VerifyingKey[]): VerifiedPayload {
  const envelope = readEnvelope(bytes);
  if (envelope.payloadType !== payloadType) {
    throw new ProtectError('payload-type-wrong', `the envelope holds another kind of payload than ${payloadType}`);
  }
  if (envelope.signatures.length === 0) throw new ProtectError('signature-missing', 'the envelope is not signed');
  const payload = decodeBase64(envelope.payload, 'payload');
  const signed = preAuthEncoding(payloadType, payload);
  const signers = new Set<string>();
  for (const { keyid, sig } of envelope.signatures) {
    if (signers.has(keyid)) throw new ProtectError('signature-duplicate', 'the envelope is signed twice by the same key');
    const key = trusted.find(({ id }) => id === keyid);
    if (key === undefined) throw new ProtectError('signer-unknown', `the envelope is signed by the key ${keyid}, which is not trusted here`);
    if (!verify(null, signed, key.key, decodeBase64(sig, 'signature'))) {
      throw new ProtectError('signature-wrong', 'a signature does not match: the envelope was changed or forged');
    }
    signers.add(keyid);
  }
  return { payload, signers: [...signers] };
}

function readEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length > largestEnvelope) throw new ProtectError('envelope-too-large', `the envelope is larger than ${largestEnvelope} bytes`);
  if (bytes.length === 0) throw new ProtectError('envelope-malformed', 'the envelope is empty');
  try {
    const json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return decodeEnvelope(JSON.parse(json), '');
  } catch (cause) {
    throw new ProtectError('envelope-malformed', `this is no DSSE envelope: ${faultOf(cause)}`, cause);
  }
}

function faultOf(cause: unknown): string {
  if (cause instanceof ShapeError) return cause.message;
  if (cause instanceof SyntaxError) return 'it is no JSON';
  return cause instanceof RangeError ? 'it is nested too deeply' : 'it is not valid UTF-8';
}

/** DSSE v1.0.2, envelope: either alphabet of base64; only the one encoding that the bytes have in it. */
function decodeBase64(encoded: string, what: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64');
  const url = /[-_]/.test(encoded);
  const canonical = url ? bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_') : bytes.toString('base64');
  if (canonical !== encoded || encoded === '') throw new ProtectError('envelope-malformed', `the ${what} is not canonical base64`);
  return bytes;
}
