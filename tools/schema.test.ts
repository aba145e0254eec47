import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wholeText } from '#act/pieces.ts';
import { anyReport } from '#act/report.arbitrary.ts';
import json from '#act/reporters/json.ts';
import { emptyReport, sampleReport } from '#act/sample-report.ts';
import { reportSchema } from './schema.ts';

const validate = new Ajv({ strict: true, allErrors: true }).compile(reportSchema());

function errorsOf(output: string): unknown {
  return validate(JSON.parse(output)) ? [] : validate.errors;
}

it('accepts what the json reporter writes', () => {
  expect(errorsOf(wholeText(json.render(sampleReport(), { color: false, width: 80 })))).toEqual([]);
  expect(errorsOf(wholeText(json.render(emptyReport(true), { color: false, width: 80 })))).toEqual([]);
  fc.assert(fc.property(anyReport, (report) => {
    expect(errorsOf(wholeText(json.render(report, { color: false, width: 80 })))).toEqual([]);
  }), { numRuns: 60 });
});

it.each([
  ['a missing member', { ...sampleReport(), ledger: undefined }],
  ['an unknown member', { ...sampleReport(), surprise: 1 }],
  ['another version', { ...sampleReport(), schema: 'watchward-report/2' }],
  ['an unknown severity', { ...sampleReport(), findings: [{ ...sampleReport().findings[0], severity: 'huge' }] }],
])('refuses %s', (_, value) => {
  expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
});
