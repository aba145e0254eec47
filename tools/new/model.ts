import { kebab, words, type Template } from './scaffold.ts';

/** A learned model: its card, and beside the engine its evaluation. The contract over all models stands where cases do elsewhere. */
export default {
  kind: 'model',
  usage: 'model <name>',
  argument: new RegExp(`^(${kebab})$`),
  extension: 'yaml',
  place: (name) => `content/models/${name}`,
  twin: (name) => `packages/engine/evaluations/${name}.ts`,
  unit: (name) => `version: '1'
title: ${words(name)}
kind: stream
purpose: Say what it answers and what follows from the answer.
# Ids of the detectors that ask it; the contract fails until they exist.
usedBy: [event/replace-this]
data:
  - name: replace this by the data
    origin: Say who made it and where it is to be had.
    licence: Say which.
    use: tuning
split: Say how training, tuning and held-out data are kept apart.
figures:
  - {set: replace this by the data, measure: replace this, value: 0, command: replace this by what gives it again}
limits:
  - Say what it does not see, and where it is wrong.
training: Say how it learns from the stream, or the command that makes its weights.
drift: Say how one sees in operation that it no longer fits.
references: []
`,
  cases: (name) => `import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineEvaluation, EvaluationError } from '#model/model-card.ts';

export default defineEvaluation({
  id: '${name}',
  model: '${name}',
  title: '${words(name)}',
  data: 'labels.jsonl, one object a line',
  evaluate(folder) {
    if (!existsSync(join(folder, 'labels.jsonl'))) throw new EvaluationError(\`\${folder} holds no labels.jsonl\`);
    return { figures: [], notes: ['Ask the model as its detectors do, and count.'] };
  },
});
`,
} satisfies Template;
