import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decodeSpans } from './encoded.ts';

const texts = (bytes: Uint8Array): string[] => decodeSpans(bytes).map((span) => `${span.encoding}:${Buffer.from(span.bytes).toString('latin1')}`);
const hidden = 'the quick brown fox jumps over it';

describe('decodeSpans', () => {
  it('finds text in base64, both alphabets, in hex and in percent encoding', () => {
    expect(texts(Buffer.from(`a "${Buffer.from(hidden).toString('base64')}" b`))).toEqual([`base64:${hidden}`]);
    expect(texts(Buffer.from(`a=${Buffer.from(hidden).toString('base64url')}`))).toEqual([`base64:${hidden}`]);
    expect(texts(Buffer.from(`(${Buffer.from(hidden).toString('hex')})`))).toEqual([`hex:${hidden}`]);
    expect(texts(Buffer.from('https%3A%2F%2Fuser%3Aword%40host'))).toContain('percent:https://user:word@host');
  });

  it('lets binary and short runs be', () => {
    expect(texts(Buffer.from(`x ${Buffer.from([0, 1, 2, 200, 201, 202, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252, 0, 1, 2, 3, 4, 5, 6, 7]).toString('base64')} y`))).toEqual([]);
    expect(texts(Buffer.from(Buffer.from('short text').toString('base64')))).toEqual([]);
  });

  it('finds a run wherever it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{24,80}$/), fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 70 }), (text, before, after) => {
        const encoded = Buffer.from(text).toString('base64').replace(/=+$/, '');
        const spans = decodeSpans(Buffer.from(`${' '.repeat(before)}${encoded}${' '.repeat(after)}`));
        const base64 = spans.find((span) => span.encoding === 'base64');
        expect(base64?.start).toBe(before);
        expect(base64?.end).toBe(before + encoded.length);
        expect(Buffer.from(base64?.bytes ?? []).toString()).toBe(text);
      }),
    );
  });
});
