import { defineProof } from '#model/unit.ts';

const prefix = 'age-secret-key-';
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** age identities are Bech32 (BIP 173): the last six characters are a checksum. */
export default defineProof({
  id: 'age-secret-key',
  title: 'age identity',
  check(value) {
    const text = value.toLowerCase();
    const symbols = Array.from(text.slice(prefix.length + 1), (character) => alphabet.indexOf(character));
    if (!text.startsWith(`${prefix}1`) || symbols.length !== 58 || symbols.includes(-1)) return { verdict: 'invalid', detail: 'not in the form of an age identity' };
    if (polymod([...expanded, ...symbols]) !== 1) return { verdict: 'invalid', detail: 'checksum is wrong' };
    return { verdict: 'valid', detail: 'checksum is right' };
  },
  example(random) {
    const symbols = Array.from(random(alphabet, 51), (character) => alphabet.indexOf(character));
    symbols.push(0); // 32 bytes fill 51 symbols and one bit
    const rest = polymod([...expanded, ...symbols, 0, 0, 0, 0, 0, 0]) ^ 1;
    const checksum = [0, 1, 2, 3, 4, 5].map((at) => (rest >> (5 * (5 - at))) & 31);
    const body = [...symbols, ...checksum].map((symbol) => alphabet.charAt(symbol)).join('');
    return `${prefix}1${body}`.toUpperCase();
  },
});

const codes = Array.from(prefix, (character) => character.charCodeAt(0));
const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];

function polymod(values: readonly number[]): number {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  return values.reduce((sum, value) => {
    const top = sum >> 25;
    return generators.reduce((acc, generator, bit) => ((top >> bit) & 1 ? acc ^ generator : acc), ((sum & 0x1ffffff) << 5) ^ value);
  }, 1);
}
