/** Sigma correlation rules, specification 2.1.0 ("Sigma Correlation Rules Specification"): a document to a typed correlation. */
import type { SigmaIssueCode } from './sigma.ts';

export const correlationTypes = [
  'event_count', 'value_count', 'temporal', 'temporal_ordered', 'value_sum', 'value_avg', 'value_percentile', 'value_median',
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

export const correlationOperators = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
export type CorrelationOperator = (typeof correlationOperators)[number];

export interface SigmaCorrelation {
  readonly type: CorrelationType;
  /** Ids or names of rules or correlations. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** Milliseconds. */
  readonly timespan: number;
  /** Field by alias and rule. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** All must hold. Empty for a temporal correlation: every rule must have matched. */
  readonly bounds: readonly { readonly operator: CorrelationOperator; readonly value: number }[];
  readonly fields: readonly string[];
  /** The rank that `value_percentile` reads. Undefined: it asks which share, in percent, of the values one of them has. */
  readonly percentile: number | undefined;
  /** The rules also give signals of their own. */
  readonly generate: boolean;
}

type Report = (code: SigmaIssueCode, message: string, path: readonly string[]) => void;

const units: ReadonlyMap<string, number> = new Map([['s', 1_000], ['m', 60_000], ['h', 3_600_000], ['d', 86_400_000]]);

/** Reads the section `correlation`; what is wrong has been reported, and the result is then not to be used. */
export function parseCorrelation(top: Map<unknown, unknown>, report: Report): SigmaCorrelation | undefined {
  const section = top.get('correlation');
  if (!(section instanceof Map)) {
    report('bad-type', '`correlation` must be a mapping', ['correlation']);
    return undefined;
  }
  const fail = (code: SigmaIssueCode, message: string, key: string): undefined => {
    report(code, message, ['correlation', key]);
    return undefined;
  };
  const type = correlationTypes.find((known) => known === section.get('type'));
  if (type === undefined) return fail('bad-value', `\`type\` must be one of ${correlationTypes.join(', ')}`, 'type');
  const rules = textsOf(section.get('rules'));
  if (rules.length === 0) return fail('missing-key', '`rules` must name at least one rule', 'rules');
  const timespan = durationOf(section.get('timespan'));
  if (timespan === undefined) return fail('bad-value', '`timespan` must be a number and one of s, m, h, d, such as 10m', 'timespan');
  const condition: unknown = section.get('condition');
  const bounds = boundsOf(condition);
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  if (bounds === undefined || (!temporal && bounds.length === 0)) {
    return fail('bad-value', `\`condition\` must compare with numbers by ${correlationOperators.join(', ')}`, 'condition');
  }
  const fields = condition instanceof Map ? textsOf(condition.get('field')) : [];
  if (type.startsWith('value_') && fields.length === 0) return fail('missing-key', `${type} needs \`condition.field\``, 'condition');
  const percentile: unknown = type === 'value_percentile' && condition instanceof Map ? condition.get('percentile') : 50;
  if (percentile !== undefined && (typeof percentile !== 'number' || percentile < 0 || percentile > 100)) {
    return fail('bad-value', '`condition.percentile` must be a number from 0 to 100', 'condition');
  }
  return {
    type, rules, timespan, bounds, fields, percentile, groupBy: textsOf(section.get('group-by')), aliases: aliasesOf(section.get('aliases')),
    generate: section.get('generate') === true || top.get('generate') === true,
  };
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
}

function durationOf(value: unknown): number | undefined {
  const found = /^([1-9]\d{0,5})([smhd])$/.exec(String(value));
  return found === null ? undefined : Number(found[1]) * (units.get(found[2] ?? '') ?? 0);
}

function boundsOf(condition: unknown): SigmaCorrelation['bounds'] | undefined {
  if (!(condition instanceof Map)) return condition === undefined ? [] : undefined;
  const bounds: { operator: CorrelationOperator; value: number }[] = [];
  for (const [key, value] of condition) {
    if (key === 'field' || key === 'percentile') continue;
    const operator = correlationOperators.find((known) => known === key);
    if (operator === undefined || typeof value !== 'number') return undefined;
    bounds.push({ operator, value });
  }
  return bounds;
}

function aliasesOf(value: unknown): SigmaCorrelation['aliases'] {
  if (!(value instanceof Map)) return new Map();
  return new Map([...value].map(([alias, fields]) => [String(alias), new Map(fields instanceof Map ? [...fields].map(([rule, field]) => [String(rule), String(field)]) : [])]));
}
