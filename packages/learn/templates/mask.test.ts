import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskLine, mostLength } from './mask.ts';

const shown = (line: string): string => maskLine(line).replaceAll('\u0001', '<*>');

it('values are known by their shape', () => {
  expect([
    'took 15 ms, 3.5 s, -7',
    'from 192.0.2.7:443 to [2001:db8::1] by 00:1b:44:11:3a:b7',
    'request 7b1f3c5e-0a1b-4c2d-9e3f-001122334455 at 0xffffa01c of deadbeef',
    'open /var/lib/x/y.db and C:\\Windows\\Temp\\a.log',
    'see https://shop.example/a/b?c=d&e=f, please',
    'node web-3.eu.shop.example is up',
    'cache L2 of ssh2 in jk2_init()',
    'enabled=true owner=null user=root ok',
    'mail of ann@shop.example',
    'PRO/1000 does input/output',
    'task_0042 is part-17',
    'pkg=org.shop.cart class ok',
  ].map(shown)).toEqual([
    'took <*> ms, <*> s, <*>',
    'from <*> to [<*>] by <*>',
    'request <*> at <*> of <*>',
    'open <*> and <*>',
    'see https://<*>, please',
    'node <*> is up',
    'cache L2 of ssh2 in jk2_init()',
    'enabled=<*> owner=<*> user=<*> ok',
    'mail of <*>',
    'PRO/<*> does input/output',
    '<*> is part-<*>',
    'pkg=<*> class ok',
  ]);
});

it('space is folded, and a line without values stays itself', () => {
  expect(shown('  a \t b  ')).toBe('a b');
  expect(maskLine('nothing to do')).toBe('nothing to do');
});

it('no line, however odd, breaks it, and a masked line is stable in what it masks', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 60 })), (line) => {
    const masked = maskLine(line);
    expect(masked.length).toBeLessThanOrEqual(mostLength + 16);
    expect([...masked].every((character) => character === '\u0001' || character.charCodeAt(0) >= 32)).toBe(true);
    return maskLine(line) === masked;
  }));
});

it('long lines are read up to a limit, in time that grows with their length', () => {
  for (const unit of ['a', '1', '/', ':', 'a:', '-_', '{1}', '@', 'a.', '\\']) {
    const started = process.threadCpuUsage();
    const masked = maskLine(unit.repeat(200_000));
    expect(masked.length).toBeLessThanOrEqual(mostLength + 16);
    expect(process.threadCpuUsage(started).user / 1000, unit).toBeLessThan(1_000);
  }
});
