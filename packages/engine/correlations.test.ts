import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import genericJson from '#normalize/mappings/generic-json.ts';
import { loadEventRules } from './event-rules.ts';
import { EventStream } from './stream.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-correlations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const single = (name: string, kind: string): string => `
title: ${name}
name: ${name}
logsource: {product: x}
detection:
  selection: {kind: ${kind}}
  condition: selection
`;

const correlation = (section: string, more = 'title: Together\nname: together\nlevel: high'): string => `
${more}
correlation:
  group-by: [user]
  timespan: 10m
${section.split('\n').map((line) => `  ${line}`).join('\n')}
`;

const base = [single('a', 'a'), single('b', 'b'), single('c', 'c')];
type Sample = readonly [minute: number, kind: string, more?: object];

function load(documents: readonly string[]): ReturnType<typeof loadEventRules> {
  const file = join(folder, 'rules.yml');
  writeFileSync(file, documents.join('\n---\n'));
  return loadEventRules([], [file]);
}

/** The minutes at which signals come, by title. */
function run(documents: readonly string[], samples: readonly Sample[]): [number, string][] {
  const { rules, correlations, diagnostics } = load(documents);
  expect(diagnostics).toEqual([]);
  const stream = new EventStream({ mappings: [genericJson], rules, correlations });
  return samples.flatMap(([minute, kind, more], sequence) => {
    const value = { time: 1_800_000_000 + minute * 60, kind, user: 'mira', ...more };
    return stream.push({ source: '-', sequence, value }).signals.map(({ title }): [number, string] => [minute, title]);
  });
}

const counts = (type: string, rest: string): string => correlation(`type: ${type}\nrules: [a]\n${rest}`);

describe('correlations', () => {
  it('count events of a group within a time that slides', () => {
    const rule = counts('event_count', 'condition: {gte: 3}');
    expect(run([...base, rule], [[0, 'a'], [9, 'a'], [11, 'a'], [12, 'a']])).toEqual([[12, 'Together']]);
    expect(run([...base, rule], [[0, 'a'], [1, 'a', { user: 'jonas' }], [2, 'a'], [3, 'b']])).toEqual([[3, 'b']]);
  });

  it('begin anew after a signal', () => {
    expect(run([...base, counts('event_count', 'condition: {gt: 1}')], [[0, 'a'], [1, 'a'], [2, 'a'], [3, 'a']])).toEqual([[1, 'Together'], [3, 'Together']]);
  });

  it.each([['{lt: 3}', true], ['{lte: 2}', true], ['{eq: 2}', true], ['{neq: 2}', false], ['{gt: 1, lte: 2}', true], ['{gt: 2, lte: 4}', false]])(
    'judge %s when the time is over', (condition, expected) => {
      const found = run([...base, counts('event_count', `condition: ${condition}`)], [[0, 'a'], [1, 'a'], [5, 'z'], [30, 'z']]);
      expect(found).toEqual(expected ? [[30, 'Together']] : []);
    });

  it('count distinct values, of one field or of several together', () => {
    const events: Sample[] = [[0, 'a', { ip: '1', port: 1 }], [1, 'a', { ip: '1', port: 2 }], [2, 'a', { ip: '2', port: 2 }]];
    expect(run([...base, counts('value_count', 'condition: {field: ip, gte: 2}')], events)).toEqual([[2, 'Together']]);
    expect(run([...base, counts('value_count', 'condition: {field: [ip, port], gte: 2}')], events)).toEqual([[1, 'Together']]);
  });

  it('want every rule, in any order', () => {
    const rule = correlation('type: temporal\nrules: [a, b, c]');
    expect(run([...base, rule], [[0, 'c'], [1, 'a'], [2, 'a'], [3, 'b']])).toEqual([[3, 'Together']]);
    expect(run([...base, rule], [[0, 'c'], [1, 'a'], [12, 'b']])).toEqual([]);
  });

  it('want every rule, in the order in which they are named', () => {
    const rule = correlation('type: temporal_ordered\nrules: [a, b, c]');
    expect(run([...base, rule], [[0, 'c'], [1, 'a'], [2, 'b']])).toEqual([]);
    expect(run([...base, rule], [[0, 'a'], [1, 'b'], [2, 'a'], [3, 'c']])).toEqual([[3, 'Together']]);
  });

  it('add up, average and rank numbers', () => {
    const events: Sample[] = [[0, 'a', { n: 10 }], [1, 'a', { n: '20' }], [2, 'a', { n: 60 }], [3, 'a', { n: 'no number' }], [40, 'z']];
    expect(run([...base, counts('value_sum', 'condition: {field: n, gt: 60}')], events)).toEqual([[2, 'Together']]);
    expect(run([...base, counts('value_avg', 'condition: {field: n, gte: 30}')], events)).toEqual([[40, 'Together']]);
    expect(run([...base, counts('value_avg', 'condition: {field: n, gt: 30}')], events)).toEqual([]);
    expect(run([...base, counts('value_median', 'condition: {field: n, eq: 20}')], events)).toEqual([[40, 'Together']]);
    expect(run([...base, counts('value_percentile', 'condition: {field: n, percentile: 75, eq: 40}')], events)).toEqual([[40, 'Together']]);
  });

  it('find what makes up a small share of all values', () => {
    const processes: Sample[] = Array.from({ length: 200 }, (_, index): Sample => [index / 100, 'a', { image: index === 77 ? 'odd.exe' : 'usual.exe' }]);
    const rule = counts('value_percentile', 'condition: {field: image, lte: 1}');
    expect(run([...base, rule], [...processes, [40, 'z']])).toEqual([[40, 'Together']]);
    expect(run([...base, rule], [...processes.filter((_, index) => index !== 77), [40, 'z']])).toEqual([]);
  });

  it('follow many failures by a success of the same person', () => {
    const many = correlation('type: event_count\nrules: [a]\ncondition: {gte: 10}', 'title: Many\nname: many');
    const chain = correlation('type: temporal_ordered\nrules: [many, b]', 'title: Guessed\nlevel: high');
    const failures = (count: number, user: string): Sample[] => Array.from({ length: count }, (_, index): Sample => [index / 10, 'a', { user }]);
    expect(run([...base, chain, many], [...failures(10, 'mira'), [2, 'b']])).toEqual([[2, 'Guessed']]);
    expect(run([...base, chain, many], [...failures(9, 'mira'), ...failures(9, 'jonas'), [2, 'b']])).toEqual([]);
    expect(run([...base, chain, many], [[0, 'b'], ...failures(10, 'mira')])).toEqual([]);
  });

  it('group by aliases', () => {
    const rule = `${correlation('type: temporal\nrules: [a, b]').replace('[user]', '[address]')}  aliases:\n    address: {a: from, b: to}\n`;
    expect(run([...base, rule], [[0, 'a', { from: 'x' }], [1, 'b', { to: 'y' }], [2, 'b', { to: 'x' }]])).toEqual([[2, 'Together']]);
  });

  it('give the signals of their rules too when asked to', () => {
    expect(run([...base, counts('event_count', 'generate: true\ncondition: {gte: 2}')], [[0, 'a'], [1, 'a']])).toEqual([[0, 'a'], [1, 'a'], [1, 'Together']]);
  });

  it('stand behind one another', () => {
    const many = correlation('type: event_count\nrules: [a]\ncondition: {gte: 2}', 'title: Many\nname: many');
    const chain = correlation('type: temporal_ordered\nrules: [many, b]', 'title: Chain\nlevel: critical');
    expect(run([...base, chain, many], [[0, 'a'], [1, 'a'], [2, 'b']])).toEqual([[2, 'Chain']]);
  });

  it.each([
    ['type: nothing\nrules: [a]', 'bad-value'], ['type: event_count\nrules: []\ncondition: {gte: 1}', 'missing-key'],
    ['type: event_count\nrules: [a]', 'bad-value'], ['type: value_sum\nrules: [a]\ncondition: {gte: 1}', 'missing-key'],
    ['type: event_count\nrules: [missing]\ncondition: {gte: 1}', 'unknown-selection'], ['type: temporal\nrules: [together]', 'unknown-selection'],
  ])('are refused by name when malformed: %s', (section, code) => {
    const { correlations, diagnostics } = load([...base, correlation(section)]);
    expect(correlations).toEqual([]);
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining(code)]);
  });
});
