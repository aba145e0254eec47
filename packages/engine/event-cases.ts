import { entriesOf } from '#formats/yaml.ts';
import type { Mapping } from '#model/unit.ts';
import { loadEventRules } from './event-rules.ts';
import { EventStream } from './stream.ts';
import type { StreamResult } from './stream.ts';

/** Raw records on which an event rule must fire, and on which it must not; a list of records is a sequence, for rules that count or wait. */
export interface EventCases {
  readonly fires: readonly unknown[];
  readonly silent: readonly unknown[];
}

/** Reads the decoded cases of an event rule. Throws an `Error` that says what is malformed. */
export function readEventCases(unit: string, data: unknown): EventCases {
  const top = entriesOf(data);
  const list = (kind: 'fires' | 'silent'): readonly unknown[] => {
    const found = top?.get(kind);
    if (!Array.isArray(found) || found.length === 0) throw new Error(`the cases of ${unit} lack the list \`${kind}\``);
    return found;
  };
  return { fires: list('fires'), silent: list('silent') };
}

const mostRepeated = 10_000;

/** `{repeat: 200, record: ...}` stands for so many records, in which `${n}` is the number of each, from 0. */
function sequenceOf(given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) return [given];
  return (given as readonly unknown[]).flatMap((item) => {
    const parts = entriesOf(item);
    const times = parts?.get('repeat');
    if (parts?.size !== 2 || !parts.has('record') || typeof times !== 'number') return [item];
    const text = JSON.stringify(parts.get('record'));
    return Array.from({ length: Math.min(times, mostRepeated) }, (_, n): unknown => JSON.parse(text.replaceAll('${n}', String(n))));
  });
}

/** Runs one rule alone, through the whole line, on one record or on a sequence of them; signals are those of all, the outcome is the last one's. */
export function runEventRule(rule: { readonly id: string; readonly yaml: string }, mappings: readonly Mapping[], given: unknown): StreamResult {
  const { rules, correlations, diagnostics } = loadEventRules([rule], []);
  const stream = new EventStream({ mappings, rules, correlations });
  const results = sequenceOf(given).map((value, at) => stream.push({ source: 'cases', sequence: at + 1, value }));
  const last = results.at(-1);
  if (last === undefined) throw new RangeError(`a case of ${rule.id} is a list without a record`);
  return { ...last, signals: results.flatMap(({ signals }) => signals), diagnostics: [...diagnostics, ...results.flatMap((result) => result.diagnostics)] };
}
