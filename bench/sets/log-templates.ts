import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mineLine, templateText } from '#learn/templates/miner.ts';
import { templateOf, type TemplateEntry } from '#learn/templates/shelf.ts';
import { corpus } from '../corpora.ts';
import { accuracy, correctTemplate, readLoghub, type Accuracy, type LabelledSystem } from '../loghub.ts';
import { median } from '../measure.ts';
import { defineSet, figure, type Figure } from '../set.ts';

const speedPasses = 7;
const passLines = 300_000;

export default defineSet({
  id: 'log-templates',
  title: 'Templates mined from the 2k samples of loghub, one configuration for all systems, beside drain3 in the same run.',
  async run() {
    const folder = corpus('loghub');
    if (folder === undefined) return 'no loghub in $WATCHWARD_CORPORA';
    const systems = readLoghub(folder);
    const ours = systems.map(mine);
    const plain = systems.map(({ lines }, at) => accuracy(lines, ours[at]?.groups ?? [], ours[at]?.texts ?? []));
    const scores = systems.map(({ lines }, at) => accuracy(lines, ours[at]?.groups ?? [], (ours[at]?.texts ?? []).map(correctTemplate)));
    const mean = meanOf(scores);
    const speed = linesPerSecond(systems);
    return {
      figures: [
        figure('grouping accuracy, mean over systems', mean.ga.toFixed(3), 'at least .95, reach for .99', mean.ga >= 0.95),
        figure('parsing accuracy', mean.pa.toFixed(3), 'at least .80, reach for .90', mean.pa >= 0.8),
        figure('F1 of groups', mean.fga.toFixed(3)),
        figure('F1 of templates', mean.fta.toFixed(3)),
        figure('parsing accuracy where only labels are put into the normal form', meanOf(plain).pa.toFixed(3)),
        figure('lines a second on one core', String(speed), 'at least 200000, reach for 500000', speed >= 200_000),
        ...beside(systems, mean, speed),
        figure('peak memory of the whole measurement', `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`),
      ],
      notes: [
        ...systems.map(({ name }, at) => `${name}: ${words(scores[at] ?? mean)}.`),
        `A template is asked for at the end of the stream, through merges. Speed: the median of ${speedPasses} passes of ${passLines} lines of all systems by turns, each from an empty memory, timed by what they take of the processor.`,
        'Labels are those of logpai/loghub, put into the normal form of the published corrections by bench/loghub.ts; corrected CSVs are read in their stead where they lie beside them.',
      ],
    };
  },
});

interface Grouping {
  readonly groups: readonly string[];
  readonly texts: readonly string[];
}

function mine({ lines }: LabelledSystem): Grouping {
  const shelf = new Map<string, TemplateEntry>();
  const keys = lines.map(({ content }) => mineLine(shelf, content).template.key);
  const templates = keys.map((key) => templateOf(shelf, key) ?? { key, tokens: [], lines: 0 });
  return { groups: templates.map(({ key }) => key), texts: templates.map(templateText) };
}

function linesPerSecond(systems: readonly LabelledSystem[]): number {
  const longest = Math.max(...systems.map(({ lines }) => lines.length));
  const turns = Array.from({ length: longest }, (_, at) => systems.flatMap(({ lines }) => lines[at]?.content ?? [])).flat();
  return median(Array.from({ length: speedPasses }, () => {
    const shelf = new Map<string, TemplateEntry>();
    const started = process.cpuUsage();
    for (let at = 0; at < passLines; at++) mineLine(shelf, turns[at % turns.length] ?? '');
    const { user, system } = process.cpuUsage(started);
    return Math.round((passLines / (user + system)) * 1e6);
  }));
}

interface DrainGrouping {
  readonly ids: readonly number[];
  readonly templates: readonly string[];
  readonly seconds: number;
}

/** The Python that `DRAIN3_PYTHON` names, which has drain3, groups the same lines. */
function beside(systems: readonly LabelledSystem[], ours: Accuracy, speed: number): Figure[] {
  const python = process.env.DRAIN3_PYTHON;
  if (python === undefined) return [figure('drain3', 'not measured: DRAIN3_PYTHON names no Python that has it')];
  const input = JSON.stringify(systems.map(({ lines }) => lines.map(({ content }) => content)));
  const { stdout, stderr, status } = spawnSync(python, [fileURLToPath(new URL('../drain3-run.py', import.meta.url))], { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${python} could not run drain3: ${stderr.slice(-300)}`);
  const results = JSON.parse(stdout) as Readonly<Record<'plain' | 'masked', readonly DrainGrouping[]>>;
  return [['as installed', results.plain], ['with masks for numbers and addresses', results.masked]].flatMap(([name, groupings]) => drainFigures(String(name), systems, groupings as readonly DrainGrouping[], ours, speed));
}

function drainFigures(name: string, systems: readonly LabelledSystem[], groupings: readonly DrainGrouping[], ours: Accuracy, speed: number): Figure[] {
  const mean = meanOf(systems.map(({ lines }, at) => accuracy(lines, (groupings[at]?.ids ?? []).map(String), (groupings[at]?.templates ?? []).map(correctTemplate))));
  const lines = groupings.reduce((sum, { ids }) => sum + ids.length, 0);
  const rate = Math.round(lines / groupings.reduce((sum, { seconds }) => sum + seconds, 0));
  return [
    figure(`drain3 ${name}: accuracy`, words(mean), 'below ours', mean.ga < ours.ga && mean.pa < ours.pa),
    figure(`drain3 ${name}: lines a second`, `${rate}, ours ${(speed / rate).toFixed(1)} times`),
  ];
}

function meanOf(scores: readonly Accuracy[]): Accuracy {
  const mean = (of: (score: Accuracy) => number): number => scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return { ga: mean(({ ga }) => ga), fga: mean(({ fga }) => fga), fta: mean(({ fta }) => fta), pa: mean(({ pa }) => pa) };
}

const words = ({ ga, pa, fga, fta }: Accuracy): string => `GA ${ga.toFixed(3)}, PA ${pa.toFixed(3)}, FGA ${fga.toFixed(3)}, FTA ${fta.toFixed(3)}`;
