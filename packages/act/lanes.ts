import type { Entity, IncidentStep, Stage } from '#model/incident.ts';
import { orderedStages } from './incident-words.ts';

/** What an entity did in an incident. */
export interface Lane {
  readonly entity: Entity;
  /** Columns in which it takes part. */
  readonly at: readonly number[];
}

/** One for each entity, in the order in which they take part. */
export function lanesOf(steps: readonly IncidentStep[]): readonly Lane[] {
  const lanes = new Map<string, { entity: Entity; at: number[] }>();
  steps.forEach((step, column) => {
    for (const entity of step.entities) {
      const key = `${entity.kind}\0${entity.name}`;
      const lane = lanes.get(key) ?? { entity, at: [] };
      if (lane.at.at(-1) !== column) lane.at.push(column);
      lanes.set(key, lane);
    }
  });
  return [...lanes.values()];
}

/** The stage that is furthest along: what the step achieved. */
export function leadingStage(step: IncidentStep | undefined): Stage | undefined {
  return step === undefined ? undefined : orderedStages(step.stages).at(-1);
}
