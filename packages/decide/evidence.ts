import type { ScanPredicate } from '#formats/attestation.ts';
import type { Statement } from '#formats/in-toto.ts';
import type { ScanScope } from '#model/scope.ts';
import { inconsistencies } from './consistency.ts';
import { clockSkewMinutes, type Expectation, type JudgedTree } from './expectation.ts';

/** One attestation as the engine opened it. A statement is here only if its signature holds. */
export interface Evidence {
  /** Where it came from, for messages. */
  readonly source: string;
  readonly statement?: Statement<ScanPredicate>;
  /** The tree at hand, read as the scan of this attestation read it. */
  readonly tree?: JudgedTree;
  /** What went wrong before it could be judged. */
  readonly problems: readonly string[];
}

/** Everything that keeps an attestation from being complete evidence about the tree at hand; empty when nothing does. */
export function doubtsAbout({ statement, tree, problems }: Evidence, expected: Expectation): string[] {
  if (problems.length > 0) return [...problems];
  if (statement === undefined || tree === undefined) return ['it could not be opened'];
  const scan = statement.predicate;
  return [
    ...inconsistencies(scan).map((what) => `it contradicts itself: ${what}`),
    ...doubtsOfOrigin(scan, expected),
    ...doubtsOfTree(statement.subject.map(({ digest }) => digest.watchwardTree), tree, scan, expected),
    ...doubtsOfTime(scan, expected),
    ...doubtsOfScope(scan.scope, expected),
    ...doubtsOfCoverage(scan),
  ];
}

function doubtsOfOrigin({ tool, nonce }: ScanPredicate, expected: Expectation): string[] {
  return [
    ...unless(expected.tools.has(tool.digest), `the scan was made by another program (${tool.name} ${tool.version}, digest ${tool.digest.slice(0, 12)}); scan with this one, or name its digest with --accept-tool`),
    ...unless(
      expected.contents.has(tool.content) || (expected.contentSince !== undefined && tool.contentDate >= expected.contentSince),
      `the rules of the scan are of ${tool.contentDate} and other than those here; scan with this program, or say with --accept-content which are new enough`,
    ),
    ...unless(expected.nonce === undefined || nonce === expected.nonce, 'it does not carry the nonce that was asked for'),
  ];
}

function doubtsOfTree(attested: readonly string[], tree: JudgedTree, { commit, coverage }: ScanPredicate, expected: Expectation): string[] {
  return [
    ...unless(
      attested.length === 1 && attested[0] === tree.hash,
      'it is about another tree: a file was added, removed or changed since the scan, or another folder was scanned',
    ),
    ...unless(coverage.filesSeen === tree.files, `the scan saw ${coverage.filesSeen} files, here are ${tree.files}`),
    ...unless(commit === expected.commit, `the scan was of ${named(commit)}, here is ${named(expected.commit)}`),
  ];
}

function named(commit: string | undefined): string {
  return commit === undefined ? 'a tree outside git' : `commit ${commit.slice(0, 12)}`;
}

function doubtsOfTime({ startedAt, finishedAt }: ScanPredicate, { now, maxAgeMinutes }: Expectation): string[] {
  const age = (now - Date.parse(startedAt)) / 60_000;
  const ahead = (Date.parse(finishedAt) - now) / 60_000;
  // Written so that a time which is no number is a doubt, too.
  return [
    ...unless(age <= maxAgeMinutes, `the scan began at ${startedAt}, longer ago than the ${maxAgeMinutes} minutes that are allowed; scan again`),
    ...unless(ahead <= clockSkewMinutes && -age <= clockSkewMinutes, `the scan lies in the future (${finishedAt}); set the clocks`),
  ];
}

function doubtsOfScope(scope: ScanScope, expected: Expectation): string[] {
  const foreign = scope.exclude.filter((pattern) => !expected.exclude.has(pattern));
  const { baseline } = scope;
  return [
    ...unless(scope.rules.length === 0, 'only some rules took part in the scan (--rule)'),
    ...unless(scope.surfaces.length === 0, 'only some surfaces took part in the scan (--surface)'),
    ...unless(foreign.length === 0, `the scan left out paths that were not agreed on (--accept-exclude): ${foreign.slice(0, 5).join(', ')}`),
    ...unless(scope.ownRules === 0 || expected.ownRules, 'rules that a user brought took part in the scan; the gate must be told so with --accept-rules'),
    ...unless(scope.threatModel !== 'application', 'callers of what packages export were taken to be trusted (--threat-model application)'),
    ...unless(!scope.history, 'the history was scanned in place of the tree (--history)'),
    ...unless(scope.changedSince === undefined, 'only changed files were scanned (--changed-since)'),
    ...unless(
      baseline === undefined || (baseline.commit !== undefined && baseline.commit === expected.baseline),
      `findings were left out as old against ${baseline?.commit === undefined ? 'an earlier report' : `commit ${baseline.commit.slice(0, 12)}`}; the gate must be told so with --accept-baseline`,
    ),
  ];
}

function doubtsOfCoverage({ coverage, findings }: ScanPredicate): string[] {
  const codes = coverage.diagnostics.map(({ code, count }) => `${code} x ${count}`).join(', ');
  return [
    ...unless(coverage.filesSeen > 0, 'nothing was scanned'),
    ...unless(coverage.rulesLoaded > 0, 'no rule took part in the scan'),
    ...unless(coverage.rulesSkipped === 0, `${coverage.rulesSkipped} rules could not take part in the scan`),
    ...unless(!coverage.degraded, `the scan is degraded: something could not be looked at (${codes})`),
    ...unless(findings.omitted === 0, `${findings.omitted} findings are not listed in the attestation`),
  ];
}

function unless(condition: boolean, doubt: string): string[] {
  return condition ? [] : [doubt];
}
