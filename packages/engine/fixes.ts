import { openFindings } from '#act/open-findings.ts';
import { shownPath } from '#act/place.ts';
import type { Finding, Fix } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import { applyFix } from './verify-fixes.ts';

export interface FixChoice {
  /** Also fixes that may change what the program does. */
  readonly unsafe: boolean;
}

/** What can be mended in one file, and the findings that it mends. */
export interface FilePlan {
  /** Below the scanned root, as findings name it. */
  readonly path: string;
  /** As a person at the prompt would type it. */
  readonly shown: string;
  readonly mended: readonly Finding[];
}

export interface FixPlan {
  readonly files: readonly FilePlan[];
  /** Findings with a fix that is not made, by why. */
  readonly left: { readonly unverified: number; readonly unsafe: number; readonly overlapping: number };
}

type Edit = Fix['edits'][number];

/**
 * The fixes that can be made together: each was verified by analysing the file again with it, and none touches what another one changes. Where two do, that of
 * the worse finding is made. Findings are taken worst first; those of history have no file to mend.
 */
export function planFixes(report: Report, { unsafe }: FixChoice): FixPlan {
  const left = { unverified: 0, unsafe: 0, overlapping: 0 };
  const files = new Map<string, Finding[]>();
  for (const finding of openFindings(report)) {
    const { fix, commit, location: { path } } = finding;
    if (fix === undefined || commit !== undefined) continue;
    const mended = files.get(path) ?? [];
    if (!fix.verified) left.unverified += 1;
    else if (fix.disposition !== 'safe' && !unsafe) left.unsafe += 1;
    else if (fix.edits.some((edit) => editsOf(mended).some((other) => keyOf(edit) !== keyOf(other) && overlap(edit, other)))) left.overlapping += 1;
    else files.set(path, [...mended, finding]);
  }
  return { files: [...files].map(([path, mended]) => ({ path, shown: shownPath(report.run, path), mended })).sort((a, b) => (a.path < b.path ? -1 : 1)), left };
}

/** The edits of several findings, first to last; what two have in common (an import, a literal that both calls are given) once. */
export function editsOf(findings: readonly Finding[]): readonly Edit[] {
  const edits = new Map(findings.flatMap(({ fix }) => fix?.edits ?? []).map((edit) => [keyOf(edit), edit]));
  return [...edits.values()].sort(({ region: a }, { region: b }) => a.startLine - b.startLine || a.startColumn - b.startColumn);
}

/** The text of the file with all of them made. */
export function mendedText(text: string, findings: readonly Finding[]): string {
  return applyFix(text, { title: '', disposition: 'safe', verified: true, edits: editsOf(findings) });
}

function keyOf({ region: { startLine, startColumn, endLine, endColumn }, text }: Edit): string {
  return JSON.stringify([startLine, startColumn, endLine, endColumn, text]);
}

function overlap({ region: a }: Edit, { region: b }: Edit): boolean {
  const before = (one: Edit['region'], other: Edit['region']): boolean => one.endLine < other.startLine || (one.endLine === other.startLine && one.endColumn <= other.startColumn && one.startColumn !== other.startColumn);
  return !before(a, b) && !before(b, a);
}

/** Files that have a finding which they did not have: more of a rule than before. */
export function filesWithMore(before: Report, after: Report): ReadonlySet<string> {
  const known = countsOf(before);
  return new Set([...countsOf(after)].filter(([key, count]) => count > (known.get(key) ?? 0)).map(([key]) => key.slice(0, key.indexOf('\0'))));
}

function countsOf(report: Report): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, location: { path } } of openFindings(report)) counts.set(`${path}\0${rule}`, (counts.get(`${path}\0${rule}`) ?? 0) + 1);
  return counts;
}
