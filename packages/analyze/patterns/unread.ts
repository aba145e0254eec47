import { conditionKeys, formulaKeys } from './read-formula.ts';
import type { RuleMap, RulePath } from './rule-reader.ts';

type Note = (message: string, path: RulePath) => void;

const taintParts = ['pattern-sources', 'pattern-sinks', 'pattern-sanitizers', 'pattern-propagators', 'sources', 'sinks', 'sanitizers', 'propagators'];

/** What may stand in a formula, a condition or a part of a taint rule. */
const known: ReadonlySet<string> = new Set([
  ...formulaKeys, ...conditionKeys, 'focus-metavariable', 'focus', 'where', 'metavariable', 'language', 'comparison', 'constant-propagation', 'base', 'strip', 'analyzer', 'type', 'types', 'module', 'modules',
  'label', 'requires', 'exact', 'by-side-effect', 'control', 'at-exit', 'not-conflicting', 'not_conflicting', 'from', 'to', 'replace-labels',
]);

/** Keys of a rule as a whole that ask for what is not done here. */
const unfollowed = new Map([
  ['validators', 'validators are not asked, for no request leaves this machine'],
  ['equivalences', 'equivalences are not followed'],
  ['dependencies', 'dependencies are not asked for; the rule runs on every project'],
  ['r2c-internal-project-depends-on', 'dependencies are not asked for; the rule runs on every project'],
  ['project-depends-on', 'dependencies are not asked for; the rule runs on every project'],
]);

/** Says of a rule that could be read what of it was not: keys that nobody knows, and those that ask for more than is done here. */
export function noteUnread(rule: RuleMap, note: Note): void {
  for (const [key, message] of unfollowed) if (rule.has(key)) note(message, [key]);
  for (const key of [...formulaKeys, 'match', ...taintParts]) inside(rule.get(key), [key], note);
  const taint = rule.get('taint');
  if (taint instanceof Map) for (const key of taintParts) inside((taint as RuleMap).get(key), ['taint', key], note);
}

function inside(value: unknown, path: RulePath, note: Note): void {
  if (Array.isArray(value)) return value.forEach((one, at) => inside(one, [...path, at], note));
  if (!(value instanceof Map)) return;
  const map = value as RuleMap;
  const own = path.includes('requires') ? [] : [...map];
  for (const [key, part] of own) {
    const name = String(key);
    if (known.has(name)) inside(part, [...path, name], note);
    else note(`the key ${name} is not known here; the rule runs without it`, [...path, name]);
  }
  if (conditionKeys.filter((key) => map.has(key)).length > 1) note('of several conditions in one item only the first counts; give each an item of its own', path);
  if (map.get('control') === true) note('a source that controls what is done is followed as data only', [...path, 'control']);
  if (map.get('at-exit') === true) note('a sink counts wherever it stands, at an exit or not', [...path, 'at-exit']);
  if (map.has('replace-labels')) note('labels are not replaced; a propagator gives its label to all', [...path, 'replace-labels']);
  if (Array.isArray(map.get('requires'))) note('labels that are asked for by metavariable are not asked for', [...path, 'requires']);
}
