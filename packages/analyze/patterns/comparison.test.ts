import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparisonHolds } from './comparison.ts';

function holds(expression: string, values: Record<string, string> = {}, more: { base?: number; strip?: boolean } = {}): boolean {
  return comparisonHolds({ kind: 'comparison', expression, ...more }, new Map(Object.entries(values).map(([name, text]) => [name, { start: 0, end: 0, text }])));
}

test('numbers, in any base and with arithmetic', () => {
  expect(holds('$X < 2048', { $X: '1024' })).toBe(true);
  expect(holds('$X > 0o600', { $X: '0o777' })).toBe(true);
  expect(holds('$X >= 0o650 and $X < 0o100000', { $X: '666' }, { base: 8 })).toBe(true);
  expect(holds('int($X) > 65535', { $X: '"70000"' })).toBe(true);
  expect(holds('(1 + 2) * 3 == 9 and -2 ** 2 == -4 and 7 % 4 == 3')).toBe(true);
  expect(holds('$X != 0', { $X: '0' })).toBe(false);
});

test('text, lists and expressions', () => {
  expect(holds('not str($X) in ["health", "*"]', { $X: 'env' })).toBe(true);
  expect(holds('$X not in ["a"]', { $X: '"a"' })).toBe(false);
  expect(holds('re.match(".*-CBC", $X)', { $X: "'AES-CBC'" })).toBe(true);
  expect(holds('$X == False', { $X: 'false' })).toBe(true);
  expect(holds('str($X) == str($Y)', { $X: 'a', $Y: 'a' })).toBe(true);
});

test('what cannot be evaluated does not hold', () => {
  for (const expression of ['$Y > 1', 'open("x")', '1 +', '(', '"a" * 2', '$X < 3', '('.repeat(500)]) expect(holds(expression, { $X: 'name' }), expression).toBe(false);
});

test('any text is evaluated or does not hold', () => {
  const piece = fc.constantFrom('$X', '1', '"a"', '(', ')', '[', ']', ',', 'and', 'not', 'in', '==', '<', '+', '-', '**', 'int', 're.match', '.', '~');
  fc.assert(fc.property(fc.array(piece, { maxLength: 15 }), (parts) => {
    try {
      expect(typeof holds(parts.join(' '), { $X: '3' })).toBe('boolean');
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
  }));
});
