import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

const hex = '0123456789abcdef';

/** Base64 of JSON: account `a`, tunnel `t` and secret `s`, itself base64. */
export default defineProof({
  id: 'cloudflare-tunnel-token',
  title: 'Cloudflare tunnel token',
  check(value) {
    const bytes = decodeBase64(value);
    const text = bytes === undefined ? '' : latin1(bytes);
    if (!/^\{"a":"[0-9a-f]{32}","t":"[0-9a-f-]{36}","s":"[0-9A-Za-z+/]{16,120}={0,2}"/.test(text)) return { verdict: 'invalid', detail: 'does not decode to a tunnel token' };
    return { verdict: 'valid', detail: 'decodes to account, tunnel and secret' };
  },
  example(random) {
    const tunnel = [8, 4, 4, 4, 12].map((length) => random(hex, length)).join('-');
    const secret = encodeBase64(bytesOfLatin1(random(hex, 32)));
    return encodeBase64(bytesOfLatin1(`{"a":"${random(hex, 32)}","t":"${tunnel}","s":"${secret}"}`));
  },
});
