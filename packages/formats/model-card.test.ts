import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseModelCard } from './model-card.ts';

const good = {
  version: '1', title: 'When users act', kind: 'stream', purpose: 'Says how odd the hour is', usedBy: ['event/odd-hour'],
  data: [{ name: 'drawn', origin: 'packages/x.test.ts', licence: 'Apache-2.0', use: 'tuning' }], split: 'none',
  figures: [{ set: 'drawn', measure: 'share over 3', value: 0.001, goal: 0.002, better: 'lower', command: 'npm test -- packages/x.test.ts' }],
  limits: ['Holidays'], training: 'From the stream', drift: 'Shares leave their band', references: [],
};

const parse = (change: object) => parseModelCard('odd-hour', JSON.stringify({ ...good, ...change }));

describe('parseModelCard', () => {
  it('reads a whole card and gives it the name of its file', () => {
    expect(parse({ purpose: 'Says how odd the hour is\n' })).toEqual({ card: { id: 'odd-hour', ...good } });
  });

  it.each([
    ['a figure of data that the card does not name', { figures: [{ ...good.figures[0], set: 'other' }] }, 'figures[0].set'],
    ['a figure without its command', { figures: [{ set: 'drawn', measure: 'F1', value: 1 }] }, 'lacks command'],
    ['a figure that is no number', { figures: [{ ...good.figures[0], value: 'high' }] }, 'figures[0].value'],
    ['no limits', { limits: [] }, 'limits'],
    ['empty words', { drift: '  ' }, 'drift'],
    ['a kind nobody knows', { kind: 'cloud' }, 'kind'],
    ['a use of data that says nothing', { data: [{ ...good.data[0], use: 'test' }] }, 'data[0].use'],
    ['weights without data that they were trained on', { kind: 'shipped' }, 'use: training'],
    ['a member that it does not know', { id: 'x' }, 'unknown member "id"'],
  ])('refuses %s', (_, change, words) => {
    const result = parse(change);
    expect('error' in result ? result.error : 'no error').toContain(words);
  });

  it('gives an error, never a throw, for whatever it is given', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void expect('error' in parseModelCard('x', text)).toBe(true)));
  });
});
