import { defineProof, type ProofResult } from '#model/unit.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { littleEndian, marvin32 } from '../checksums.ts';
import { entropy } from '../entropy.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Where the four characters that name the service stand, by length of the key. */
const signatureAt: ReadonlyMap<number, number> = new Map([[44, 33], [52, 42], [56, 44], [88, 76]]);
/** Each service keys its checksum with a word of eight characters, one for each kind of key. */
const seeds: ReadonlyMap<string, readonly string[]> = new Map([
  ['+ASt', ['Default0']],
  ['+ABa', ['AbAcct00']],
  ['ACDb', ['MastRO00', 'MastRW00', 'SystRO00', 'SystRW00', 'SysAll00', 'Resour00']],
  ['AzFu', ['Master00', 'System00', 'Functi00']],
  ['AzCa', ['Access00']],
  ['AzSe', ['Query000', 'PAdmin00']],
  ['+ASb', ['Send0000', 'Listen00', 'Manage00', 'System00', 'Unknown0']],
  ['+AEh', ['Send0000', 'Listen00', 'Manage00', 'System00', 'Unknown0']],
  ['+ARm', ['Send0000', 'Listen00', 'Manage00', 'System00', 'Unknown0']],
  ['+ACR', ['ACRDflt0']],
  ['AIoT', ['IoTHub00', 'DpsKey00', 'Device00']],
  ['APIM', ['Tenant00', 'IoTHub00', 'Gateway0', 'GitKey00']],
]);

/** Keys of Azure are base64 of 32, 39, 40 or 64 bytes; newer ones name their service near the end and close with Marvin32. */
export default defineProof({
  id: 'azure-key',
  title: 'Azure access key',
  check(value) {
    if (/^[0-9A-Za-z]{52}JQQJ9[9DH][0-9A-Za-z][A-L][0-9A-Za-z]{16}[0-9A-Za-z+/]{8}(?:[0-9A-Za-z]{2}==)?$/.test(value)) {
      return entropy(value.slice(0, 52)) < 4 ? notRandom : { verdict: 'valid', detail: 'the fixed parts of a common annotated key are in their places' };
    }
    const from = signatureAt.get(value.length);
    const bytes = from === undefined ? undefined : decodeBase64(value);
    if (from === undefined || bytes === undefined) return { verdict: 'invalid', detail: 'not base64 of the right length' };
    if (entropy(value) < (value.length > 80 ? 4.5 : 4)) return notRandom;
    const known = seeds.get(value.slice(from, from + 4));
    if (known === undefined) return { verdict: 'unknown', detail: 'length is right' };
    return checksumHolds(bytes, known) ? { verdict: 'valid', detail: 'checksum is right' } : { verdict: 'unknown', detail: 'names its service' };
  },
  example(random) {
    const bytes = decodeBase64(`${random(alnum, 76)}+AStAAAAAA==`) as Uint8Array;
    const checksum = checksumOf(bytes.subarray(0, 60), 'Default0');
    for (let at = 0; at < 4; at++) bytes[60 + at] = (checksum >>> (8 * at)) & 255;
    return encodeBase64(bytes);
  },
});

const notRandom: ProofResult = { verdict: 'invalid', detail: 'not random' };

function checksumHolds(bytes: Uint8Array, words: readonly string[]): boolean {
  const end = bytes.length - 4;
  const written = littleEndian(bytes, end, 4);
  return words.some((word) => checksumOf(bytes.subarray(0, end), word) === written);
}

/** The word is the seed, first character highest. */
function checksumOf(bytes: Uint8Array, word: string): number {
  const part = (from: number): number => [0, 1, 2, 3].reduce((value, at) => ((value << 8) | word.charCodeAt(from + at)) >>> 0, 0);
  return marvin32(bytes, part(0), part(4));
}
