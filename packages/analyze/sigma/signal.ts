import type { Event, Signal } from '#model/event.ts';
import type { Confidence } from '#model/severity.ts';
import type { UnscoredSignal } from '#model/stream.ts';
import type { CompiledRule } from './compile.ts';

/** What a rule says about itself decides how far it is believed; specification, "Status". */
const confidenceByStatus: ReadonlyMap<string, Confidence> = new Map([
  ['stable', 'high'], ['experimental', 'low'], ['deprecated', 'low'], ['unsupported', 'low'],
]);

const maximumPart = 120;

export function signalOf({ id, rule }: CompiledRule, event: Event): UnscoredSignal {
  const tags = rule.tags.map((tag) => tag.toLowerCase()).filter((tag) => tag.startsWith('attack.')).map((tag) => tag.slice(7));
  const isTechnique = (tag: string): boolean => /^t\d{4}(?:\.\d{3})?$/.test(tag);
  return {
    rule: id,
    title: rule.title,
    severity: rule.level,
    confidence: confidenceByStatus.get(rule.status ?? '') ?? 'medium',
    message: [`${rule.title}:`, ...circumstances(event)].join(' '),
    time: event.time,
    techniques: tags.filter(isTechnique).map((tag) => tag.toUpperCase()),
    // Groups, software, data sources, mitigations and assets are numbered; tactics are words.
    tactics: tags.filter((tag) => !isTechnique(tag) && !/^[a-z]{1,2}\d+$/.test(tag)),
    evidence: evidenceOf(event),
    events: [event],
    references: rule.references,
    falsePositives: rule.falsePositives,
  };
}

/** What was done, by whom, from where, to what: identifiers only, never the content of a request. */
function circumstances(event: Event): string[] {
  const named = [
    ['', textAt(event, 'api', 'operation') ?? textAt(event, 'activity_name')],
    ['by ', textAt(event, 'actor', 'user', 'name') ?? textAt(event, 'actor', 'user', 'uid') ?? textAt(event, 'user', 'name')],
    ['from ', textAt(event, 'src_endpoint', 'ip') ?? textAt(event, 'src_endpoint', 'name')],
    ['on ', textAt(event, 'resources', '0', 'name') ?? textAt(event, 'resources', '0', 'uid')],
  ] as const;
  const parts = named.flatMap(([word, text]) => (text === undefined ? [] : [word + text.slice(0, maximumPart)]));
  return textAt(event, 'status') === 'Failure' ? [...parts, '(it failed)'] : parts;
}

/** Factors are those of `packages/score/factors.ts`. */
function evidenceOf(event: Event): Signal['evidence'] {
  const evidence: { factor: string; detail: string }[] = [];
  if (event.status_id === 2) evidence.push({ factor: 'event.outcome.failure', detail: 'the attempt failed' });
  if (at(event, 'actor', 'user', 'type_id') === 2) evidence.push({ factor: 'event.privileged', detail: 'done by an administrator' });
  return evidence;
}

function textAt(event: Event, ...path: readonly string[]): string | undefined {
  const value = at(event, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
