import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, encodeBase64 } from '../base64.ts';
import { base36, base62, crcSuffix } from '../crc32.ts';

const routable = /^gl[a-z]{2,6}-(?<payload>[0-9A-Za-z_-]{27,300})\.(?:[0-9a-z]{2}\.)?(?<length>[0-9a-z]{2})[0-9a-z]{7}$/;

/** Routable tokens end in the length of their payload and the CRC-32 of all before it, both in base 36; older ones prove nothing. */
export default defineProof({
  id: 'gitlab-token',
  title: 'GitLab token',
  check(value) {
    if (/^(?:gl[a-z]{2,6}-|GR1348941)[0-9A-Za-z_-]{20,64}$/.test(value)) return { verdict: 'unknown', detail: 'a form without a checksum' };
    const parts = routable.exec(value)?.groups;
    if (parts === undefined) return { verdict: 'invalid', detail: 'not in the form of a GitLab token' };
    const { payload, length } = parts as { payload: string; length: string };
    if (Number.parseInt(length, 36) !== payload.length) return { verdict: 'invalid', detail: 'its payload has another length than it says' };
    if (crcSuffix(value.slice(0, -7), base36, 7) !== value.slice(-7)) return { verdict: 'invalid', detail: 'checksum is wrong' };
    return { verdict: 'valid', detail: 'length and checksum are right' };
  },
  example(random) {
    const payload = encodeBase64(bytesOfLatin1(`${random(base62, 16)}c:1\no:${random(base36, 1)}\nu:${random(base36, 4)}\u000e`), 'url');
    const text = `glpat-${payload}.01.${payload.length.toString(36).padStart(2, '0')}`;
    return text + crcSuffix(text, base36, 7);
  },
});
