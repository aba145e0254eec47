import { statSync } from 'node:fs';
import type { ModelStatus } from '#model/model-card.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { jsonText, renderOptions, writeRendered } from '../rendered-output.ts';
import { modelsOffOption } from '../scan-options.ts';

const switchOption = { 'models-off': modelsOffOption } as const;

export default defineCommand({
  name: 'models',
  summary: 'List, read and evaluate the learned models',
  description:
    'Every model has a card: what it is for, the data behind it, its figures with the command that gives each, and where it is wrong. Without a subcommand it lists them: whether each ' +
    'is on, which detectors ask it, and what a watch with --keep saw of its surprises.',
  options: { ...renderOptions(['pretty', 'json', 'markdown']), ...switchOption },
  examples: [
    { command: 'watchward models', explain: 'What has learned something here, and whether it still fits.' },
    { command: 'watchward models card assigned-credential', explain: 'One card whole.' },
  ],
  run: list,
  subcommands: [
    { name: 'list', summary: 'Name every model, what it is worth and whether it is on', description: 'The same as without a subcommand.', options: { ...renderOptions(['pretty', 'json', 'markdown']), ...switchOption }, run: list },
    {
      name: 'card', summary: 'Print the card of a model', description: 'Purpose, data, split, figures, limits, training, drift, and how to evaluate it on data of your own.',
      positionals: [{ name: 'id', help: 'Id of the model', required: true }], options: { ...renderOptions(['pretty', 'json', 'markdown', 'html']), ...switchOption },
      examples: [{ command: 'watchward models card assigned-credential --format markdown', explain: 'For documentation.' }], run: card,
    },
    {
      name: 'evaluate', summary: 'Measure a model on labelled data',
      description: 'Reads a folder of labelled data, asks the model as its detectors do, and prints the figures beside those of its card. What the folder must hold stands in the card. Nothing is learned from it.',
      positionals: [{ name: 'id', help: 'Id of the model, or of one of its evaluations', required: true }],
      options: { data: { type: 'string', value: 'DIR', path: true, help: 'Folder with the labelled data' }, ...renderOptions(['pretty', 'json', 'markdown', 'html']) },
      run: evaluate,
    },
  ],
});

async function list(invocation: Invocation): Promise<number> {
  const { io, options, stateDir } = invocation;
  const [{ modelStatuses }, printer] = await Promise.all([import('#engine/model-desk.ts'), import('#engine/model-printer.ts')]);
  const models = await modelStatuses(options.list('models-off'), stateDir);
  writeRendered({ pretty: (look) => printer.modelList(models, look), json: () => jsonText(models.map(flat)), markdown: () => printer.modelListMarkdown(models) }, invocation);
  if (!options.flag('quiet') && !options.flag('json')) io.stderr(`${models.length} ${models.length === 1 ? 'model' : 'models'}; \`watchward models card ID\` tells about one, the setting \`models-off\` turns one off\n`);
  return exitCodes.clean;
}

async function card(invocation: Invocation): Promise<number> {
  const { options, positionals, stateDir } = invocation;
  const [{ modelStatus }, printer] = await Promise.all([import('#engine/model-desk.ts'), import('#engine/model-printer.ts')]);
  const status = await modelStatus(positionals[0] ?? '', options.list('models-off'), stateDir);
  writeRendered({ pretty: (look) => printer.modelCard(status, look), json: () => jsonText(flat(status)), markdown: () => printer.modelCardMarkdown(status), html: () => printer.modelPage(status) }, invocation);
  return exitCodes.clean;
}

async function evaluate(invocation: Invocation): Promise<number> {
  const { options, positionals } = invocation;
  const id = positionals[0] ?? '';
  const [{ evaluateModel, modelStatus }, printer] = await Promise.all([import('#engine/model-desk.ts'), import('#engine/model-printer.ts')]);
  const folder = options.text('data');
  if (folder === undefined) {
    const { evaluations } = await modelStatus(id, [], invocation.stateDir);
    throw new CliError('usage', 'evaluate needs --data', `Name a folder that holds: ${evaluations.map(({ data }) => data).join('; or: ')}.`);
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new CliError('usage', `${folder} is no folder that can be read`, 'Check the path.');
  const evaluated = await evaluateModel(id, folder);
  writeRendered({
    pretty: (look) => printer.evaluationText(evaluated, look), html: () => printer.evaluationPage(evaluated), markdown: () => printer.evaluationMarkdown(evaluated),
    json: () => jsonText({ model: evaluated.card.id, version: evaluated.card.version, evaluation: evaluated.evaluation.id, folder, seconds: evaluated.seconds, ...evaluated.result }),
  }, invocation);
  return exitCodes.clean;
}

/** For programs: the card's own members, and what is so here. */
function flat({ card: own, drift, evaluations, on }: ModelStatus): object {
  return { ...own, on, drift: drift ?? null, evaluations };
}
