import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, type Persona, personas } from '#model/severity.ts';
import type { DetectContext } from '#model/unit.ts';
import { fileAnalyser } from '../analyse-files.ts';
import { corpus } from '../corpora.ts';
import { type Label, readLabels } from '#engine/credential-labels.ts';
import { defineSet, figure } from '../set.ts';

/** Counts for one repository. A reported line that no label names counts as false. */
interface Tally {
  hit: number;
  missed: number;
  wrong: number;
  /** Reports on what the labellers hold for test values or placeholders; also wrong, but of another kind. */
  tests: number;
}

const goal = { micro: 0.8, target: 0.95 };

export default defineSet({
  id: 'credentials',
  title: 'CredData, developers\' half: labelled credentials by file and line, repositories at their exact commits.',
  async run() {
    const folder = corpus('creddata');
    if (folder === undefined) return 'no creddata in $WATCHWARD_CORPORA';
    const labels = readLabels(folder);
    const started = performance.now();
    const found = analyse(folder, labels);
    const seconds = (performance.now() - started) / 1000;
    const auditor = tally(labels, found, 'auditor');
    const regular = tally(labels, found, 'regular');
    const [dominant] = [...auditor].sort(([, a], [, b]) => b.hit + b.missed - a.hit - a.missed)[0] as [string, Tally];
    const micro = f1(sum(auditor.values()));
    writeMistakes(labels, found);
    return {
      figures: [
        figure('F1 micro, auditor persona', micro.toFixed(3), `${goal.micro} (reach for ${goal.target})`, micro >= goal.micro),
        figure('F1 macro over repositories, auditor', macro(auditor).toFixed(3), 'reach for 0.90'),
        figure(`F1 micro without ${dominant}`, f1(sum([...auditor].filter(([repo]) => repo !== dominant).map(([, one]) => one))).toFixed(3)),
        figure('F1 micro, reports on test values not counted', f1({ ...sum(auditor.values()), tests: 0 }).toFixed(3)),
        figure('recall / precision, auditor', rates(sum(auditor.values()))),
        figure('recall / precision, regular persona', rates(sum(regular.values()))),
        figure('reports per true case, auditor', reportsPerCase(sum(auditor.values()))),
        figure('seconds, one thread', seconds.toFixed(1)),
        figure('peak memory', `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`),
        figure('files with a diagnostic', String([...found.values()].filter((one) => one.degraded).length)),
      ],
      notes: [
        'The model for assigned credentials was fitted on this half; its out-of-fold figures stand in its card (`content/models/assigned-credential.yaml`), and `npm run bench -- credentials-held-out` gives this table with a model that has not seen the repository it judges.',
        `${labels.size} files, ${auditor.size} repositories; labels whose values the labellers call test values or placeholders (X) count as false.`,
      ],
    };
  },
});

export interface FileFindings {
  readonly lines: readonly { readonly start: number; readonly end: number; readonly persona: Persona; readonly rule: string }[];
  readonly degraded: boolean;
}

export function analyse(folder: string, labels: ReadonlyMap<string, readonly Label[]>, models?: DetectContext['model']): Map<string, FileFindings> {
  const analyser = fileAnalyser(models);
  const found = new Map<string, FileFindings>();
  for (const file of labels.keys()) {
    const path = file.slice(file.indexOf('/') + 1);
    const { findings, result } = analyser(path, readFileSync(join(folder, file)));
    const lines = findings.map((finding) => {
      const { startLine, endLine } = finding.location.region;
      return { start: startLine, end: endLine, persona: finding.persona, rule: finding.rule };
    });
    found.set(file, { lines, degraded: result.diagnostics.length > 0 });
  }
  return found;
}

export function tally(labels: ReadonlyMap<string, readonly Label[]>, found: ReadonlyMap<string, FileFindings>, persona: Persona): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const [file, own] of labels) {
    const repo = (own[0] as Label).repo;
    const counts = tallies.get(repo) ?? { hit: 0, missed: 0, wrong: 0, tests: 0 };
    tallies.set(repo, counts);
    const lines = (found.get(file)?.lines ?? []).filter((line) => atLeast(personas, persona, line.persona));
    for (const label of own.filter((one) => one.truth === 'T')) counts[lines.some((line) => meets(line, label)) ? 'hit' : 'missed']++;
    for (const line of distinctStarts(lines)) {
      const near = own.filter((label) => meets(line, label));
      if (near.some((label) => label.truth === 'T')) continue;
      counts[near.some((label) => label.truth === 'X') ? 'tests' : 'wrong']++;
    }
  }
  return tallies;
}

function distinctStarts<T extends { readonly start: number }>(lines: readonly T[]): T[] {
  return [...new Map(lines.map((line) => [line.start, line])).values()];
}

function meets(line: { start: number; end: number }, label: Label): boolean {
  return line.start <= label.lineEnd && label.lineStart <= line.end;
}

export function sum(tallies: Iterable<Tally>): Tally {
  const total = { hit: 0, missed: 0, wrong: 0, tests: 0 };
  for (const one of tallies) for (const key of ['hit', 'missed', 'wrong', 'tests'] as const) total[key] += one[key];
  return total;
}

export function f1({ hit, missed, wrong, tests }: Tally): number {
  return hit === 0 ? 0 : (2 * hit) / (2 * hit + missed + wrong + tests);
}

/** Repositories without a true label have no F1; they are left out. */
export function macro(tallies: ReadonlyMap<string, Tally>): number {
  const scores = [...tallies.values()].filter((one) => one.hit + one.missed > 0).map(f1);
  return scores.reduce((total, score) => total + score, 0) / scores.length;
}

export function rates({ hit, missed, wrong, tests }: Tally): string {
  return `${(hit / (hit + missed)).toFixed(3)} / ${(hit / (hit + wrong + tests)).toFixed(3)} (hit ${hit}, missed ${missed}, wrong ${wrong}, test values ${tests})`;
}

function reportsPerCase({ hit, missed, wrong, tests }: Tally): string {
  return ((hit + wrong + tests) / (hit + missed)).toFixed(2);
}

/** With `WATCHWARD_MISTAKES=FILE`, every miss and false report, for reading one by one. */
function writeMistakes(labels: ReadonlyMap<string, readonly Label[]>, found: ReadonlyMap<string, FileFindings>): void {
  const target = process.env.WATCHWARD_MISTAKES;
  if (target === undefined) return;
  const mistakes: string[] = [];
  for (const [file, own] of labels) {
    const lines = found.get(file)?.lines ?? [];
    for (const label of own) if (label.truth === 'T' && !lines.some((line) => meets(line, label))) mistakes.push(`miss\t${label.category}\t${file}:${label.lineStart}`);
    for (const line of distinctStarts(lines)) {
      const near = own.filter((label) => meets(line, label));
      if (!near.some((label) => label.truth === 'T')) mistakes.push(`false-${near[0]?.truth ?? 'none'}\t${line.rule}\t${file}:${line.start}\t${line.persona}`);
    }
  }
  writeFileSync(target, mistakes.join('\n'));
}
