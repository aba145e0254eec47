import { join } from 'node:path';
import { openState } from '#store/state.ts';
import { entityRiskLimits, halfLife, rankedEntities, riskLater, shares } from '#score/entity-risk/entity-risk.ts';
import type { EntityRisk, KnownRisk } from '#score/entity-risk/entity-risk.ts';
import { entriesByTable } from './entry-parts.ts';
import { EngineError } from './errors.ts';
import { riskTable } from './incident-memory.ts';

export type { EntityRisk } from '#score/entity-risk/entity-risk.ts';

const day = 86_400_000;

/** Everything that is needed to compute the risks again (`packages/score/entity-risk/recompute.py`). */
export interface EntityExport {
  /** Milliseconds since the epoch: the newest signal of all, unless another time was asked for. */
  readonly asOf: number;
  readonly halfLifeDays: number;
  readonly shares: Readonly<Record<string, number>>;
  readonly entities: readonly EntityRisk[];
}

export interface EntityRisks extends EntityExport {
  /** As many entities are known as there is room for. */
  readonly full: boolean;
  /** The risk in so many days if nothing more happens. */
  later(one: EntityRisk, days: number): number;
}

/** What a watch knows against entities, the riskiest first. Throws StoreError where nothing was kept. */
export function entityRisks(folder: string, at?: number): EntityRisks {
  const known = knownIn(folder);
  const asOf = at ?? known.reduce((latest, { evidence }) => evidence.reduce((most, { last }) => Math.max(most, last), latest), 0);
  const byKey = new Map(known.map((one) => [keyOf(one), one]));
  return {
    asOf, halfLifeDays: halfLife / day, shares, entities: rankedEntities(known, asOf), full: known.length >= entityRiskLimits.entities,
    later: (one, days) => riskLater(byKey.get(keyOf(one)) ?? { kind: one.kind, name: one.name, evidence: [], omitted: 0 }, asOf, days * day),
  };
}

/** One entity by its name, or by kind and name as `user/mira`. */
export function findEntity(entities: readonly EntityRisk[], wanted: string): EntityRisk {
  const found = entities.filter(({ kind, name }) => name === wanted || `${kind}/${name}` === wanted);
  const [only, ...others] = found;
  if (only === undefined) throw new EngineError('entity-unknown', `nothing is known against ${wanted}; \`watchward entities\` lists who and what is`);
  if (others.length > 0) throw new EngineError('entity-unknown', `${wanted} is ${found.map(({ kind }) => `a ${kind}`).join(' and ')}; write ${found.map(({ kind, name }) => `${kind}/${name}`).join(' or ')}`);
  return only;
}

function knownIn(folder: string): KnownRisk[] {
  const state = openState(join(folder, 'state'), { role: 'guest' });
  try {
    return (entriesByTable(state.checkpoint?.parts ?? new Map()).get(riskTable) ?? []).map(([, { entry }]) => entry as KnownRisk);
  } finally {
    state.close();
  }
}

function keyOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}\0${name}`;
}
