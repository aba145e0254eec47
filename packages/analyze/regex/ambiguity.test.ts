import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAmbiguity } from './ambiguity.ts';

describe('ambiguous loops', () => {
  it.each([
    '^(a+)+$', '^(a*)*b', '(a|aa)+$', '(.*)*x', '^([a-z]+\\s?)+$', '(\\w|\\d)+;', '^(([a-z])+.)+[A-Z]([a-z])+$', '(x+x+)+y', '^(a?b?)*c', '([^"]|\\w)*"', '^(\\d+)*$', '(?:a|b|ab)*c', '(a{2,})+$',
  ])('%s', (source) => {
    const found = findAmbiguity(source, '');
    if (found === undefined) throw new Error('not found');
    const text = (times: number): string => found.prefix + found.pump.repeat(times) + found.suffix;
    // The witness is one: it doubles the work of a backtracking engine with each repetition.
    const steps = (times: number): number => {
      const started = process.threadCpuUsage();
      new RegExp(source).test(text(times));
      return process.threadCpuUsage(started).user / 1000;
    };
    let times = 8;
    while (times < 40 && steps(times) < 8) times++;
    expect(times).toBeLessThan(40);
  });

  it.each([
    '^a+$', '^(ab)+$', '^[a-z]+\\d+$', '(a|b)+$', '^(a+b)+$', '^\\s*(\\w+\\s)*$', '(a+)+', '^(?:[a-z]+-)*[a-z]+$', '^\\d{3}-\\d{4}$', '(["\'])(.*?)\\1', '^(https?:)?//', '[^,]*,', '^(?:\\\\.|[^"\\\\])*"',
  ])('none in %s', (source) => expect(findAmbiguity(source, '')).toBeUndefined());

  it('are looked for in anything, in bounded time', () => {
    const piece = fc.constantFrom('a', 'b', '[a-c]', '.', '\\w', '(', ')', '*', '+', '?', '|', '{2,3}', '{2,}', '^', '$', '[', ']', '\\', '(?:', '(?=');
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')), (source) => {
      const started = process.threadCpuUsage();
      findAmbiguity(source, 'i');
      expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(2_000);
    }));
  });
});
