import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

/** minisign's secret key: Ed25519, a key derivation, BLAKE2b, salt, limits, the key with its id and checksum; 158 bytes. */
export default defineProof({
  id: 'minisign-secret-key',
  title: 'minisign secret key',
  check(value) {
    const bytes = decodeBase64(value);
    const head = bytes === undefined ? '' : latin1(bytes.subarray(0, 6));
    if (bytes?.length !== 158 || !/^Ed(?:Sc|\0\0)B2$/.test(head)) return { verdict: 'invalid', detail: 'not in the form of a minisign key' };
    return { verdict: 'valid', detail: head.includes('Sc') ? 'complete, protected by a passphrase' : 'a complete key without a passphrase' };
  },
  example(random) {
    return encodeBase64(bytesOfLatin1(`EdScB2${random('0123456789abcdefghijklmnopqrstuv', 152)}`));
  },
});
