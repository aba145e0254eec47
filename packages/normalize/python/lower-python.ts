import type { IrModule } from '#model/ir.ts';
import { ModuleBuilder } from '../ir/module-builder.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import { call } from './calls.ts';
import { classDefinition } from './classes.ts';
import { comprehension } from './comprehensions.ts';
import { awaited, definition, lambda, returned, yielded } from './functions.ts';
import { importFrom, importStatement } from './imports.ts';
import { expressionStatement } from './leaving.ts';
import { attribute, concatenated, dictionary, float, integer, list, string, subscript, truth } from './literals.ts';
import { breakLoop, continueLoop, forLoop, whileLoop } from './loops.ts';
import { type ExpressionRule, Lowering, type Rules, type StatementRule } from './lowering.ts';
import { matchStatement } from './matches.ts';
import { binary, boolean, booleanCondition, comparison, comparisonCondition, conditional, not, notCondition, unary, walrus } from './operators.ts';
import { TreeReader } from '../syntax/tree-reader.ts';
import { type Scopes, scanScopes } from './scope-scan.ts';
import { broken, decoratedDefinition, execStatement, ifStatement, printStatement, typeAlias } from './statements.ts';
import { assignment, augmented, deleted } from './targets.ts';
import { asserted, raised, tryStatement, withStatement } from './tries.ts';

const inner: ExpressionRule = (py, node) => py.expression(py.tree.child(node));
const expressions = new Map<string, ExpressionRule>([
  ['identifier', (py, node) => py.read(py.tree.source(node), node)], ['attribute', attribute], ['subscript', subscript], ['call', call],
  ['string', string], ['concatenated_string', concatenated], ['integer', integer], ['float', float], ['true', truth], ['false', truth], ['none', (py) => py.none()],
  ['ellipsis', (py, node) => py.unknown(node)], ['list', list], ['tuple', list], ['set', list], ['expression_list', list], ['pattern_list', list], ['dictionary', dictionary],
  ['list_comprehension', comprehension], ['set_comprehension', comprehension], ['dictionary_comprehension', comprehension], ['generator_expression', comprehension],
  ['binary_operator', binary], ['unary_operator', unary], ['not_operator', not], ['boolean_operator', boolean], ['comparison_operator', comparison],
  ['conditional_expression', conditional], ['named_expression', walrus], ['lambda', lambda], ['await', awaited], ['yield', yielded],
  ['parenthesized_expression', inner], ['list_splat', inner], ['type', inner], ['as_pattern', inner], ['chevron', inner], ['list_pattern', list], ['tuple_pattern', list],
]);

const nothing: StatementRule = () => undefined;
const statements = new Map<string, StatementRule>([
  ['expression_statement', expressionStatement], ['assignment', assignment], ['augmented_assignment', augmented], ['block', (py, node) => py.statements(node)],
  ['if_statement', ifStatement], ['for_statement', forLoop], ['while_statement', whileLoop], ['break_statement', breakLoop], ['continue_statement', continueLoop],
  ['try_statement', tryStatement], ['with_statement', withStatement], ['raise_statement', raised], ['assert_statement', asserted], ['match_statement', matchStatement],
  ['function_definition', (py, node) => definition(py, node)], ['class_definition', (py, node) => classDefinition(py, node)], ['decorated_definition', decoratedDefinition],
  ['return_statement', returned], ['delete_statement', deleted], ['import_statement', importStatement], ['import_from_statement', importFrom], ['future_import_statement', nothing],
  ['pass_statement', nothing], ['global_statement', nothing], ['nonlocal_statement', nothing], ['type_alias_statement', typeAlias],
  ['print_statement', printStatement], ['exec_statement', execStatement], ['ERROR', broken],
]);

const rules: Rules = {
  expressions,
  statements,
  conditions: new Map([
    ['boolean_operator', booleanCondition], ['not_operator', notCondition], ['comparison_operator', comparisonCondition],
    ['parenthesized_expression', (py, node) => py.condition(py.tree.child(node))],
  ]),
};

/** The normal form of one Python file. Never throws; what cannot be read is among the gaps. */
export function lowerPython(syntax: SyntaxTree, path: string): IrModule {
  const tree = new TreeReader(syntax);
  const module = new ModuleBuilder(path, 'python', syntax.text.length);
  const build = module.function({ name: '', start: 0, end: syntax.text.length, params: 0, paramNames: [], kind: 'plain' }, undefined);
  for (const { start, end } of syntax.errors) module.gap({ reason: 'syntax', start, end });
  if (syntax.cut) module.gap({ reason: 'too-deep', start: 0, end: syntax.text.length });
  const scopes = scanScopes(tree, path);
  const py = new Lowering({
    tree, module, scopes, rules, path,
    frame: { build, scope: scopes.module, body: undefined, method: undefined, receiver: undefined, yields: 'yield', result: -1, loops: [], handlers: [] },
  });
  py.builders.set(scopes.module, build);
  py.statements(0);
  exportNames(py, scopes);
  return module.finish();
}

/** Names that are given values in several places: what they hold in the end. */
function exportNames(py: Lowering, { module }: Scopes): void {
  for (const binding of module.bindings.values()) if (binding.writes > 1) py.export(binding.name, py.build.read(py.variable(binding)), 0);
}
