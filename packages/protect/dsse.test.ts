import { createPrivateKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Envelope, preAuthEncoding, signEnvelope, verifyEnvelope } from './dsse.ts';
import { generateSigningKey, readPrivatePem, verifyingKey } from './keys.ts';

const type = 'http://example.com/HelloWorld';
const payload = Buffer.from('hello world');
const key = generateSigningKey();
const trusted = [verifyingKey(key)];
const good = signEnvelope(type, payload, key);

function open(envelope: unknown, keys = trusted): string {
  return verifyEnvelope(Buffer.from(JSON.stringify(envelope)), type, keys).payload.toString();
}

describe('DSSE', () => {
  it('encodes what is signed as the protocol says (v1.0.2, its own example)', () => {
    expect(preAuthEncoding(type, payload).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    expect(preAuthEncoding('', new Uint8Array()).toString()).toBe('DSSEv1 0  0 ');
    expect(preAuthEncoding('\u00e9', Buffer.from('\u00e9')).toString()).toBe('DSSEv1 2 \u00e9 2 \u00e9');
  });

  it('signs with Ed25519 as RFC 8032 §7.1 TEST 1 does', () => {
    const seed = ['9d61b19deffd5a60ba844af492ec2cc4', '4449c5697b326919703bac031cae7f60'].join('');
    const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex');
    const first = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const test1 = readPrivatePem(first.export({ type: 'pkcs8', format: 'pem' }).toString());
    const point = verifyingKey(test1).key.export({ type: 'spki', format: 'der' }).subarray(12).toString('hex');
    expect(point).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    const envelope = signEnvelope(type, payload, test1);
    expect(verify(null, preAuthEncoding(type, payload), verifyingKey(test1).key, Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'))).toBe(true);
  });

  it('opens what a trusted key signed, in either alphabet of base64', () => {
    expect(open(good)).toBe('hello world');
    const bytes = Buffer.from([0xfb, 0xff, 0xfe, 0]);
    const plain = signEnvelope(type, bytes, key);
    const url = { ...plain, payload: plain.payload.replaceAll('+', '-').replaceAll('/', '_') };
    expect(verifyEnvelope(Buffer.from(JSON.stringify(url)), type, trusted)).toEqual({ payload: bytes, signers: [key.id] });
  });

  it('wants every signature to hold', () => {
    const second = generateSigningKey();
    const both: Envelope = { ...good, signatures: [...good.signatures, ...signEnvelope(type, payload, second).signatures] };
    expect(() => open(both)).toThrow(expect.objectContaining({ code: 'signer-unknown' }));
    expect(open(both, [...trusted, verifyingKey(second)])).toBe('hello world');
    const forged = { ...both, signatures: [both.signatures[0], { keyid: second.id, sig: both.signatures[0]?.sig }] };
    expect(() => open(forged, [...trusted, verifyingKey(second)])).toThrow(expect.objectContaining({ code: 'signature-wrong' }));
  });

  const [signature] = good.signatures;
  it.each<[string, string, unknown]>([
    ['signature-missing', 'no signature', { ...good, signatures: [] }],
    ['signature-duplicate', 'a signature given twice', { ...good, signatures: [signature, signature] }],
    ['signature-wrong', 'another payload', { ...good, payload: Buffer.from('hello World').toString('base64') }],
    ['payload-type-wrong', 'another type', { ...good, payloadType: `${type}/` }],
    ['envelope-malformed', 'base64 without its padding', { ...good, payload: good.payload.replace(/=+$/, '') }],
    ['envelope-malformed', 'base64 with loose bits', { ...good, payload: good.payload.replace('ZA==', 'ZB==').replace('bGQ=', 'bGR=') }],
    ['envelope-malformed', 'base64 with a line break', { ...good, payload: `${good.payload}\n` }],
    ['envelope-malformed', 'a member more', { ...good, extra: 1 }],
    ['envelope-malformed', 'a member less', { payload: good.payload, payloadType: type }],
    ['envelope-malformed', 'a key id that is none', { ...good, signatures: [{ ...signature, keyid: 'x' }] }],
    ['envelope-malformed', 'a list', [good]],
  ])('refuses with %s: %s', (code, _, envelope) => expect(() => open(envelope)).toThrow(expect.objectContaining({ code })));

  it('refuses any flipped bit', () => {
    const bytes = Buffer.from(JSON.stringify(good));
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => verifyEnvelope(flipped, type, trusted), `bit ${bit}`).toThrow(expect.objectContaining({ name: 'ProtectError' }));
    }
  });

  it('refuses what is too large before it reads it', () => {
    expect(() => verifyEnvelope(Buffer.alloc(32 * 1024 * 1024 + 1), type, trusted)).toThrow(expect.objectContaining({ code: 'envelope-too-large' }));
  });

  it('trusts nobody when nobody is trusted', () => expect(() => open(good, [])).toThrow(expect.objectContaining({ code: 'signer-unknown' })));
});
