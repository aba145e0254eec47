import type { KeptVerdict } from '#store/state/verdicts.ts';
import type { Notice } from '#model/sink.ts';
import type { State } from '#store/state.ts';
import type { DismissedExample, IncidentDesk } from './incident-desk.ts';
import { entityKinds } from '#model/incident.ts';
import type { Entity } from '#model/incident.ts';

/** Hands what people have said since verdict number `after` to the desk; gives it, and the number of the last one. */
export function readVerdicts(state: State, after: number, desk: IncidentDesk): { readonly last: number; readonly given: readonly KeptVerdict[] } {
  let last = after;
  const given = state.verdicts.since(after);
  for (const verdict of given) {
    const example = exampleFrom(verdict);
    desk.rule({ incident: verdict.incident, verdict: verdict.verdict, ...(verdict.until === undefined ? {} : { until: verdict.until }), ...(example === undefined ? {} : { example }) });
    last = verdict.number;
  }
  return { last, given };
}

/** What receivers are told of a verdict: tickets are closed and pages are ended by it. Nothing for what was opened again: its next change tells. */
export function verdictNotices(state: State, { incident: id, verdict, number }: KeptVerdict): Notice[] {
  const kept = verdict === 'reopened' ? undefined : state.incidents().find(({ incident }) => incident.id === id);
  if (kept === undefined || verdict === 'reopened') return [];
  return [{ kind: 'incident', key: `${id}-${kept.revision}-${verdict}-${number}`, revision: kept.revision, incident: kept.incident, verdict }];
}

/** The store keeps examples as text that it does not look into. What is malformed covers nothing. */
function exampleFrom({ example }: Pick<KeptVerdict, 'example'>): DismissedExample | undefined {
  if (example === undefined) return undefined;
  try {
    const { rules, entities } = JSON.parse(example) as { readonly rules?: unknown; readonly entities?: unknown };
    if (!Array.isArray(rules) || !Array.isArray(entities)) return undefined;
    return { rules: rules.filter((rule) => typeof rule === 'string'), entities: entities.filter(isEntity) };
  } catch {
    return undefined;
  }
}

function isEntity(value: unknown): value is Entity {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('name' in value)) return false;
  return typeof value.name === 'string' && entityKinds.some((kind) => kind === value.kind);
}
