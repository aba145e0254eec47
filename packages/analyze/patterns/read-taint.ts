import type { TaintParts, TaintPropagator, TaintRequirement, TaintSanitizer, TaintSink, TaintSource } from './rule.ts';
import { readFormula } from './read-formula.ts';
import { isLabelCondition } from './taint/labels.ts';
import { flagAt, listAt, mapAt, metavariableAt, type RuleMap, RuleMistake, type RulePath, textAt, textsAt } from './rule-reader.ts';

/** Sources, sinks, sanitizers and propagators, in the older syntax (`pattern-sources`) or under `taint` in the newer one (`sources`). */
export function readTaint(map: RuleMap, prefix: '' | 'pattern-', path: RulePath): TaintParts {
  const each = <T>(name: string, read: (item: unknown, here: RulePath) => T): readonly T[] => {
    const value = map.get(`${prefix}${name}`);
    const here = [...path, `${prefix}${name}`];
    return value === undefined || value === null ? [] : listAt(value, here).map((item, at) => read(item, [...here, at]));
  };
  const parts: TaintParts = { sources: each('sources', source), sinks: each('sinks', sink), sanitizers: each('sanitizers', sanitizer), propagators: each('propagators', propagator) };
  if (parts.sources.length === 0) throw new RuleMistake(path, `a taint rule needs \`${prefix}sources\``);
  if (parts.sinks.length === 0) throw new RuleMistake(path, `a taint rule needs \`${prefix}sinks\``);
  return parts;
}

const empty: RuleMap = new Map();

function part(item: unknown): RuleMap {
  return item instanceof Map ? (item as RuleMap) : empty;
}

function source(item: unknown, path: RulePath): TaintSource {
  const map = part(item);
  return {
    formula: readFormula(item, path),
    ...optionalText(map, 'label', path),
    ...optionalLabels(map, path),
    exact: flagAt(map, 'exact', path) ?? false,
    bySideEffect: sideEffect(map, path),
    control: flagAt(map, 'control', path) ?? false,
  };
}

function sink(item: unknown, path: RulePath): TaintSink {
  const map = part(item);
  const requires = map.get('requires');
  return {
    formula: readFormula(item, path),
    ...(requires === undefined ? {} : { requires: requirement(requires, [...path, 'requires']) }),
    exact: flagAt(map, 'exact', path) ?? true,
    atExit: flagAt(map, 'at-exit', path) ?? false,
  };
}

function requirement(value: unknown, path: RulePath): TaintRequirement {
  if (!Array.isArray(value)) return labelsAt(value, path);
  return value.flatMap((item, at) => [...mapAt(item, [...path, at])].map(([name, condition]) => ({ metavariable: metavariableAt(name, [...path, at]), condition: textAt(condition, [...path, at]) })));
}

function sanitizer(item: unknown, path: RulePath): TaintSanitizer {
  const map = part(item);
  return {
    formula: readFormula(item, path),
    exact: flagAt(map, 'exact', path) ?? false,
    bySideEffect: sideEffect(map, path),
    notConflicting: flagAt(map, 'not-conflicting', path) ?? flagAt(map, 'not_conflicting', path) ?? false,
  };
}

function propagator(item: unknown, path: RulePath): TaintPropagator {
  const map = mapAt(item, path);
  const labels = map.get('replace-labels');
  return {
    formula: readFormula(item, path),
    from: metavariableAt(map.get('from'), [...path, 'from']),
    to: metavariableAt(map.get('to'), [...path, 'to']),
    bySideEffect: flagAt(map, 'by-side-effect', path) ?? true,
    ...optionalLabels(map, path),
    ...optionalText(map, 'label', path),
    ...(labels === undefined ? {} : { replaceLabels: textsAt(labels, [...path, 'replace-labels']) }),
  };
}

function sideEffect(map: RuleMap, path: RulePath): boolean | 'only' {
  return map.get('by-side-effect') === 'only' ? 'only' : (flagAt(map, 'by-side-effect', path) ?? false);
}

/** A condition on labels; one that cannot be read would never hold. */
function labelsAt(value: unknown, path: RulePath): string {
  const text = textAt(value, path);
  if (!isLabelCondition(text)) throw new RuleMistake(path, `${JSON.stringify(text)} is no condition on labels such as \`A and not (B or C)\``);
  return text;
}

function optionalLabels(map: RuleMap, path: RulePath): { requires?: string } {
  const value = map.get('requires');
  return value === undefined ? {} : { requires: labelsAt(value, [...path, 'requires']) };
}

function optionalText<K extends string>(map: RuleMap, key: K, path: RulePath): { [name in K]?: string } {
  const value = map.get(key);
  return value === undefined ? {} : ({ [key]: textAt(value, [...path, key]) } as { [name in K]: string });
}
