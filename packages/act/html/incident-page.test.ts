import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { anyIncident, noticeAttacks } from '../notice.arbitrary.ts';
import { attacks } from '../report.arbitrary.ts';
import { sampleIncident } from '../sample-notices.ts';
import { incidentPage } from './incident-page.ts';

const product = { name: 'watchward', version: '1.2.3' };

/** Names and attributes of the elements, without the texts between them; the page is XML but for its doctype and void elements. */
function markup(page: string): readonly string[] {
  const found: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ attributes, name }) => found.push(`${name} ${Object.keys(attributes).join(' ')}`));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(page.replace('<!doctype html>\n', '').replaceAll(/<meta [^>]*[^/]>/g, (tag) => `${tag.slice(0, -1)}/>`).replace(/<style>[^]*?<\/style>/, '')).close();
  return found;
}

describe('the page of an incident', () => {
  const page = incidentPage(sampleIncident({ state: 'escalating' }), product);

  it('tells of lanes, stages, evidence, risk and what to do', () => {
    for (const part of ['Who did what, when', 'class="band goal"', '>+11 min<', 'the workflow release of acme/web sent 48 kB', 'T1552.001', 'Why it is ranked 87', 'Revoke and replace']) expect(page).toContain(part);
  });

  it('begins a line with each sentence of the story', () => {
    const story = 'mira, 3 actions. 09:10 mira pushed. (4 more between.) 03-01 10:20 mira left at 11:00.';
    expect(incidentPage(sampleIncident({ story }), product)).toContain('mira, 3 actions.\n09:10 mira pushed.\n(4 more between.)\n03-01 10:20 mira left at 11:00.</p>');
  });

  it('loads nothing and runs nothing', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|\bsrc=|\bhref="(?!#)|url\(|@import|\bon\w+=/);
  });

  it('is the same markup whatever its texts say', () => {
    fc.assert(fc.property(fc.constantFrom(...attacks, ...noticeAttacks), (attack) => {
      const [step] = sampleIncident().steps;
      if (step === undefined) throw new Error('the sample has steps');
      const made = (text: string): string => incidentPage(sampleIncident({
        title: text, story: text, findings: [text], steps: [{ ...step, message: text, rule: text, title: text, joinedBy: text, techniques: [text], entities: [{ kind: 'user', name: text }] }],
        entities: [{ kind: 'user', name: text, signals: 1 }],
      }), product);
      expect(markup(made(attack))).toEqual(markup(made('x')));
    }));
  });

  it('is well formed and bounded for any incident', () => {
    fc.assert(fc.property(anyIncident, (incident) => {
      const any = incidentPage(incident, product);
      expect(() => markup(any)).not.toThrow();
      expect(any).not.toMatch(/(?!\n)\p{Cc}/u);
      expect(any.length).toBeLessThan(2_000_000);
    }), { numRuns: 40 });
  });
});
