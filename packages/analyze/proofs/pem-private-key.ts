import { defineProof, type ProofResult } from '#model/unit.ts';
import { encodeBase64, latin1 } from '../base64.ts';
import { derTag, encodeDer, sequenceTags } from '../der.ts';
import { type Pem, readPem } from '../pem.ts';

const { integer, octets, sequence } = derTag;

/** Members that the structure behind each label begins with. */
const shapes: ReadonlyMap<string, readonly number[]> = new Map([
  ['PRIVATE KEY', [integer, sequence, octets]], // RFC 5958 §2
  ['RSA PRIVATE KEY', [integer, integer, integer, integer]], // RFC 8017 §A.1.2
  ['DSA PRIVATE KEY', [integer, integer, integer, integer]], // as OpenSSL writes it
  ['EC PRIVATE KEY', [integer, octets]], // RFC 5915 §3
  ['ENCRYPTED PRIVATE KEY', [sequence, octets]], // RFC 5958 §3
]);

/** A key in PEM: the body decodes to the DER structure that the label promises, to the last byte. */
export default defineProof({
  id: 'pem-private-key',
  title: 'Private key in PEM',
  check(value) {
    const pem = readPem(value);
    if (pem === undefined) return { verdict: 'invalid', detail: 'its body is not base64' };
    if (latin1(pem.body.subarray(0, 14)) === 'openssh-key-v1') return { verdict: 'unknown', detail: 'an OpenSSH key under another label' };
    if (pem.headers.includes('ENCRYPTED')) return judgeCiphertext(pem);
    const shape = shapes.get(pem.label);
    if (shape === undefined) return { verdict: 'unknown', detail: 'a label that is not known' };
    const tags = sequenceTags(pem.body);
    if (tags === undefined) return { verdict: 'invalid', detail: 'its body is cut off or made up' };
    if (!shape.every((tag, at) => tags[at] === tag)) return { verdict: 'invalid', detail: 'its body is no key' };
    return { verdict: 'valid', detail: pem.label.startsWith('ENC') ? 'complete, protected by a passphrase' : 'a complete key without a passphrase' };
  },
  example(random) {
    const bytes = (length: number): Uint8Array => Uint8Array.from(random('0123456789abcdefghijklmnopqrstuv', length), (c) => (c.charCodeAt(0) * 73) % 256);
    const number = (length: number): Uint8Array => encodeDer(integer, Uint8Array.of(1), bytes(length));
    const version = encodeDer(integer, Uint8Array.of(0));
    const kind = encodeDer(sequence, encodeDer(derTag.oid, Uint8Array.of(42, 134, 72, 134, 247, 13, 1, 1, 1)), Uint8Array.of(5, 0));
    const bodies: [string, Uint8Array][] = [
      ['PRIVATE KEY', encodeDer(sequence, version, kind, encodeDer(octets, bytes(600)))],
      ['RSA PRIVATE KEY', encodeDer(sequence, version, number(128), number(2), number(128), number(64), number(64))],
      ['EC PRIVATE KEY', encodeDer(sequence, encodeDer(integer, Uint8Array.of(1)), encodeDer(octets, bytes(32)))],
    ];
    const [label, body] = bodies[Number(random('012', 1))] as [string, Uint8Array];
    const lines = encodeBase64(body).match(/.{1,64}/g) as string[];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
  },
});

/** RFC 1421 §4.6.1.1: the body is the output of a block cipher. */
function judgeCiphertext({ body }: Pem): ProofResult {
  if (body.length < 64 || body.length % 8 !== 0) return { verdict: 'invalid', detail: 'its body is cut off or made up' };
  return { verdict: 'valid', detail: 'complete, protected by a passphrase' };
}
