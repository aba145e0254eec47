import { defineProof } from '#model/unit.ts';
import { crc32 } from '../checksums.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Service account tokens end in the CRC-32 of all before it, lowest byte first, in hex. */
export default defineProof({
  id: 'grafana-token',
  title: 'Grafana service account token',
  check(value) {
    const parts = /^(glsa_[0-9A-Za-z]{32})_([0-9a-fA-F]{8})$/.exec(value);
    if (parts === null) return { verdict: 'invalid', detail: 'not in the form of a Grafana token' };
    const [, text, checksum] = parts as unknown as [string, string, string];
    if (checksumOf(text) !== checksum.toLowerCase()) return { verdict: 'invalid', detail: 'checksum is wrong' };
    return { verdict: 'valid', detail: 'checksum is right' };
  },
  example(random) {
    const text = `glsa_${random(alnum, 32)}`;
    return `${text}_${checksumOf(text)}`;
  },
});

function checksumOf(text: string): string {
  const crc = crc32(text);
  return [0, 8, 16, 24].map((shift) => ((crc >>> shift) & 255).toString(16).padStart(2, '0')).join('');
}
