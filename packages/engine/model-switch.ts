import type { Diagnostic } from '#model/diagnostic.ts';
import { loadModelCards } from './content.ts';
import { EngineError } from './errors.ts';
import { nearest } from './nearest.ts';

/** What does not run where models are turned off. */
export interface SwitchedOff {
  /** Ids of the detectors that ask one of the models. */
  readonly units: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
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
    units: new Set(off.flatMap(({ usedBy }) => usedBy)),
    diagnostics: off.map(({ id, usedBy }): Diagnostic => ({ code: 'model-off', rule: id, message: `model ${id} is turned off, and with it ${usedBy.join(', ')}` })),
  };
}
