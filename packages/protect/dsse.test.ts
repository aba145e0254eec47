import { verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Envelope, largestEnvelope, preAuthEncoding, signEnvelope, verifyEnvelope } from './dsse.ts';
import { generateSigningKey, verifyingKey } from './keys.ts';
import type { ProtectErrorCode } from './protect-error.ts';

const type = 'application/vnd.test+json';
const key = generateSigningKey();
const other = generateSigningKey();
const trusted = [verifyingKey(key)];
const payload = Buffer.from('{"a":1}');
const good = signEnvelope(type, payload, key);
const bytes = (envelope: unknown): Buffer => Buffer.from(JSON.stringify(envelope));

function codeOf(envelope: Uint8Array, keys = trusted): ProtectErrorCode {
  try {
    verifyEnvelope(envelope, type, keys);
  } catch (error) {
    if (error instanceof Error && error.name === 'ProtectError' && 'code' in error) return error.code as ProtectErrorCode;
    throw error;
  }
  throw new Error('it was verified');
}

test('the pre-authentication encoding is that of the specification', () => {
  // DSSE v1.0.2, protocol: the example of the specification.
  expect(preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  expect(preAuthEncoding('\u00e4', Buffer.from([0, 255]))).toEqual(Buffer.concat([Buffer.from('DSSEv1 2 \u00e4 2 '), Buffer.from([0, 255])]));
  expect(preAuthEncoding('', Buffer.alloc(0)).toString()).toBe('DSSEv1 0  0 ');
});

test('what is signed is verified, by us and by the plain algorithm', () => {
  expect(verifyEnvelope(bytes(good), type, trusted)).toEqual({ payload, signers: [key.id] });
  const sig = Buffer.from(good.signatures[0]?.sig ?? '', 'base64');
  expect(verify(null, preAuthEncoding(type, payload), trusted[0]?.key ?? '', sig)).toBe(true);
});

test('any payload comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (some) => {
      const read = verifyEnvelope(bytes(signEnvelope(type, some, key)), type, trusted);
      expect(new Uint8Array(read.payload)).toEqual(some);
    }),
    { numRuns: 100 },
  );
});

test('two trusted keys may both sign; base64 may be of either alphabet', () => {
  const both: Envelope = { ...good, signatures: [...good.signatures, ...signEnvelope(type, payload, other).signatures] };
  expect(verifyEnvelope(bytes(both), type, [...trusted, verifyingKey(other)]).signers).toEqual([key.id, other.id]);
  const url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');
  const urlSafe = { ...good, payload: url(good.payload), signatures: good.signatures.map(({ keyid, sig }) => ({ keyid, sig: url(sig) })) };
  expect(verifyEnvelope(bytes(urlSafe), type, trusted).signers).toEqual([key.id]);
});

const [first] = good.signatures;
const sig = first?.sig ?? '';

describe('refuses', () => {
  test.each<[string, unknown, ProtectErrorCode]>([
    ['no object', [], 'envelope-malformed'],
    ['an unknown member', { ...good, extra: 1 }, 'envelope-malformed'],
    ['a missing member', { payload: good.payload, payloadType: type }, 'envelope-malformed'],
    ['another payload type', { ...good, payloadType: 'text/plain' }, 'payload-type-wrong'],
    ['no signature', { ...good, signatures: [] }, 'signature-missing'],
    ['too many signatures', { ...good, signatures: Array.from({ length: 17 }, () => first) }, 'envelope-malformed'],
    ['a signature twice', { ...good, signatures: [first, first] }, 'signature-duplicate'],
    ['an unknown signer', signEnvelope(type, payload, other), 'signer-unknown'],
    ['an unknown signer beside a trusted one', { ...good, signatures: [first, ...signEnvelope(type, payload, other).signatures] }, 'signer-unknown'],
    ['another payload', { ...good, payload: Buffer.from('{"a":2}').toString('base64') }, 'signature-wrong'],
    ['a signature of another', { ...good, signatures: [{ keyid: key.id, sig: signEnvelope(type, payload, other).signatures[0]?.sig }] }, 'signature-wrong'],
    ['a key id that is none', { ...good, signatures: [{ keyid: 'ci', sig }] }, 'envelope-malformed'],
    ['base64 with a line break', { ...good, payload: `${good.payload}\n` }, 'envelope-malformed'],
    ['base64 without its padding', { ...good, signatures: [{ keyid: key.id, sig: sig.replace(/=+$/, '') }] }, 'envelope-malformed'],
    ['base64 with bits left over', { ...good, payload: 'eyJhIjoxfR==' }, 'envelope-malformed'],
    ['base64 of both alphabets', { ...good, payload: '+-' }, 'envelope-malformed'],
    ['an empty payload', { ...good, payload: '' }, 'envelope-malformed'],
  ])('%s', (_, envelope, code) => expect(codeOf(bytes(envelope))).toBe(code));

  test('what is too large, empty, no JSON, or not UTF-8', () => {
    expect(codeOf(Buffer.alloc(largestEnvelope + 1))).toBe('envelope-too-large');
    expect(codeOf(Buffer.alloc(0))).toBe('envelope-malformed');
    expect(codeOf(Buffer.from('{'))).toBe('envelope-malformed');
    expect(codeOf(Buffer.concat([bytes(good), Buffer.from([0xff])]))).toBe('envelope-malformed');
  });

  test('everything when nobody is trusted', () => expect(codeOf(bytes(good), [])).toBe('signer-unknown'));

  test('any flipped bit', () => {
    const whole = bytes(good);
    for (let at = 0; at < whole.length; at++) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      expect(() => verifyEnvelope(flipped, type, trusted)).toThrow(expect.objectContaining({ name: 'ProtectError' }));
    }
  });
});
