import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carryOver } from '#analyze/sigma/carry-over.ts';
import { correlatedDetector } from '#analyze/sigma/correlator.ts';
import { sigmaDetector } from '#analyze/sigma/detector.ts';
import type { Observation } from '#model/stream.ts';
import { loadEventRules } from './event-rules.ts';
import type { EventRules } from './event-rules.ts';
import { watchRules } from './watch-rules.ts';
import type { RuleChange, RuleWatch } from './watch-rules.ts';

let folder = '';
let clock = 1_800_000_000;
let watch: RuleWatch | undefined;
const changes: RuleChange[] = [];

/** Written at a time of its own, however quick the test is. */
function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), clock, clock++);
}

const rule = (id: string, value: string): string => `title: ${id}\nid: ${id}\nlogsource: {product: x}\ndetection: {s: {a: ${value}}, condition: s}\n`;
const counted = (id: string, of: string, many: number): string => `title: ${id}\nid: ${id}\ncorrelation: {type: event_count, rules: [${of}], group-by: [user], timespan: 1h, condition: {gte: ${many}}}\n`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchward-reload-'));
  changes.length = 0;
});
afterEach(() => {
  watch?.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(): EventRules {
  const options = { bundled: [], paths: [folder], settings: join(folder, 'settings.yaml'), every: 3_600_000 };
  write('settings.yaml.txt', '');
  const rules = loadEventRules([], [folder]);
  watch = watchRules(options, rules, (change) => changes.push(change));
  return rules;
}

function look(times: number): void {
  for (let turn = 0; turn < times; turn++) watch?.look();
}

const loaded = (change: RuleChange | undefined): string[] => (change?.kind === 'changed' ? change.rules.rules.map(({ id }) => id) : []);

describe('watched rules', () => {
  it('are loaded anew when they have changed and stand still', () => {
    write('settings.yaml', 'placeholders: {}');
    write('a.yml', rule('a', '1'));
    start();
    look(3);
    expect(changes).toEqual([]);
    write('b.yml', rule('b', '1'));
    look(1);
    expect(changes).toEqual([]);
    look(3);
    expect(changes.map(loaded)).toEqual([['event/a', 'event/b']]);
    rmSync(join(folder, 'a.yml'));
    look(2);
    expect(loaded(changes[1])).toEqual(['event/b']);
  });

  it('see a change of the settings', () => {
    write('settings.yaml', 'placeholders: {}');
    write('a.yml', rule('a', '1'));
    start();
    write('settings.yaml', 'placeholders: {b: [c]}');
    look(2);
    expect(changes.map(({ kind }) => kind)).toEqual(['changed']);
    write('settings.yaml', 'nonsense: {}');
    look(2);
    expect(changes[1]).toMatchObject({ kind: 'kept', diagnostics: [{ message: expect.stringContaining('nonsense') }] });
  });

  it('stay in force when the new version is broken, until it is mended', () => {
    write('settings.yaml', 'placeholders: {}');
    write('a.yml', rule('a', '1'));
    write('old.yml', 'title: [');
    start();
    write('a.yml', rule('a', '[[]]'));
    look(3);
    expect(changes).toMatchObject([{ kind: 'kept', diagnostics: [{ message: expect.stringContaining('stay in force') }, { path: expect.stringContaining('a.yml') }] }]);
    write('a.yml', rule('a', '2'));
    look(2);
    expect(loaded(changes[1])).toEqual(['event/a']);
    rmSync(folder, { recursive: true });
    look(2);
    expect(changes[2]?.kind).toBe('kept');
    mkdirSync(folder);
  });
});

describe('the state of correlations', () => {
  it('is carried over where the correlation and what stands behind it mean the same', () => {
    const text = (changed: Readonly<Record<string, string>>): EventRules => {
      const parts = { a: rule('a', '1'), b: rule('b', '1'), countA: counted('ca', 'a', 3), countB: counted('cb', 'b', 3), chain: counted('cc', 'ca', 2), ...changed };
      write('all.yml', Object.values(parts).join('---\n'));
      return loadEventRules([], [join(folder, 'all.yml')]);
    };
    const before = text({});
    const detector = correlatedDetector(sigmaDetector(before.rules), before.correlations);
    let state = detector.initial;
    for (let time = 0; time < 5; time++) {
      const record = { a: 1, user: 'mira' };
      state = detector.step(state, { record, time, logsource: {}, event: { metadata: {} } as Observation['event'] }, time).state;
    }
    const sizes = (after: EventRules): string[] => [...carryOver(state, before, after)].map(([id, groups]) => `${id} ${groups.get('["mira"]')?.length ?? 0}`).sort();
    const all = ['event/ca 2', 'event/cb 2', 'event/cc 1'];
    expect(sizes(text({}))).toEqual(all);
    expect(sizes(text({ more: rule('more', '1') }))).toEqual(all);
    expect(sizes(text({ b: rule('b', '2') }))).toEqual(['event/ca 2', 'event/cc 1']);
    expect(sizes(text({ a: rule('a', '[1, 2]') }))).toEqual(['event/cb 2']);
    expect(sizes(text({ countA: counted('ca', 'a', 4) }))).toEqual(['event/cb 2']);
    expect(sizes(text({ chain: '' }))).toEqual(['event/ca 2', 'event/cb 2']);
    expect(sizes(text({ filter: 'title: F\nlogsource: {product: x}\nfilter: {rules: [b], s: {user: x}, condition: not s}\n' }))).toEqual(['event/ca 2', 'event/cc 1']);
  });
});
