import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Finding } from '#model/finding.ts';
import { corpus } from '../corpora.ts';
import { degradedPlaces, memoryText, scanProcess } from '../scan-process.ts';
import { defineSet, figure, type Figure } from '../set.ts';

const goals = { youden: 0.85, seconds: 20 };

interface BenchmarkCase {
  readonly name: string;
  readonly category: string;
  readonly real: boolean;
  readonly cwe: number;
}

interface Score {
  readonly category: string;
  readonly recall: number;
  readonly alarms: number;
  readonly real: number;
  readonly safe: number;
}

export default defineSet({
  id: 'owasp-java',
  title: 'OWASP Benchmark for Java 1.2, tests with even numbers: a test is flagged when a report with the CWE of its category stands in its file.',
  async run() {
    const folder = corpus('BenchmarkJava');
    if (folder === undefined) return 'no BenchmarkJava in $WATCHWARD_CORPORA';
    const cases = readCases(join(folder, 'expectedresults-1.2.csv'));
    const { report, seconds, mebibytes } = scanProcess(folder, ['--surface', 'code', '--persona', 'auditor', '--confidence', 'low', '--no-cache']);
    const byTest = Map.groupBy(report.findings, ({ location }) => basename(location.path, '.java'));
    const flagged = (persona: (finding: Finding) => boolean) => (one: BenchmarkCase): boolean => (byTest.get(one.name) ?? []).some((finding) => persona(finding) && finding.cwe.includes(one.cwe));
    const regular = flagged(({ persona, confidence }) => persona === 'regular' && confidence !== 'low');
    const everything = flagged(() => true);
    writeMistakes(cases, regular);
    const inClass = report.findings.filter((finding) => cases.some((one) => one.name === basename(finding.location.path, '.java') && finding.cwe.includes(one.cwe) && finding.persona === 'regular')).length;
    const hits = cases.filter((one) => one.real && regular(one)).length;
    return {
      figures: [
        ...figuresOf('regular persona', cases, regular, true),
        ...figuresOf('auditor persona', cases, everything, false).slice(0, 1),
        figure('reports in class per true case', (inClass / Math.max(1, hits)).toFixed(2)),
        figure('whole benchmark, from the start of the process to its end', `${seconds.toFixed(1)} s`, `${goals.seconds} s`, seconds <= goals.seconds),
        figure('peak memory', memoryText(mebibytes)),
        figure('degraded places', String(degradedPlaces(report))),
        figure('calls unresolved', `${report.ledger.code?.callsUnresolved ?? 0} of ${report.ledger.code?.calls ?? 0}`),
      ],
      notes: [`${cases.length} tests, ${cases.filter(({ real }) => real).length} of them vulnerable. Youden's index of a category: rate of true reports less rate of false ones; the mean counts each category the same.`],
    };
  },
});

/** Only tests with even numbers: the others are held out. */
function readCases(path: string): BenchmarkCase[] {
  return readFileSync(path, 'utf8').split('\n').flatMap((line) => {
    const [name = '', category = '', real = '', cwe = ''] = line.split(',').map((field) => field.trim());
    const number = Number(/^BenchmarkTest(\d+)$/.exec(name)?.[1] ?? NaN);
    return number % 2 === 0 ? [{ name, category, real: real === 'true', cwe: Number(cwe) }] : [];
  });
}

function figuresOf(who: string, cases: readonly BenchmarkCase[], flagged: (one: BenchmarkCase) => boolean, promised: boolean): Figure[] {
  const scores = [...Map.groupBy(cases, ({ category }) => category)].map(([category, own]): Score => {
    const [real, safe] = [own.filter((one) => one.real), own.filter((one) => !one.real)];
    return { category, recall: real.filter(flagged).length / Math.max(1, real.length), alarms: safe.filter(flagged).length / Math.max(1, safe.length), real: real.length, safe: safe.length };
  });
  const mean = scores.reduce((sum, { recall, alarms }) => sum + recall - alarms, 0) / Math.max(1, scores.length);
  const percent = (value: number): string => (100 * value).toFixed(1);
  return [
    figure(`${who}: mean of recall less false alarms`, percent(mean), promised ? 'at least 85' : '', promised ? mean >= goals.youden : undefined),
    ...scores.sort((a, b) => (a.category < b.category ? -1 : 1)).map(({ category, recall, alarms, real, safe }) => figure(`${who}: ${category}`, `${percent(recall - alarms)} (${percent(recall)} % of ${real}, false on ${percent(alarms)} % of ${safe})`)),
  ];
}

/** With `WATCHWARD_MISTAKES=FILE`, every wrong test, for reading one by one. */
function writeMistakes(cases: readonly BenchmarkCase[], flagged: (one: BenchmarkCase) => boolean): void {
  const target = process.env.WATCHWARD_MISTAKES;
  if (target === undefined) return;
  writeFileSync(target, cases.filter((one) => flagged(one) !== one.real).map((one) => `${one.real ? 'miss' : 'false'}\t${one.category}\t${one.cwe}\t${one.name}`).join('\n'));
}
