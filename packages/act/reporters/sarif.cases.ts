import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { SarifLog, SarifRun } from '#formats/sarif.ts';
import type { ReporterCases } from '../reporter-cases.ts';
import { emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

function runOf(output: string): SarifRun {
  const [run] = (JSON.parse(output) as SarifLog).runs;
  if (run === undefined) throw new Error('the log has no run');
  return run;
}

const step = { location: { path: 'a.ts', region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } }, message: 'goes on' };

export default {
  checks: [
    {
      name: 'rules carry what GitHub reads',
      report: sampleReport(),
      verify(output) {
        const rule = runOf(output).tool.driver.rules.find(({ id }) => id === 'secrets/private-key');
        deepEqual(rule?.properties, {
          tags: ['security', 'secrets', 'external/cwe/cwe-321', 'external/cwe/cwe-798'],
          precision: 'high', 'problem.severity': 'error', 'security-severity': '9.5',
        });
        equal(rule?.name, 'SecretsPrivateKey');
        equal(rule?.defaultConfiguration.level, 'error');
        match(rule?.help?.markdown ?? '', /\*\*What to do:\*\* Remove the key/);
      },
    },
    {
      name: 'results point to their rule, place, fingerprint, flow and fix',
      report: sampleReport(),
      verify(output) {
        const run = runOf(output);
        for (const result of run.results) equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
        const result = run.results[2];
        deepEqual(result?.locations[0]?.physicalLocation, {
          artifactLocation: { uri: 'services/orders/src/settings.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 48, startColumn: 22, endLine: 48, endColumn: 83 },
        });
        deepEqual(result?.partialFingerprints, { 'watchward/v1': '3'.padStart(64, '0') });
        equal(result?.codeFlows?.[0]?.threadFlows[0]?.locations.length, 2);
        equal(result?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text, 'process.env.DATABASE_URL');
        equal(run.originalUriBaseIds['%SRCROOT%']?.uri, 'file:///home/dev/shop/');
      },
    },
    {
      name: 'suppressions and baseline states are on every result or on none',
      report: sampleReport(),
      verify(output) {
        const { results } = runOf(output);
        deepEqual(results[5]?.suppressions?.map(({ kind, justification }) => [kind, justification]), [['inSource', 'shown in the tutorial']]);
        ok(results.every(({ suppressions }) => suppressions !== undefined));
        deepEqual(results.map(({ baselineState }) => baselineState), ['new', 'new', 'new', 'new', 'new', 'new', 'unchanged']);
      },
    },
    {
      name: 'an incomplete run did not succeed',
      report: emptyReport(true),
      verify(output) {
        const [invocation] = runOf(output).invocations;
        equal(invocation?.executionSuccessful, false);
        ok(invocation?.toolExecutionNotifications.some(({ descriptor, level }) => descriptor.id === 'file-unreadable' && level === 'error'));
      },
    },
    {
      name: 'paths are percent-encoded',
      report: sampleReport({ findings: [sampleFinding(1, { location: { ...sampleFinding(1).location, path: 'a b/c#d?é%.txt' } })] }),
      verify: (output) => equal(runOf(output).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri, 'a%20b/c%23d%3F%C3%A9%25.txt'),
    },
    {
      name: 'a flow longer than GitHub takes keeps both ends and the cut is said',
      report: sampleReport({ findings: [sampleFinding(1, { codeFlow: [...Array.from({ length: 12_000 }, () => step), { ...step, message: 'ends' }] })] }),
      verify(output) {
        const run = runOf(output);
        const locations = run.results[0]?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
        equal(locations.length, 10_000);
        equal(locations.at(-1)?.location.message?.text, 'ends');
        match(run.invocations[0]?.toolExecutionNotifications[0]?.message.text ?? '', /more than 10000 steps were cut/);
      },
    },
  ],
} satisfies ReporterCases;
