import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#model/finding.ts';
import { atLeast, severities } from '#model/severity.ts';
import { corpus } from '../corpora.ts';
import { degradedPlaces, memoryText, scanProcess } from '../scan-process.ts';
import { defineSet, figure } from '../set.ts';
import { sourcesOf } from '../source-lines.ts';

/** What `bench/code-noise.json` holds: packages named before the first run, and what a person said of each finding in them. */
interface Noise {
  readonly packages: Readonly<Record<string, string>>;
  readonly verdicts: readonly Verdict[];
}

interface Verdict {
  readonly package: string;
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  /** `real`: worth a change. `intended`: right, and what the package is for. `wrong`: no such flow. */
  readonly verdict: 'real' | 'intended' | 'wrong';
  readonly why: string;
}

const goalPerTenThousand = 1;
const noise = JSON.parse(readFileSync(new URL('../code-noise.json', import.meta.url), 'utf8')) as Noise;

export default defineSet({
  id: 'code-noise',
  title: 'Popular, well-kept npm packages as they are published: findings of high severity that the regular persona shows, for each 10,000 lines.',
  async run() {
    const folder = corpus('npm-packages');
    if (folder === undefined) return 'no npm-packages in $WATCHWARD_CORPORA';
    const lines: string[] = [];
    const figures = Object.entries(noise.packages).map(([name, version]) => {
      const { report, seconds, mebibytes } = scanProcess(join(folder, name), ['--surface', 'code', '--no-cache', '--exit-zero']);
      const high = report.findings.filter((finding) => finding.persona === 'regular' && finding.confidence !== 'low' && atLeast(severities, finding.severity, 'high'));
      const kept = linesOf(join(folder, name), report.ledger.diagnostics.flatMap(({ code, path }) => (code === 'file-generated' && path !== undefined ? [path] : [])));
      lines.push(...high.map((finding) => told(name, finding)));
      return { name, version, high, kept, seconds, mebibytes, degraded: degradedPlaces(report), unread: high.filter((finding) => verdictOf(name, finding) === undefined).length };
    });
    const target = process.env.WATCHWARD_MISTAKES;
    if (target !== undefined) writeFileSync(target, lines.join('\n'));
    const all = figures.reduce((sum, { high }) => sum + high.length, 0);
    const kloc = figures.reduce((sum, { kept }) => sum + kept, 0) / 1000;
    const rate = (10 * all) / Math.max(1, kloc);
    const unread = figures.reduce((sum, one) => sum + one.unread, 0);
    return {
      figures: [
        figure('findings of high severity in 10 kLOC', `${rate.toFixed(2)} (${all} in ${Math.round(kloc)} kLOC)`, 'at most 1', rate <= goalPerTenThousand),
        figure('findings without a verdict in code-noise.json', String(unread), '0', unread === 0),
        ...(['real', 'intended', 'wrong'] as const).map((verdict) => figure(`findings that are ${verdict}`, String(figures.reduce((sum, { name, high }) => sum + high.filter((finding) => verdictOf(name, finding) === verdict).length, 0)))),
        ...figures.map(({ name, version, high, kept, seconds, mebibytes, degraded }) => figure(`${name} ${version}`, `${high.length} in ${(kept / 1000).toFixed(1)} kLOC, ${seconds.toFixed(1)} s, ${memoryText(mebibytes)}, ${degraded} degraded places`)),
      ],
      notes: ['Packages were named before the first run. Minified and generated files are left out of findings and lines.'],
    };
  },
});

function verdictOf(name: string, { rule, location }: Finding): Verdict['verdict'] | undefined {
  return noise.verdicts.find((one) => one.package === name && one.rule === rule && one.path === location.path && one.line === location.region.startLine)?.verdict;
}

function told(name: string, finding: Finding): string {
  const { rule, location, message, codeFlow = [] } = finding;
  const steps = codeFlow.map((step) => `    ${step.location.path}:${step.location.region.startLine}  ${step.code ?? ''}  (${step.message})`);
  return [`${name}\t${verdictOf(name, finding) ?? 'unread'}\t${rule}\t${location.path}:${location.region.startLine}\t${message}`, ...steps].join('\n');
}

function linesOf(folder: string, left: readonly string[]): number {
  const out = new Set(left);
  return sourcesOf(folder).filter(({ path }) => !out.has(path)).reduce((sum, { lines }) => sum + lines, 0);
}
