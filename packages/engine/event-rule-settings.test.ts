import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import genericJson from '#normalize/mappings/generic-json.ts';
import { parseYaml } from '#formats/yaml.ts';
import { eventRuleSettingsOf, readEventRuleSettings } from './event-rule-settings.ts';
import { loadEventRules } from './event-rules.ts';
import { EventStream } from './stream.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rule = (detection: string, more = ''): string => `title: R\nid: r\n${more}logsource: {product: windows, category: process_creation}\ndetection:\n  s:\n    ${detection}\n  condition: s\n`;
const filter = (rules: string, condition: string, logsource = '{category: process_creation}'): string =>
  `title: F\nlogsource: ${logsource}\nfilter:\n  rules: ${rules}\n  s:\n    User|startswith: adm_\n  condition: ${condition}\n`;

function load(text: string, settings = '{}'): ReturnType<typeof loadEventRules> {
  const path = join(folder, 'rules.yml');
  writeFileSync(path, text);
  return loadEventRules([], [path], eventRuleSettingsOf(parseYaml(settings)));
}

function fires(text: string, record: object, settings?: string): boolean {
  const { rules, diagnostics } = load(text, settings);
  expect(diagnostics).toEqual([]);
  return new EventStream({ mappings: [genericJson], rules }).push({ source: '-', sequence: 1, value: record }).signals.length > 0;
}

describe('a filter', () => {
  it.each([
    ['[r]', 'not s', { a: 'x', User: 'mira' }, true], ['[r]', 'not s', { a: 'x', User: 'ADM_1' }, false], ['[r]', 's', { a: 'x', User: 'adm_1' }, true],
    ['[r]', 's', { a: 'x', User: 'mira' }, false], ['any', 'not s', { a: 'x', User: 'adm_1' }, false], ['any', 'not 1 of them', { a: 'x' }, true],
    ['[other, named]', 'not s', { a: 'x', User: 'adm_1' }, false],
  ])('on %s with `%s`: %j is %s', (rules, condition, record, expected) => {
    expect(fires(`${rule('a: x', 'name: named\n')}---\n${filter(rules, condition)}`, record)).toBe(expected);
  });

  it('counts when it changes a rule', () => expect(load(`${rule('a: x')}---\n${filter('[r]', 'not s')}`)).toMatchObject({ filters: 1, skipped: 0 }));

  it.each([['[nothing]', undefined], ['[r]', '{category: file_event}'], ['any', '{product: linux}'], ['[r]', '{service: sysmon}']])('that fits no rule is told: %s %s', (rules, logsource) => {
    const { filters, diagnostics, rules: loaded } = load(`${rule('a: x')}---\n${filter(rules, 'not s', logsource)}`);
    expect([loaded.length, filters]).toEqual([1, 0]);
    expect(diagnostics.map(({ code, message }) => [code, message.includes('fits no rule')])).toEqual([['rule-invalid', true]]);
  });

  it('that cannot be compiled takes its rule with it: what it would leave out is not known', () => {
    const { rules, diagnostics } = load(`${rule('a: x')}---\n${filter('[r]', 'not missing')}`);
    expect(rules).toEqual([]);
    expect(diagnostics[0]?.message).toContain('unknown-selection');
  });
});

describe('a field of a Windows event', () => {
  const record = { Event: { System: { Channel: 'Security', EventID: 4688 }, EventData: { NewProcessName: 'x.exe' } } };
  it.each([['NewProcessName: x.exe'], ['Event.EventData.NewProcessName: x.exe'], ['Event.System.EventID: 4688']])('is found by name and by place: %s', (detection) => {
    const { rules } = load(rule(detection));
    expect(new EventStream({ mappings, rules }).push({ source: '-', sequence: 1, value: record }).signals).toHaveLength(1);
  });
});

describe('a placeholder', () => {
  it('takes the values that the user gives, wildcards and all', () => {
    const settings = 'placeholders: {Admins: [root, adm_*], one: 7}';
    expect(fires(rule('User|expand: "%Admins%"'), { User: 'adm_mira' }, settings)).toBe(true);
    expect(fires(rule('User|expand: "%Admins%"'), { User: 'mira' }, settings)).toBe(false);
    expect(fires(rule('a|contains|expand: "x%one%"'), { a: 'wx7y' }, settings)).toBe(true);
  });

  it('without values is named; its rule is loaded with an empty list', () => {
    const { rules, skipped, diagnostics } = load(rule('User|expand: ["%Admins%", root, "%Admins%"]'));
    expect([rules.length, skipped]).toEqual([1, 0]);
    expect(diagnostics).toMatchObject([{ code: 'rule-incomplete', rule: 'event/r', message: expect.stringContaining('%Admins%') }]);
    const stream = new EventStream({ mappings: [genericJson], rules });
    expect(['root', 'x', '%Admins%'].map((User, sequence) => stream.push({ source: '-', sequence, value: { User } }).signals.length)).toEqual([1, 0, 0]);
  });
});

describe('names of fields', () => {
  const settings = 'fields:\n  - logsource: {product: Windows}\n    names: {a: x.y, b: z}\n  - logsource: {category: process_creation}\n    names: {a: never, c: w}\n  - logsource: {product: linux}\n    names: {b: never}\n';
  it.each([
    ['a: v', { x: { y: 'v' } }, true], ['a: v', { a: 'v' }, false], ['b: v', { z: 'v' }, true], ['c: v', { w: 'v' }, true], ['d: v', { d: 'v' }, true],
    ['a|fieldref: b', { x: { y: 1 }, z: 1 }, true],
  ])('%s on %j', (detection, record, expected) => expect(fires(rule(detection), record, settings)).toBe(expected));

  it('hold for what correlations group by and measure', () => {
    const many = 'title: M\nname: m\ncorrelation: {type: value_count, rules: [r], group-by: [a], timespan: 1m, condition: {field: b, gte: 2}}\n';
    const { rules, correlations } = load(`${rule('d: v')}---\n${many}`, settings);
    const stream = new EventStream({ mappings: [genericJson], rules, correlations });
    const signals = [1, 2].flatMap((z) => stream.push({ source: '-', sequence: z, value: { d: 'v', x: { y: 'same' }, z, time: 1_800_000_000 } }).signals);
    expect(signals.map(({ title }) => title)).toEqual(['M']);
  });
});

describe('a file of settings', () => {
  it('is read', () => {
    const path = join(folder, 'settings.yml');
    writeFileSync(path, 'placeholders: {a: [b]}\n');
    expect(readEventRuleSettings(path).placeholders.get('a')).toEqual(['b']);
  });

  it.each(['- a', 'placeholder: {}', 'placeholders: [a]', 'placeholders: {a: {b: c}}', 'fields: {a: b}', 'fields: [{logsource: {product: 5}, names: {}}]', 'fields: [{names: {a: [b]}}]', 'fields: [{}]', 'a: ['])('that is malformed is refused: %s', (text) => {
    const path = join(folder, 'broken.yml');
    writeFileSync(path, text);
    expect(() => readEventRuleSettings(path)).toThrow(/settings of event rules at .*broken\.yml cannot be used/);
  });

  it('must be there', () => expect(() => readEventRuleSettings(join(folder, 'nowhere'))).toThrow(/cannot be used/));
});
