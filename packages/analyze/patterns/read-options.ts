import type { PatternOptions } from './rule.ts';
import { regexAt, type RuleMap, RuleMistake, type RulePath } from './rule-reader.ts';

const flags = new Map<string, keyof PatternOptions>([
  ['constant_propagation', 'constantPropagation'], ['symbolic_propagation', 'symbolicPropagation'], ['ac_matching', 'acMatching'], ['commutative_boolop', 'commutativeBoolop'],
  ['taint_assume_safe_functions', 'taintAssumeSafeFunctions'], ['taint_assume_safe_indexes', 'taintAssumeSafeIndexes'], ['taint_assume_safe_comparisons', 'taintAssumeSafeComparisons'],
  ['taint_assume_safe_booleans', 'taintAssumeSafeBooleans'], ['taint_assume_safe_numbers', 'taintAssumeSafeNumbers'],
  ['taint_only_propagate_through_assignments', 'taintOnlyPropagateThroughAssignments'], ['taint_unify_mvars', 'taintUnifyMvars'], ['implicit_return', 'implicitReturn'],
  ['implicit_deep_exprstmt', 'implicitDeepExprstmt'], ['generic_multiline', 'genericMultiline'], ['attr_expr', 'attrExpr'], ['decl_ident_as_expr', 'declIdentAsExpr'],
  ['xml_attrs_implicit_ellipsis', 'xmlAttrsImplicitEllipsis'], ['xml_children_ordered', 'xmlChildrenOrdered'], ['generic_caseless', 'caseInsensitiveRegex'],
]);

/** Options that change nothing here, or are always on. */
const harmless = new Set(['interfile', 'taint_intrafile', 'generic_braces', 'generic_extra_word_characters', 'arrow_is_function', 'let_is_var', 'flddef_assign', 'vardef_assign', 'go_deeper_expr', 'go_deeper_stmt', 'implicit_ellipsis', 'xml_singleton_loose_matching']);

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
    else if (name === 'generic_engine' && typeof value === 'string') options.genericEngine = value;
    else if (!harmless.has(name)) note(`the option ${name} is not known; the rule runs without it`, path);
  }
  return options as PatternOptions;
}

function truth(value: unknown, path: RulePath): boolean {
  if (typeof value === 'boolean') return value;
  throw new RuleMistake(path, `the option must be true or false`);
}
