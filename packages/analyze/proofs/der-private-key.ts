import { defineProof } from '#model/unit.ts';
import { decodeBase64, encodeBase64, latin1 } from '../base64.ts';
import { derTag, encodeDer, sequenceTags } from '../der.ts';

const { integer, octets, sequence } = derTag;
const data = Uint8Array.of(42, 134, 72, 134, 247, 13, 1, 7, 1); // id-data, RFC 5652 §4

/** Key material as bare base64 of DER: PKCS#1, PKCS#8 or a PKCS#12 store, consistent to the last byte. */
export default defineProof({
  id: 'der-private-key',
  title: 'Private key in DER',
  check(value) {
    const bytes = decodeBase64(value);
    const tags = bytes === undefined ? undefined : sequenceTags(bytes);
    if (bytes === undefined || tags === undefined) return { verdict: 'invalid', detail: 'cut off or made up' };
    const [first, second, third] = tags;
    if (first === integer && second === sequence && third === octets) return { verdict: 'valid', detail: 'a complete PKCS#8 key' };
    if (first === integer && second === integer && tags.length >= 9) return { verdict: 'valid', detail: 'a complete PKCS#1 key' };
    if (first === integer && second === sequence && latin1(bytes).includes(latin1(data))) return { verdict: 'valid', detail: 'a complete PKCS#12 store' };
    return { verdict: 'invalid', detail: 'a structure that holds no private key' };
  },
  example(random) {
    const bytes = Uint8Array.from(random('0123456789abcdefghijklmnopqrstuv', 600), (c) => (c.charCodeAt(0) * 73) % 256);
    const rsa = Uint8Array.of(42, 134, 72, 134, 247, 13, 1, 1, 1);
    const version = encodeDer(integer, Uint8Array.of(0));
    return encodeBase64(encodeDer(sequence, version, encodeDer(sequence, encodeDer(derTag.oid, rsa), Uint8Array.of(5, 0)), encodeDer(octets, bytes)));
  },
});
