import type { CompiledRule } from './compile.ts';
import type { CompiledCorrelation } from './correlation.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { Expression } from './node.ts';

export interface RuleSet {
  readonly rules: readonly CompiledRule[];
  readonly correlations: readonly CompiledCorrelation[];
}

/** The state that new rules begin with: that of every correlation which asks what it asked before, of rules that find what they found. */
export function carryOver(state: CorrelationState, before: RuleSet, after: RuleSet): CorrelationState {
  const [was, is] = [meaningsOf(before), meaningsOf(after)];
  return new Map([...state].filter(([id]) => is.has(id) && is.get(id) === was.get(id)));
}

/** What each correlation means, as a text: equal texts, equal answers. */
function meaningsOf({ rules, correlations }: RuleSet): ReadonlyMap<string, string> {
  const wanted = new Set(correlations.flatMap((correlation) => correlation.rules));
  const known = new Map(rules.flatMap(({ id, rule, expression }) => (wanted.has(id) ? [[id, written([rule.logsource, meaningOf(expression)])] as const] : [])));
  const meanings = new Map<string, string>();
  // Those behind others stand before them.
  for (const { id, correlation, rules: behind, names } of correlations) {
    meanings.set(id, written([correlation, names ?? [], behind.map((rule) => [rule, known.get(rule) ?? meanings.get(rule) ?? ''])]));
  }
  return meanings;
}

function meaningOf(expression: Expression): unknown {
  if (expression.kind === 'atom') return expression.atom.key;
  if (expression.kind === 'not') return ['not', meaningOf(expression.of)];
  return [expression.kind, expression.kind === 'some' ? expression.count : 0, ...expression.of.map(meaningOf)];
}

/** As JSON, with what maps hold. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (inner instanceof Map ? [...(inner as Map<unknown, unknown>)] : inner));
}
