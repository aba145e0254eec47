import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sarifUploadLimits, type SarifLog, type SarifResult } from '#formats/sarif.ts';
import { openFindings } from '../open-findings.ts';
import { anyReport } from '../report.arbitrary.ts';
import { crowdedReport, sampleReport } from '../sample-report.ts';
import { fitSarif as fitInPieces } from './fit.ts';

/** OASIS' schema as Microsoft ships it; draft 4 differs from 7 here only in the name of `id`. */
function officialSchema(): object {
  const file = new URL('../../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url);
  const { $schema: _schema, id: _id, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return schema;
}

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(officialSchema());

function fitSarif(...args: Parameters<typeof fitInPieces>): string {
  return fitInPieces(...args).join('');
}

function resultsOf(text: string): readonly SarifResult[] {
  return (JSON.parse(text) as SarifLog).runs.flatMap(({ results }) => results);
}

describe('the log', () => {
  it('holds to the schema of SARIF 2.1.0 for any report', () => {
    fc.assert(fc.property(anyReport, (report) => {
      const log: unknown = JSON.parse(fitSarif(report));
      expect(validate(log) ? [] : validate.errors).toEqual([]);
    }), { numRuns: 100 });
  });

  it('would be refused with a wrong member, so that the check means something', () => {
    const log = JSON.parse(fitSarif(sampleReport())) as { runs: { results: { level: string }[] }[] };
    for (const result of log.runs[0]?.results ?? []) result.level = 'fatal';
    expect(validate(log)).toBe(false);
  });

  it('keeps the count of what GitHub refuses: tags, indexes, all or none', () => {
    fc.assert(fc.property(anyReport, (report) => {
      for (const { results, tool } of (JSON.parse(fitSarif(report)) as SarifLog).runs) {
        const { rules } = tool.driver;
        expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
        for (const { properties } of rules) {
          const tags: unknown = properties?.['tags'];
          expect(Array.isArray(tags) && tags.length <= sarifUploadLimits.tags).toBe(true);
        }
        for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
        for (const member of ['suppressions', 'baselineState'] as const) {
          expect([0, results.length]).toContain(results.filter((result) => result[member] !== undefined).length);
        }
      }
    }), { numRuns: 40 });
  });
});

describe('the cut', () => {
  const limits = (results: number, gzipBytes: number) => ({ results, gzipBytes, threadFlowLocations: 10_000 });

  it('keeps the severest of too many results and says so', () => {
    const text = fitSarif(crowdedReport(500), limits(40, 10_000_000));
    const results = resultsOf(text);
    expect(results).toHaveLength(40);
    expect(results.every(({ level }) => level === 'error')).toBe(true);
    expect(text).toContain('360 of 400 results were left out');
  });

  it('drops accepted findings before open ones', () => {
    const report = sampleReport();
    const open = openFindings(report);
    expect(resultsOf(fitSarif(report, limits(open.length, 10_000_000))).map(({ ruleId }) => ruleId)).toEqual(open.map(({ rule }) => rule));
  });

  it('stays under a size limit that the whole would break, using most of it', () => {
    const report = crowdedReport(3_000);
    const limit = 40_000;
    expect(gzipSync(fitSarif(report)).length).toBeGreaterThan(limit);
    const text = fitSarif(report, limits(25_000, limit));
    const size = gzipSync(text).length;
    expect(size).toBeLessThanOrEqual(limit);
    expect(size).toBeGreaterThan(limit / 2);
    expect(text).toMatch(/\d+ of 2400 results were left out/);
    expect(gunzipSync(gzipSync(text)).toString()).toBe(text);
    expect(Math.min(...resultsOf(text).map(({ rank }) => rank))).toBeGreaterThan(30);
  });

  it('gives up fixes and long flows before results', () => {
    const step = (index: number) => ({ location: { path: `flow/${Math.imul(index, 2654435761) >>> 0}.ts`, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } }, message: `step ${index}` });
    const findings = sampleReport().findings.map((finding) => ({ ...finding, codeFlow: Array.from({ length: 2_000 }, (_, index) => step(index)) }));
    const text = fitSarif(sampleReport({ findings }), limits(25_000, 30_000));
    expect(resultsOf(text)).toHaveLength(findings.length);
    expect(resultsOf(text)[0]?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(100);
    expect(text).toContain('Fixes were left out');
  });

  it('ends for any limit', () => {
    fc.assert(fc.property(anyReport, fc.integer({ min: 0, max: 20_000 }), fc.nat(10), (report, bytes, results) => {
      const log: unknown = JSON.parse(fitSarif(report, limits(results, bytes)));
      expect(validate(log) ? [] : validate.errors).toEqual([]);
    }), { numRuns: 40 });
  });
});
