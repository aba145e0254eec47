import { expect, it } from 'vitest';
import { nameForTests } from './named-for-tests.ts';

it.each<[string, string | undefined]>([
  ['const TEST_FAKE_RSA_KEY_0: &str = "', 'TEST_FAKE_RSA_KEY_0'],
  ['  fakeToken: \'', 'fakeToken'],
  ['mock_private_key = b"""', 'mock_private_key'],
  ['var exampleKey = []byte("', undefined],
  ['SAMPLE_TOKEN=', 'SAMPLE_TOKEN'],
  ['const latestKey = "', undefined],
  ['attestationKey = "', undefined],
  ['// a test\nconst key = "', undefined],
  ['test("signs", () => sign("', undefined],
])('what stands before a value: %s', (lead, name) => expect(nameForTests(`${lead}value`, lead.length)).toBe(name));
