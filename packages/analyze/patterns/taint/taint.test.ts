import { expect, it } from 'vitest';
import { shortPath } from './taint.ts';

it('tells members apart three levels deep, so that functions over lists do not make ever longer places', () => {
  expect(shortPath('.a.b.c')).toBe('.a.b.c');
  expect(shortPath('.next.next.next.next.size')).toBe('.next.next.next');
  expect(shortPath('')).toBe('');
});
