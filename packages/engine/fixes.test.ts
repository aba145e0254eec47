import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleReport } from '#act/sample-report.ts';
import type { Finding, Fix } from '#model/finding.ts';
import { filesWithMore, mendedText, planFixes } from './fixes.ts';

const sample = sampleReport();
const [base] = sample.findings as [Finding];

function finding(at: number, length: number, more: Partial<Fix> = {}): Finding {
  const region = { startLine: 1, startColumn: at, endLine: 1, endColumn: at + length };
  const { suppression: _none, baseline: _neither, ...open } = base;
  return { ...open, severity: 'high', confidence: 'high', persona: 'regular', location: { path: 'a.txt', region }, fix: { title: 'mend', disposition: 'safe', verified: true, edits: [{ region, text: '_' }], ...more } };
}

const plan = (findings: readonly Finding[], unsafe = false): ReturnType<typeof planFixes> => planFixes({ ...sample, findings }, { unsafe });

describe('fixes together', () => {
  it('are the proven ones that do not touch each other, of the worse finding first', () => {
    const { files, left } = plan([finding(3, 4), finding(5, 2), finding(10, 2), finding(1, 2, { verified: false }), finding(20, 1, { disposition: 'unsafe' })]);
    expect(files.map(({ path, mended }) => [path, mended.map(({ location }) => location.region.startColumn)])).toEqual([['a.txt', [3, 10]]]);
    expect(left).toEqual({ unverified: 1, unsafe: 1, overlapping: 1 });
    expect(plan([finding(20, 1, { disposition: 'unsafe' })], true).files).toHaveLength(1);
  });

  it('give the text with each made, wherever they stand', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(9), { minLength: 1 }), (places) => {
      const { files } = plan(places.map((place) => finding(1 + 3 * place, 2)));
      const text = 'ab.'.repeat(10);
      const expected = Array.from({ length: 10 }, (_, at) => (places.includes(at) ? '_.' : 'ab.')).join('');
      expect(mendedText(text, files[0]?.mended ?? [])).toBe(expected);
    }));
  });

  it('make once what two have in common', () => {
    const shared = { region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }, text: 'import a;' };
    const both = [finding(4, 1), finding(7, 1)].map((one) => ({ ...one, fix: { ...one.fix, edits: [shared, ...(one.fix?.edits ?? [])] } as Fix }));
    const { files, left } = plan(both);
    expect(left.overlapping).toBe(0);
    expect(mendedText('---x--y-', files[0]?.mended ?? [])).toBe('import a;---_--_-');
  });

  it('are taken back in files that have more of a rule than before', () => {
    const one = { ...sample, findings: [finding(1, 1)] };
    const two = { ...sample, findings: [finding(1, 1), finding(4, 1)] };
    expect([...filesWithMore(one, two)]).toEqual(['a.txt']);
    expect([...filesWithMore(two, one)]).toEqual([]);
  });
});
