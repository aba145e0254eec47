import { expect, test } from 'vitest';
import { seededRandom } from '../case-text.ts';
import { looksRandom } from './random-constants.ts';

test('generated keys are told from names of algorithms, classes and places', () => {
  const random = seededRandom('keys');
  const keys = Array.from({ length: 200 }, () => random('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 40));
  expect(keys.filter(looksRandom).length).toBeGreaterThan(195);
  for (const name of ['PBKDF2WithHmacSHA256', 'PBEWithHmacSHA256AndAES_128', 'AES/CBC/PKCS5Padding/Key128', 'application-settings-2024', 'BenchmarkTest00006Servlet', 'content/libraries/v2/express', 'aaaaaaaaaaaaaaaaaaaaaaa1']) {
    expect(looksRandom(name), name).toBe(false);
  }
});
