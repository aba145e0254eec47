import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import evaluation from '#engine/evaluations/log-lines.ts';
import { accuracy, correctTemplate, meanAccuracy, readLabelledTemplates, type Accuracy, type LabelledSystem } from '#engine/labelled-templates.ts';
import { mineLine } from '#learn/templates/miner.ts';
import type { TemplateEntry } from '#learn/templates/shelf.ts';
import { corpus } from '../corpora.ts';
import { median } from '../measure.ts';
import { defineSet, evaluated, figure, type Figure } from '../set.ts';

const speedPasses = 7;
const passLines = 300_000;

export default defineSet({
  id: 'log-templates',
  title: 'Templates mined from the 2k samples of loghub, one configuration for all systems, beside drain3 in the same run.',
  async run() {
    const folder = corpus('loghub');
    if (folder === undefined) return 'no loghub in $WATCHWARD_CORPORA';
    const systems = readLabelledTemplates(folder);
    const { figures, notes } = await evaluated(evaluation, folder);
    const speed = linesPerSecond(systems);
    return {
      figures: [
        ...figures,
        figure('lines a second on one core', String(speed), 'at least 200000, reach for 500000', speed >= 200_000),
        ...beside(systems, speed),
        figure('peak memory of the whole measurement', `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`),
      ],
      notes: [
        ...notes,
        `Speed: the median of ${speedPasses} passes of ${passLines} lines of all systems by turns, each from an empty memory, timed by what they take of the processor.`,
      ],
    };
  },
});

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
function beside(systems: readonly LabelledSystem[], speed: number): Figure[] {
  const python = process.env.DRAIN3_PYTHON;
  if (python === undefined) return [figure('drain3', 'not measured: DRAIN3_PYTHON names no Python that has it')];
  const input = JSON.stringify(systems.map(({ lines }) => lines.map(({ content }) => content)));
  const { stdout, stderr, status } = spawnSync(python, [fileURLToPath(new URL('../drain3-run.py', import.meta.url))], { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${python} could not run drain3: ${stderr.slice(-300)}`);
  const results = JSON.parse(stdout) as Readonly<Record<'plain' | 'masked', readonly DrainGrouping[]>>;
  return [['as installed', results.plain], ['with masks for numbers and addresses', results.masked]].flatMap(([name, groupings]) => drainFigures(String(name), systems, groupings as readonly DrainGrouping[], speed));
}

function drainFigures(name: string, systems: readonly LabelledSystem[], groupings: readonly DrainGrouping[], speed: number): Figure[] {
  const mean = meanAccuracy(systems.map(({ lines }, at) => accuracy(lines, (groupings[at]?.ids ?? []).map(String), (groupings[at]?.templates ?? []).map(correctTemplate))));
  const lines = groupings.reduce((sum, { ids }) => sum + ids.length, 0);
  const rate = Math.round(lines / groupings.reduce((sum, { seconds }) => sum + seconds, 0));
  return [
    figure(`drain3 ${name}: accuracy`, words(mean)),
    figure(`drain3 ${name}: lines a second`, `${rate}, ours ${(speed / rate).toFixed(1)} times`),
  ];
}

const words = ({ ga, pa, fga, fta }: Accuracy): string => `GA ${ga.toFixed(3)}, PA ${pa.toFixed(3)}, FGA ${fga.toFixed(3)}, FTA ${fta.toFixed(3)}`;
