import type { SigmaIssueCode } from './sigma.ts';

/** Modifiers of the Sigma specification 2.1.0, appendix "Modifiers". Anything else is an error. */
export const sigmaModifiers = [
  'all', 'startswith', 'endswith', 'contains', 'exists', 'cased', 'neq', 'windash', 're', 'i', 'm', 's', 'base64', 'base64offset',
  'utf16le', 'utf16be', 'utf16', 'wide', 'lt', 'lte', 'gt', 'gte', 'minute', 'hour', 'day', 'week', 'month', 'year', 'cidr', 'expand',
  'fieldref',
] as const;
export type SigmaModifier = (typeof sigmaModifiers)[number];

export type SigmaValue = string | number | boolean | null;

/** One `field|modifiers: values`; without a field the values are searched for in the whole event. */
export interface SigmaItem {
  readonly field: string | undefined;
  readonly modifiers: readonly SigmaModifier[];
  readonly values: readonly SigmaValue[];
}

/** Maps are AND, lists are OR (specification, "Detection"). */
export type SigmaSelection =
  | { readonly kind: 'all' | 'any'; readonly of: readonly SigmaSelection[] }
  | { readonly kind: 'item'; readonly item: SigmaItem };

type Report = (code: SigmaIssueCode, message: string, path: readonly (string | number)[]) => void;
type Path = readonly (string | number)[];

const maximumDepth = 16;

/** Reads one search identifier. Returns undefined after a mistake, which has been reported. */
export function parseSelection(value: unknown, report: Report, path: Path = []): SigmaSelection | undefined {
  if (path.length > maximumDepth) {
    report('too-deep', `selections may nest ${maximumDepth} deep`, path);
    return undefined;
  }
  if (value instanceof Map) return parseMap(value, report, path);
  if (Array.isArray(value)) return parseList(value, report, path);
  if (isValue(value) && value !== null) return { kind: 'item', item: { field: undefined, modifiers: [], values: [value] } };
  report('bad-type', 'a selection must be a mapping or a list', path);
  return undefined;
}

function parseMap(map: Map<unknown, unknown>, report: Report, path: Path): SigmaSelection | undefined {
  if (map.size === 0) {
    report('empty-selection', 'a selection must name at least one field', path);
    return undefined;
  }
  const of = [...map].map(([key, value]) => parseItem(String(key), value, report, [...path, String(key)]));
  return of.every((part) => part !== undefined) ? { kind: 'all', of } : undefined;
}

function parseList(list: readonly unknown[], report: Report, path: Path): SigmaSelection | undefined {
  if (list.length === 0) {
    report('empty-selection', 'a selection must hold at least one value', path);
    return undefined;
  }
  const keywords = list.filter((item) => isValue(item) && item !== null) as SigmaValue[];
  if (keywords.length === list.length) return { kind: 'item', item: { field: undefined, modifiers: [], values: keywords } };
  const of = list.map((item, index) => parseSelection(item, report, [...path, index]));
  return of.every((part) => part !== undefined) ? { kind: 'any', of } : undefined;
}

function parseItem(key: string, value: unknown, report: Report, path: Path): SigmaSelection | undefined {
  const [field = '', ...names] = key.split('|');
  const modifiers: SigmaModifier[] = [];
  for (const name of names) {
    const known = sigmaModifiers.find((modifier) => modifier === name.trim());
    if (known === undefined) {
      report('unknown-modifier', `unknown modifier "${name}" at "${key}"; known: ${sigmaModifiers.join(', ')}`, path);
      return undefined;
    }
    modifiers.push(known);
  }
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every(isValue)) {
    report('bad-type', `the values of "${key}" must be texts, numbers, booleans or null`, path);
    return undefined;
  }
  if (values.length === 0) {
    report('empty-selection', `"${key}" has an empty list of values`, path);
    return undefined;
  }
  const name = field.trim();
  return { kind: 'item', item: { field: name === '' ? undefined : name, modifiers, values } };
}

function isValue(value: unknown): value is SigmaValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
