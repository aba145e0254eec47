import { entriesOf } from '#formats/yaml.ts';
import type { Mapping } from '#model/unit.ts';
import { loadEventRules } from './event-rules.ts';
import { EventStream } from './stream.ts';
import type { StreamResult } from './stream.ts';

/** Raw records on which an event rule must fire, and on which it must not. */
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

/** Runs one rule alone, through the whole line, on one record. */
export function runEventRule(rule: { readonly id: string; readonly yaml: string }, mappings: readonly Mapping[], record: unknown): StreamResult {
  const { rules, diagnostics } = loadEventRules([rule], []);
  const result = new EventStream({ mappings, rules }).push({ source: 'cases', sequence: 1, value: record });
  return { ...result, diagnostics: [...diagnostics, ...result.diagnostics] };
}
