import { clip } from '#formats/clip.ts';
import { sarifSchema, type SarifDescriptor, type SarifLog, type SarifProvenance, type SarifRun } from '#formats/sarif.ts';
import { folderUri, pathUri } from '#formats/uri.ts';
import type { Finding } from '#model/finding.ts';
import type { Report, RunFacts } from '#model/report.ts';
import { withItems } from '../pieces.ts';
import { notificationDescriptors, ruleDescriptors } from './descriptor.ts';
import { sarifInvocation } from './invocation.ts';
import { sarifResult, sourceRoot } from './result.ts';
import { lengths } from './scale.ts';

/** How much of a report goes into the log. */
export interface LogPlan {
  /** In the report's order. */
  readonly findings: readonly Finding[];
  readonly flowLimit: number;
  readonly fixes: boolean;
  readonly notices: readonly string[];
}

/** The log as text, in pieces. */
export function* logText(report: Report, plan: LogPlan): Generator<string> {
  const rules = ruleDescriptors(plan.findings, report.rules);
  const log: SarifLog = { $schema: sarifSchema, version: '2.1.0', runs: [withoutResults(report, rules, plan.notices)] };
  yield* withItems(`${JSON.stringify(log)}\n`, '"results":[]', results(report, plan, rules), ',');
}

function* results({ run }: Report, plan: LogPlan, rules: readonly SarifDescriptor[]): Generator<string> {
  const context = {
    ruleIndexes: new Map(rules.map((rule, index) => [rule.id, index])),
    flowLimit: plan.flowLimit,
    fixes: plan.fixes,
    suppressions: plan.findings.some((finding) => finding.suppression !== undefined),
    baseline: run.baseline !== undefined || plan.findings.some((finding) => finding.baseline !== undefined),
  };
  for (const finding of plan.findings) yield JSON.stringify(sarifResult(finding, context));
}

function withoutResults(report: Report, rules: readonly SarifDescriptor[], notices: readonly string[]): SarifRun {
  const { run, tool } = report;
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version.toWellFormed(),
        rules,
        notifications: notificationDescriptors,
        properties: { digest: tool.digest, content: tool.content, contentDate: tool.contentDate },
      },
    },
    automationDetails: { id: automationId(run.target) },
    invocations: [sarifInvocation(report, notices)],
    originalUriBaseIds: { [sourceRoot]: { uri: folderUri(clip(run.root, lengths.long)) } },
    ...(run.commit === undefined ? {} : { versionControlProvenance: [provenance(run, run.commit)] }),
    columnKind: 'utf16CodeUnits',
    results: [],
    properties: { treeHash: run.treeHash, summary: report.summary, coverage: { ...report.ledger, diagnostics: report.ledger.diagnostics.length } },
  };
}

/** §3.17.3: what stands before the last slash names the kind of run; GitHub keeps one set of results for each. */
function automationId(target: string): string {
  const name = clip(target, lengths.short).replace(/\\/g, '/').replace(/^(?:\.\/)+|^\.$|^\/+|\/+$/g, '');
  return name === '' ? 'watchward/' : `watchward/${pathUri(name)}/`;
}

/** §3.23.3 wants an absolute URI of the repository; the checkout is the one that a run without network knows. */
function provenance(run: RunFacts, commit: string): SarifProvenance {
  return {
    repositoryUri: folderUri(clip(run.root, lengths.long)),
    revisionId: clip(commit, lengths.short).toWellFormed(),
    ...(run.branch === undefined ? {} : { branch: clip(run.branch, lengths.short).toWellFormed() }),
    mappedTo: { uriBaseId: sourceRoot },
  };
}
