import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64 } from '../base64.ts';

/** `base64:` and a key of 32 bytes (AES-256) or 16 bytes (AES-128), as `artisan key:generate` writes it. */
export default defineProof({
  id: 'laravel-key',
  title: 'Laravel application key',
  check(value) {
    const bytes = value.startsWith('base64:') ? decodeBase64(value.slice(7)) : undefined;
    if (bytes?.length !== 32 && bytes?.length !== 16) return { verdict: 'invalid', detail: 'not 16 or 32 bytes in base64' };
    if (new Set(bytes).size < bytes.length / 3) return { verdict: 'invalid', detail: 'its bytes repeat' };
    return { verdict: 'valid', detail: `a key of ${bytes.length * 8} bits` };
  },
  example: (random) => `base64:${encodeBase64(bytesOfLatin1(random('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 32)))}`,
});
