import fc from 'fast-check';
import { expect, it } from 'vitest';
import { needsOfExpression } from './expression-needs.ts';

it('tells words that every match has, one of several, or none', () => {
  expect(needsOfExpression('^password$')).toEqual([['password']]);
  expect(needsOfExpression('^(?:[pP]assword|client_?[sS]ecret|jwt)\\b')).toEqual([['password', 'client', 'jwt']]);
  expect(needsOfExpression('^\\w*[tT]oken\\s*=\\s*process\\.env')).toEqual([['token'], ['process.env']]);
  expect(needsOfExpression('^(?!has)(?:is)?(?=admin)\\w+$')).toEqual([]);
  expect(needsOfExpression('^(?:foo|\\d+)$')).toEqual([]);
  expect(needsOfExpression('^(?:foo){0,2}(?:bar){1,2}$')).toEqual([['bar']]);
});

it('tells nothing of what it cannot read', () => {
  for (const regex of ['(foo)\\1', '(?i:foo)', '\\p{Lu}foo', '(foo', '*']) expect(needsOfExpression(regex), regex).toEqual([]);
});

it('is never missing from what an expression matches', () => {
  const part = fc.constantFrom('[pP]ass', '\\w*', '(?:foo|ba?r|quux)', '(?:abc|)', 'x{3,5}', '[a-c]+', '(?:get|set)[A-Z]', '_?key', '\\.env', '(?:tok(?:en)?|jwt)s*', '[sS][eE][cC]', '"');
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')).chain((regex) => fc.tuple(fc.constant(regex), fc.stringMatching(new RegExp(`^${regex}$`)))), ([regex, text]) => {
      const lower = text.toLowerCase();
      for (const words of needsOfExpression(regex)) expect(words.some((word) => lower.includes(word)), `${regex} in ${text}`).toBe(true);
    }),
  );
});
