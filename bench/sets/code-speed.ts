import { appendFileSync, cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../tools/build.ts';
import { corpus } from '../corpora.ts';
import { inTemporaryFolder, launcher } from '../measure.ts';
import { besideSemgrepOn } from '../semgrep-run.ts';
import { degradedPlaces, memoryText, type MeasuredScan, scanProcess } from '../scan-process.ts';
import { defineSet, figure, type Figure } from '../set.ts';
import { type SourceFile, sourcesOf } from '../source-lines.ts';

const goals = { rate: 25, warmSeconds: 1, mebibytes: 1_500 };
const warmLines = 100_000;
const changedFiles = 10;

export default defineSet({
  id: 'code-speed',
  title: 'Flow analysis of whole programs: lines a second without a cache, seconds after a change of ten files, memory.',
  async run() {
    const trees = ['js-speed', 'ts-speed'].flatMap((name) => corpus(name) ?? []);
    if (trees.length === 0) return 'no js-speed or ts-speed in $WATCHWARD_CORPORA';
    const figures: Figure[] = [];
    for (const tree of trees) figures.push(...(await coldFigures(tree)));
    figures.push(...(await warmFigures(trees.at(-1) as string)), ...besideSemgrep(trees[0] as string));
    return {
      figures,
      notes: [
        'Lines are those of the files that were read as code; minified and generated ones are left out of both. Seconds are from the start of the process to its end, with all rules about code.',
        `Warm: the first ${warmLines.toLocaleString('en')} lines of the last tree, scanned once, then again after a line was added to ${changedFiles} files; as a checkout runs (its source, module by module) and as the package that users install does.`,
        'Semgrep runs beside with the same rules on the same files when SEMGREP names it and semgrep-rules is there: `javascript/lang/security` of its own collection.',
      ],
    };
  },
});

const args = ['--surface', 'code', '--exit-zero'];

async function coldFigures(tree: string): Promise<Figure[]> {
  const scan = scanProcess(tree, [...args, '--no-cache']);
  const lines = linesRead(tree, scan);
  const rate = lines / 1000 / scan.seconds;
  const name = relative(dirname(tree), tree);
  const { modules = 0, functions = 0, calls = 0, callsUnresolved = 0 } = scan.report.ledger.code ?? {};
  return [
    figure(`${name}: cold`, `${rate.toFixed(1)} kLOC/s: ${Math.round(lines / 1000)} kLOC in ${modules} modules, ${scan.seconds.toFixed(1)} s`, `${goals.rate} kLOC/s on 2 cores`, rate >= goals.rate),
    figure(`${name}: peak memory`, memoryText(scan.mebibytes), `${goals.mebibytes} MiB for a million lines`, scan.mebibytes === undefined ? undefined : scan.mebibytes <= goals.mebibytes),
    figure(`${name}: functions, calls unresolved, degraded places`, `${functions}; ${callsUnresolved} of ${calls}; ${degradedPlaces(scan.report)}`),
  ];
}

/** Lines of code files less those that the ledger names as left out. */
function linesRead(tree: string, { report }: MeasuredScan): number {
  const left = new Set(report.ledger.diagnostics.flatMap(({ code, path }) => (/^(?:file-generated|code-too-large)$/.test(code) && path !== undefined ? [path] : [])));
  return sourcesOf(tree).filter(({ path }) => !left.has(path)).reduce((sum, { lines }) => sum + lines, 0);
}

async function warmFigures(tree: string): Promise<Figure[]> {
  return inTemporaryFolder(async (folder) => {
    const work = join(folder, 'work');
    const files = firstLines(tree, work);
    const lines = files.reduce((sum, file) => sum + file.lines, 0);
    await build(join(folder, 'dist'));
    symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'dist', 'node_modules'));
    const installed = join(folder, 'dist/package/lib/launch.mjs');
    return [
      ...warmRuns('warm', { work, state: join(folder, 'state'), program: launcher, files, lines }),
      ...warmRuns('warm, as installed', { work, state: join(folder, 'state-installed'), program: installed, files, lines }),
    ];
  });
}

/** Copies files until there are enough lines. */
function firstLines(tree: string, work: string): SourceFile[] {
  const files: SourceFile[] = [];
  let lines = 0;
  for (const file of sourcesOf(tree)) {
    if (lines >= warmLines) break;
    lines += file.lines;
    files.push(file);
    mkdirSync(dirname(join(work, file.path)), { recursive: true });
    cpSync(join(tree, file.path), join(work, file.path));
  }
  if (existsSync(join(tree, 'package.json'))) cpSync(join(tree, 'package.json'), join(work, 'package.json'));
  return files;
}

interface WarmTree {
  readonly work: string;
  readonly state: string;
  /** The launcher. */
  readonly program: string;
  readonly files: readonly SourceFile[];
  readonly lines: number;
}

function warmRuns(name: string, { work, state, program, files, lines }: WarmTree): Figure[] {
  const run = (): MeasuredScan => scanProcess(work, [...args, '--state-dir', state], program);
  const cold = run();
  const same = run();
  for (let at = 0; at < changedFiles; at++) appendFileSync(join(work, (files[Math.floor((at * files.length) / changedFiles)] as SourceFile).path), `\nexport const changed${at}${name.length} = ${at};\n`);
  const warm = run();
  const kept = warm.report.ledger.code;
  return [
    figure(`${name}: first run`, `${cold.seconds.toFixed(2)} s for ${Math.round(lines / 1000)} kLOC`),
    figure(`${name}: nothing changed`, `${same.seconds.toFixed(2)} s`),
    figure(`${name}: ${changedFiles} files changed`, `${warm.seconds.toFixed(2)} s; ${kept?.modulesFromCache} of ${kept?.modules} modules from the cache`, `under ${goals.warmSeconds} s`, warm.seconds < goals.warmSeconds),
  ];
}

function besideSemgrep(tree: string): Figure[] {
  const rules = corpus('semgrep-rules');
  return rules === undefined ? [] : besideSemgrepOn(tree, join(rules, 'javascript/lang/security'));
}
