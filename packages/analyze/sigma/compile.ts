import type { SigmaDetection, SigmaIssue, SigmaRule, SigmaSelection } from '#formats/sigma.ts';
import type { Node } from './node.ts';
import { allOf, anyOf, not, someOf } from './node.ts';
import { parseCondition } from './condition.ts';
import type { Condition } from './condition.ts';
import { compileItem } from './item.ts';
import type { CompileContext } from './item.ts';
import { SigmaError } from './sigma-error.ts';

/** A rule ready to run. `id` is what signals name. */
export interface CompiledRule extends Node {
  readonly id: string;
  readonly rule: SigmaRule;
}

export type CompileResult = { readonly compiled: CompiledRule } | { readonly issue: SigmaIssue };

/** Compiles a parsed rule with the filters on it. The context's field table must be the one of the matcher that will run it. */
export function compileSigma(id: string, rule: SigmaRule, context: CompileContext, filters: readonly SigmaDetection[] = []): CompileResult {
  try {
    const node = allOf([rule, ...filters].map((detection) => compileDetection(detection, context)));
    return { compiled: { ...node, id, rule } };
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    return { issue: { code: error.code, message: error.message, line: rule.line } };
  }
}

function compileDetection({ selections, conditions }: SigmaDetection, context: CompileContext): Node {
  const nodes = new Map([...selections].map(([name, selection]) => [name, compileSelection(selection, context)]));
  const names = [...nodes.keys()];
  return anyOf(conditions.map((text) => compileCondition(parseCondition(text, names), nodes)));
}

function compileSelection(selection: SigmaSelection, context: CompileContext): Node {
  if (selection.kind === 'item') return compileItem(selection.item, context);
  const nodes = selection.of.map((part) => compileSelection(part, context));
  return selection.kind === 'all' ? allOf(nodes) : anyOf(nodes);
}

function compileCondition(condition: Condition, nodes: ReadonlyMap<string, Node>): Node {
  const named = (name: string): Node => nodes.get(name) ?? unreachable(name);
  switch (condition.kind) {
    case 'selection': return named(condition.name);
    case 'not': return not(compileCondition(condition.of, nodes));
    case 'some': return someOf(condition.count, condition.of.map(named));
    case 'and': return allOf(condition.of.map((part) => compileCondition(part, nodes)));
    case 'or': return anyOf(condition.of.map((part) => compileCondition(part, nodes)));
  }
}

function unreachable(name: string): never {
  throw new SigmaError('unknown-selection', `the condition names "${name}", which the rule does not define`);
}
