import type { PatternOptions } from './rule.ts';
import { regexAt, type RuleMap, RuleMistake, type RulePath } from './rule-reader.ts';

const flags = new Map<string, keyof PatternOptions>([
  ['constant_propagation', 'constantPropagation'], ['symbolic_propagation', 'symbolicPropagation'], ['ac_matching', 'acMatching'],
  ['taint_assume_safe_functions', 'taintAssumeSafeFunctions'], ['taint_assume_safe_indexes', 'taintAssumeSafeIndexes'], ['taint_assume_safe_comparisons', 'taintAssumeSafeComparisons'],
  ['taint_assume_safe_booleans', 'taintAssumeSafeBooleans'], ['taint_unify_mvars', 'taintUnifyMvars'],
  ['implicit_deep_exprstmt', 'implicitDeepExprstmt'], ['generic_caseless', 'caseInsensitiveRegex'],
]);

/** What is always so here, whatever a rule says; where it says otherwise, that is told. */
const fixed = new Map<string, unknown>([
  ['taint_only_propagate_through_assignments', false], ['taint_assume_safe_numbers', false], ['commutative_boolop', true], ['implicit_return', true], ['generic_multiline', true], ['generic_engine', 'spacegrep'],
  ['attr_expr', true], ['decl_ident_as_expr', false], ['xml_attrs_implicit_ellipsis', true], ['xml_children_ordered', false], ['xml_singleton_loose_matching', true], ['arrow_is_function', true], ['let_is_var', true],
  ['flddef_assign', false], ['vardef_assign', true], ['go_deeper_expr', true], ['go_deeper_stmt', true], ['implicit_ellipsis', true],
]);

/** Options that change nothing here. */
const harmless = new Set(['interfile', 'taint_intrafile']);

/** The options of a rule; one that is not known is noted, and the rule runs without it. */
export function readOptions(map: RuleMap, note: (message: string, path: RulePath) => void): PatternOptions {
  const options: { -readonly [name in keyof PatternOptions]?: unknown } = {};
  for (const [key, value] of map) {
    const name = String(key);
    const flag = flags.get(name);
    const path = ['options', name];
    if (flag !== undefined) options[flag] = truth(value, path);
    else if (name === 'generic_ellipsis_max_span' && typeof value === 'number') options.genericEllipsisMaxSpan = Math.max(0, Math.min(1_000, value));
    else if (name === 'taint_carriers') options.taintCarriers = regexAt(value, path);
    else if (name === 'generic_comment_style' && typeof value === 'string') options.genericCommentStyle = value;
    else if (fixed.has(name)) {
      if (fixed.get(name) !== value) note(`the option ${name} is ${String(fixed.get(name))} here, whatever a rule says`, path);
    } else if (!harmless.has(name)) note(`the option ${name} is not known; the rule runs without it`, path);
  }
  return options as PatternOptions;
}

function truth(value: unknown, path: RulePath): boolean {
  if (typeof value === 'boolean') return value;
  throw new RuleMistake(path, `the option must be true or false`);
}
