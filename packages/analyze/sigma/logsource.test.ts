import { describe, expect, it } from 'vitest';
import { parseSigma } from '#formats/sigma.ts';
import type { SigmaLogsource } from '#formats/sigma.ts';
import { compileSigma } from './compile.ts';
import { routeTo } from './logsource.ts';
import { FieldTable } from './record-view.ts';

const recognised: readonly SigmaLogsource[] = [{ product: 'zeek' }, { product: 'mysql', category: 'database' }, { product: 'windows', service: 'security' }];

/** Whether a rule is asked of records of a source. */
function isAsked(logsource: string, detection: string, source: SigmaLogsource): boolean {
  const [rule] = parseSigma(`title: T\nlogsource: {${logsource}}\ndetection:\n${detection.split('\n').map((line) => `  ${line}`).join('\n')}\n`).rules;
  if (rule === undefined) throw new Error('the rule does not parse');
  const result = compileSigma('own/rule', rule, { fields: new FieldTable(), placeholders: new Map() });
  if (!('compiled' in result)) throw new Error(result.issue.message);
  return routeTo(source, recognised)(result.compiled);
}

const negated = 'selection: {from: 10.0.0.1}\ncondition: not selection';
const words = 'words: [drop table]\ncondition: words';
const fields = 'selection: {action: delete}\ncondition: selection';

describe('a rule of one kind of source', () => {
  it('is asked of that source, whatever it says', () => {
    for (const detection of [negated, words, fields]) expect(isAsked('product: zeek, service: rdp', detection, { product: 'zeek', service: 'rdp' })).toBe(true);
    expect(isAsked('product: zeek, service: rdp', negated, { product: 'zeek' })).toBe(true);
    expect(isAsked('product: zeek', fields, { product: 'linux' })).toBe(false);
    expect(isAsked('category: registry_event', fields, { product: 'windows', category: 'registry_set' })).toBe(true);
  });

  it('is asked of a source that says nothing of itself only for what stands in fields', () => {
    expect(isAsked('product: zeek, service: rdp', negated, {})).toBe(false);
    expect(isAsked('category: database', words, {})).toBe(false);
    expect(isAsked('category: database', fields, {})).toBe(true);
    expect(isAsked('category: database', words, { product: 'linux', service: 'syslog' })).toBe(false);
  });

  it('is asked for words where nobody recognises records of its kind: they may be of it', () => {
    expect(isAsked('product: own-application', words, {})).toBe(true);
    expect(isAsked('product: own-application', negated, {})).toBe(false);
    expect(isAsked('product: own-application', words, { product: 'linux' })).toBe(false);
    expect(isAsked('category: own', words, { product: 'linux', service: 'syslog' })).toBe(false);
  });

  it('is asked of everything when it names no kind', () => {
    expect(isAsked('definition: any text', words, { product: 'linux' })).toBe(true);
  });
});
