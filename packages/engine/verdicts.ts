import { feedbackOf } from '#score/incidents/feedback.ts';
import type { Feedback, Judgement } from '#score/incidents/feedback.ts';
import type { KeptVerdict, VerdictKind } from '#store/state/verdicts.ts';
import type { Notice, NoticeVerdict } from '#model/sink.ts';
import type { State } from '#store/state.ts';
import type { DismissedExample, IncidentDesk } from './incident-desk.ts';
import { entityKinds } from '#model/incident.ts';
import type { Entity } from '#model/incident.ts';

/** By incident, what holds: the last thing that was said of it and not taken back. */
export function inForce(verdicts: readonly KeptVerdict[]): Map<string, KeptVerdict> {
  const said = new Map<string, KeptVerdict[]>();
  for (const verdict of verdicts) {
    const before = said.get(verdict.incident) ?? [];
    said.set(verdict.incident, before);
    if (verdict.verdict === 'undone') before.pop();
    else before.push(verdict);
  }
  return new Map([...said].flatMap(([incident, list]) => (list.length === 0 ? [] : [[incident, list.at(-1) as KeptVerdict]])));
}

/** What verdicts in force say of others like the incidents that they are about. */
export function feedbackFrom(verdicts: ReadonlyMap<string, KeptVerdict>): Feedback {
  return feedbackOf([...verdicts.values()].sort((a, b) => a.number - b.number).flatMap(judgementFrom));
}

/** Hands what people have said since verdict number `after` to the desk; gives it, and the number of the last one. */
export function readVerdicts(state: State, after: number, desk: IncidentDesk): { readonly last: number; readonly given: readonly KeptVerdict[] } {
  const given = state.verdicts.since(after);
  const last = given.at(-1)?.number ?? after;
  if (given.length === 0) return { last, given };
  const holds = inForce(state.verdicts.since());
  for (const incident of new Set(given.map((one) => one.incident))) {
    const verdict = holds.get(incident);
    if (verdict === undefined || verdict.verdict === 'undone') desk.unrule(incident);
    else {
      const example = exampleFrom(verdict);
      desk.rule({ incident, verdict: verdict.verdict, ...(verdict.until === undefined ? {} : { until: verdict.until }), ...(example === undefined ? {} : { example }) });
    }
  }
  desk.learn(feedbackFrom(holds));
  return { last, given };
}

/** In the words that receivers know; nothing for what is open again: its next change tells. */
const noticeVerdicts: Readonly<Record<VerdictKind, NoticeVerdict | undefined>> = { accepted: 'accepted', confirmed: 'accepted', dismissed: 'dismissed', 'false-alarm': 'dismissed', closed: 'closed', reopened: undefined, undone: undefined };

/** What receivers are told of a verdict: tickets are closed and pages are ended by it. */
export function verdictNotices(state: State, { incident: id, verdict, number }: KeptVerdict): Notice[] {
  const said = noticeVerdicts[verdict];
  const kept = said === undefined ? undefined : state.incidents().find(({ incident }) => incident.id === id);
  if (kept === undefined || said === undefined) return [];
  return [{ kind: 'incident', key: `${id}-${kept.revision}-${verdict}-${number}`, revision: kept.revision, incident: kept.incident, verdict: said }];
}

function judgementFrom(verdict: KeptVerdict): Judgement[] {
  if (!['confirmed', 'false-alarm', 'dismissed'].includes(verdict.verdict)) return [];
  const { kinds } = parsed(verdict);
  return Array.isArray(kinds) ? [{ kinds: kinds.filter((kind) => typeof kind === 'string'), attack: verdict.verdict === 'confirmed' }] : [];
}

/** What is malformed covers nothing. */
function exampleFrom(verdict: KeptVerdict): DismissedExample | undefined {
  const { rules, entities } = parsed(verdict);
  if (!Array.isArray(rules) || !Array.isArray(entities)) return undefined;
  return { rules: rules.filter((rule) => typeof rule === 'string'), entities: entities.filter(isEntity) };
}

/** The store keeps examples as text that it does not look into. */
function parsed({ example }: Pick<KeptVerdict, 'example'>): { readonly rules?: unknown; readonly entities?: unknown; readonly kinds?: unknown } {
  try {
    const value: unknown = JSON.parse(example ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function isEntity(value: unknown): value is Entity {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('name' in value)) return false;
  return typeof value.name === 'string' && entityKinds.some((kind) => kind === value.kind);
}
