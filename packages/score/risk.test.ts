import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, Finding } from '#model/finding.ts';
import { confidences, severities } from '#model/severity.ts';
import { factors } from './factors.ts';
import { rank } from './rank.ts';
import { assessRisk } from './risk.ts';

const names = [...factors.keys()].filter((name) => !/^(?:severity|confidence)\./.test(name));
const anyEvidence = fc.array(fc.constantFrom(...names).map((factor): Evidence => ({ factor, detail: factor })), { maxLength: 8 });
const anyCase = fc.record({ severity: fc.constantFrom(...severities), confidence: fc.constantFrom(...confidences), evidence: anyEvidence });

describe('risk', () => {
  it('lies within its bounds and grows with severity and confidence', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const table = severities.map((severity) => confidences.map((confidence) => assessRisk(severity, confidence, evidence)));
        for (const [row, risks] of table.entries()) {
          for (const [column, risk] of risks.entries()) {
            expect(risk.score).toBeGreaterThanOrEqual(0);
            expect(risk.score).toBeLessThanOrEqual(100);
            if (row > 0) expect(risk.score).toBeGreaterThanOrEqual(table[row - 1]?.[column]?.score ?? 0);
            if (column > 0) expect(risk.score).toBeGreaterThanOrEqual(risks[column - 1]?.score ?? 0);
          }
        }
      }),
    );
  });

  it('counts a fact once', () => {
    const fact = { factor: 'proof.valid', detail: 'checksum is right' };
    expect(assessRisk('high', 'medium', [fact, fact, fact])).toEqual(assessRisk('high', 'medium', [fact]));
  });

  it('rises with incriminating and falls with excusing evidence', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom(...names), ({ severity, confidence, evidence }, name) => {
        const weight = factors.get(name);
        if (weight === undefined || evidence.some((item) => item.factor === name)) return;
        const before = assessRisk(severity, confidence, evidence).score;
        const after = assessRisk(severity, confidence, [...evidence, { factor: name, detail: '' }]).score;
        const incriminates = weight.on === 'likelihood' ? weight.weight >= 0 : weight.weight >= 1;
        if (incriminates) expect(after).toBeGreaterThanOrEqual(before);
        else expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });

  it('ranks by the findings alone, whatever their order', () => {
    const finding = fc.record({ at: fc.integer({ min: 1, max: 4 }), path: fc.constantFrom('a', 'b'), rule: fc.constantFrom('secrets/a', 'secrets/b'), risk: anyCase });
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), (items) => {
        const findings = items.map(({ at, path, rule, risk }) => ({
          rule, severity: risk.severity, location: { path, region: { startLine: at, startColumn: 1, endLine: at, endColumn: 2 } },
          risk: assessRisk(risk.severity, risk.confidence, risk.evidence),
        })) as unknown as Finding[];
        const key = (list: readonly Finding[]): string[] => list.map((one) => `${one.risk.score} ${one.severity} ${one.location.path} ${one.location.region.startLine} ${one.rule}`);
        expect(key(rank(findings.toReversed()))).toEqual(key(rank(findings)));
      }),
    );
  });
});
