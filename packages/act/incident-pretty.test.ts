import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentBlock } from './incident-pretty.ts';
import { anyIncident } from './notice.arbitrary.ts';
import { columns } from './pretty/layout.ts';
import { sampleIncident } from './sample-notices.ts';

describe('an incident at a terminal', () => {
  it('says in short who, how it began and ended, and by what id to ask for more', () => {
    expect(incidentBlock(sampleIncident({ state: 'escalating' }), { color: false, width: 100, form: 'short' })).toBe([
      '  87   critical  A moved tag led a build to hand out cloud credentials                    ESCALATING',
      '         inc-5f2c81d0  2026-11-28 09:14:02 to 09:42:02 UTC (28 min), 5 signals, high confidence',
      'who      role arn:aws:iam::123456789012:role/deploy, user mira, workflow release, address',
      '         203.0.113.9, repository acme/build-action, and 1 more',
      '         09:14:02  A tag was moved: mira moved the tag v3 of acme/build-action to another commit',
      '         09:25:02  A build speaks to an unknown address: the workflow release of acme/web sent 48 kB',
      '                   to 203.0.113.9',
      '         09:40:02  A role is used from an address never seen: the role deploy listed 212 secrets',
      '                   from 203.0.113.9 (3 times in 2 min)',
      'stages   Initial access → Execution → Credential access → Discovery → Exfiltration',
      'why      five stages of one attack in order; the rules are seldom wrong; severity is critical',
      'next     Revoke and replace every credential that could be read there, and look where each was used',
      '         since.',
      '',
    ].join('\n'));
  });

  it('never leaves out the id, and shows the gravest of what came between', () => {
    const { steps } = sampleIncident();
    const [first, second, third] = steps;
    if (first === undefined || second === undefined || third === undefined) throw new Error('the sample has three steps');
    const many = [first, { ...second, severity: 'low' as const }, third, { ...second, message: 'the last of all', first: third.last + 1, last: third.last + 1 }];
    const text = incidentBlock(sampleIncident({ steps: many }), { color: false, width: 60, form: 'short' });
    expect(text).toContain('inc-5f2c81d0');
    expect(text).toMatch(/09:14:02 [^…]*… 1 more\n[^…]*listed 212[^…]*last of all/);
  });

  it('says everything in long', () => {
    const text = incidentBlock(sampleIncident(), { color: false, width: 100, form: 'long' });
    for (const part of ['belongs here by acme/web runs acme/build-action@v3', 'repository', 'T1552.001', '1.9 on likelihood: five stages', 'findings of a scan on the same code', '1.   Revoke']) expect(text).toContain(part);
  });

  it('shows whole dates when an attack takes days', () => {
    const [first, second, third] = sampleIncident().steps;
    if (first === undefined || second === undefined || third === undefined) throw new Error('the sample has three steps');
    const steps = [first, second, { ...third, first: third.first + 86_400_000 * 3, last: third.last + 86_400_000 * 3 }];
    expect(incidentBlock(sampleIncident({ steps }), { color: false, width: 100, form: 'short' })).toContain('2026-12-01 09:40:02  A role');
  });

  it('claims no time and no names where nothing is known of them', () => {
    const [step] = sampleIncident().steps;
    if (step === undefined) throw new Error('the sample has steps');
    const text = incidentBlock(sampleIncident({ first: 0, last: 0, entities: [], steps: [{ ...step, first: 0, last: 0 }] }), { color: false, width: 100, form: 'long' });
    expect(text).toContain('time unknown');
    expect(text).toMatch(/1\. -  mira moved the tag/);
    expect(text).not.toMatch(/1970|Who and what/);
  });

  it.each(['short', 'long'] as const)('is text inside its width, whatever the incident says (%s)', (form) => {
    fc.assert(fc.property(anyIncident, fc.integer({ min: 40, max: 140 }), (incident, width) => {
      const plain = incidentBlock(incident, { color: false, width, form });
      expect(plain).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      const lines = plain.trimEnd().split('\n');
      expect(lines.filter((line) => columns(line) > width)).toEqual([]);
      if (form === 'short') expect(lines.length).toBeLessThanOrEqual(25);
      expect(incidentBlock(incident, { color: true, width, form }).replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(plain);
    }), { numRuns: 60 });
  });
});
