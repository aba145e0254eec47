import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readKeyValues } from './key-value.ts';

it('reads bare and quoted values, the first of each name', () => {
  expect([...(readKeyValues('level=info msg="a \\"b\\" c" n=3 n=4 empty= path=/a=b') ?? [])]).toEqual([['level', 'info'], ['msg', 'a "b" c'], ['n', '3'], ['empty', ''], ['path', '/a=b']]);
});

it.each(['just words', 'a=1 words', 'a="open', '=x', 'a=1 "b"', 'GET /?a=1&b=2'])('is no list of pairs: %s', (text) => {
  expect(readKeyValues(text)).toBeUndefined();
});

it('gives back what was written, and makes no object of another kind', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_.]{0,8}$/);
  fc.assert(fc.property(fc.uniqueArray(fc.tuple(name, fc.string()), { selector: ([key]) => key }), (pairs) => {
    const text = pairs.map(([key, value]) => `${key}="${value.replaceAll(/["\\]/g, '\\$&')}"`).join(' ');
    expect([...(readKeyValues(text) ?? [])]).toEqual(pairs);
  }));
  expect([...(readKeyValues('__proto__=1 a=2') ?? [])]).toEqual([['a', '2']]);
});

it('takes no longer for what looks like the beginning of many', () => {
  const started = process.threadCpuUsage();
  for (const text of ['a='.repeat(30_000), `a="${'\\'.repeat(60_000)}`, 'a=1 '.repeat(16_000), `${'a'.repeat(60_000)}=`]) readKeyValues(text);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(2_000);
});
