import type { Diagnostic } from '#model/diagnostic.ts';
import type { ModelCard } from '#model/model-card.ts';
import { loadModelCards } from './content.ts';
import { EngineError } from './errors.ts';
import { nearest } from './nearest.ts';

/** What does not run where models are turned off. */
export interface SwitchedOff {
  /** Ids of the detectors that ask one of the models. */
  readonly units: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Code that asks a model without being a detector, by its path: it cannot be left out. */
function isCode(unit: string): boolean {
  return unit.startsWith('packages/');
}

/** A model that is off takes every detector with it that asks it: half an answer is none. Throws for a model that nobody knows. */
export function switchedOff(models: readonly string[]): SwitchedOff {
  if (models.length === 0) return { units: new Set(), diagnostics: [] };
  const cards = loadModelCards();
  const off = [...new Set(models)].map((id) => {
    const card = cards.get(id);
    if (card !== undefined) return card;
    const meant = nearest(id, cards.keys());
    throw new EngineError('model-unknown', `there is no model ${id} to turn off; ${meant === undefined ? '`watchward models list` names them all' : `did you mean ${meant}?`}`);
  });
  return {
    units: new Set(off.flatMap(({ usedBy }) => usedBy.filter((unit) => !isCode(unit)))),
    diagnostics: off.map((card): Diagnostic => ({ code: 'model-off', rule: card.id, message: offWords(card) })),
  };
}

function offWords({ id, usedBy }: ModelCard): string {
  const [detectors, code] = [usedBy.filter((unit) => !isCode(unit)), usedBy.filter(isCode)];
  const gone = detectors.length === 0 ? `no detector asks model ${id}, so that nothing is turned off` : `model ${id} is turned off, and with it ${detectors.join(', ')}`;
  return code.length === 0 ? gone : `${gone}; ${code.join(', ')} goes on asking it`;
}
