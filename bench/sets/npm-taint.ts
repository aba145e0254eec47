import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Finding } from '#model/finding.ts';
import { corpus } from '../corpora.ts';
import { inTemporaryFolder } from '../measure.ts';
import { degradedPlaces, memoryText, scanProcess } from '../scan-process.ts';
import { defineSet, figure, type Figure } from '../set.ts';

const goals = { lineExact: 0.9, pollution: 0.75, reports: 1.3, seconds: 10 };

/** A known vulnerability: where its sink stands, and its class. */
interface Case {
  readonly case: string;
  readonly cwe: string;
  readonly file: string;
  readonly line: number;
}

/** A case with what was reported in its package. */
interface Judged extends Case {
  readonly inClass: readonly Finding[];
  readonly hit: boolean;
  readonly inFile: boolean;
}

export default defineSet({
  id: 'npm-taint',
  title: 'Known vulnerabilities of npm packages: a case is a hit when a report with the CWE of its class stands on its file and line.',
  async run() {
    const [manifest, sources] = [corpus('npm-taint.dev.jsonl'), corpus('explodejs-datasets')];
    if (manifest === undefined || sources === undefined) return 'no npm-taint.dev.jsonl or no explodejs-datasets in $WATCHWARD_CORPORA';
    const all = readFileSync(manifest, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Case);
    const cases = all.filter((one) => existsSync(join(sources, one.case, 'src')));
    if (cases.length === 0) return 'none of the packages of npm-taint.dev.jsonl in explodejs-datasets';
    return inTemporaryFolder(async (folder) => {
      const names = layOut(sources, folder, cases);
      const { report, seconds, mebibytes } = scanProcess(folder, ['--surface', 'code', '--persona', 'auditor', '--confidence', 'low', '--no-cache']);
      const byPackage = Map.groupBy(report.findings, ({ location }) => location.path.split('/')[0] as string);
      const judge = (findings: (finding: Finding) => boolean): Judged[] => cases.map((one) => judged(one, names.get(one.case) as string, (byPackage.get(names.get(one.case) as string) ?? []).filter(findings)));
      const regular = judge(({ persona, confidence }) => persona === 'regular' && confidence !== 'low');
      const everything = judge(() => true);
      writeMistakes(regular, everything);
      return {
        figures: [
          ...figuresOf('regular persona', regular, true),
          ...figuresOf('auditor persona', everything, false),
          figure('whole set, from the start of the process to its end', `${seconds.toFixed(1)} s`, `${goals.seconds} s on 2 cores`, seconds <= goals.seconds),
          figure('peak memory', memoryText(mebibytes)),
          figure('degraded places', String(degradedPlaces(report))),
          figure('calls unresolved', `${report.ledger.code?.callsUnresolved ?? 0} of ${report.ledger.code?.calls ?? 0}`),
        ],
        notes: [
          `${cases.length} cases in ${names.size} packages${all.length === cases.length ? '' : `; ${all.length - cases.length} whose sources are not there were left out`}; each package is scanned as it was published, all in one run.`,
          'Reports in class: reports with the CWE of a package\'s cases, in the whole package; a report that is right and not in the list counts against it.',
        ],
      };
    });
  },
});

/** Copies each package under a neutral name, so that no name of the data set says what lies there. */
function layOut(sources: string, folder: string, cases: readonly Case[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const name of new Set(cases.map((one) => one.case))) {
    const place = `p${String(names.size + 1).padStart(3, '0')}`;
    names.set(name, place);
    cpSync(join(sources, name, 'src'), join(folder, place), { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  }
  return names;
}

function judged(one: Case, place: string, findings: readonly Finding[]): Judged {
  const number = Number(one.cwe.replace('CWE-', ''));
  const inClass = findings.filter(({ cwe }) => cwe.includes(number));
  const there = inClass.filter(({ location }) => location.path === `${place}/${one.file.replace(/^\.\//, '')}`);
  return { ...one, inClass, hit: there.some(({ location }) => location.region.startLine === one.line), inFile: there.length > 0 };
}

function figuresOf(who: string, cases: readonly Judged[], promised: boolean): Figure[] {
  const classes = [...new Set(cases.map(({ cwe }) => cwe))].sort();
  const pollution = cases.filter(({ cwe }) => cwe === 'CWE-1321');
  const share = (list: readonly Judged[]): number => list.filter(({ hit }) => hit).length / Math.max(1, list.length);
  const shown = (list: readonly Judged[]): string => `${(100 * share(list)).toFixed(1)} % (${list.filter(({ hit }) => hit).length} of ${list.length}; right file ${list.filter((one) => one.inFile).length})`;
  const perCase = reportsOf(cases) / cases.length;
  return [
    figure(`${who}: line-exact`, shown(cases), promised ? 'at least 90 %' : '', promised ? share(cases) >= goals.lineExact : undefined),
    figure(`${who}: prototype pollution alone`, shown(pollution), promised ? 'at least 75 %' : '', promised ? share(pollution) >= goals.pollution : undefined),
    ...classes.map((cwe) => figure(`${who}: ${cwe}`, `${shown(cases.filter((one) => one.cwe === cwe))}; ${(reportsOf(cases.filter((one) => one.cwe === cwe)) / cases.filter((one) => one.cwe === cwe).length).toFixed(2)} reports per case`)),
    figure(`${who}: reports in class per case`, perCase.toFixed(2), promised ? 'at most 1.3' : '', promised ? perCase <= goals.reports : undefined),
    figure(`${who}: reports in class per true case`, (reportsOf(cases) / Math.max(1, cases.filter(({ hit }) => hit).length)).toFixed(2)),
  ];
}

/** Reports of a package and class count once, however many cases share them. */
function reportsOf(cases: readonly Judged[]): number {
  const seen = new Map<string, number>();
  for (const { case: name, cwe, inClass } of cases) seen.set(`${name}\0${cwe}`, inClass.length);
  return [...seen.values()].reduce((sum, number) => sum + number, 0);
}

/** With `WATCHWARD_MISTAKES=FILE`, every miss, and every report in class on another line, for reading one by one. */
function writeMistakes(regular: readonly Judged[], everything: readonly Judged[]): void {
  const target = process.env.WATCHWARD_MISTAKES;
  if (target === undefined) return;
  const lines = regular.flatMap((one, at) => {
    const seen = everything[at] as Judged;
    const miss = one.hit ? [] : [`miss\t${one.cwe}\t${one.case}\t${one.file}:${one.line}\t${seen.hit ? 'seen by the auditor persona' : seen.inFile ? 'another line of the file' : 'nothing in the file'}`];
    const others = one.inClass.filter(({ location }) => !regular.some((other) => other.case === one.case && other.cwe === one.cwe && location.path.endsWith(`/${other.file}`) && other.line === location.region.startLine));
    return [...miss, ...others.map(({ rule, location, message }) => `other\t${one.cwe}\t${one.case}\t${location.path.replace(/^[^/]+\//, '')}:${location.region.startLine}\t${rule}\t${message}`)];
  });
  writeFileSync(target, [...new Set(lines)].join('\n'));
}
