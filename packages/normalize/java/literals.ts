import { parseNumber, literalOf, textBlock, unescaped } from './constants.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { booleanType, charType, plainType, stringType } from './java-type.ts';
import type { ExpressionRule, Lowering, Typed } from './lowering.ts';
import { typeOf } from './type-nodes.ts';

const number: ExpressionRule = (java, node) => {
  const constant = parseNumber(java.tree.source(node));
  return (constant === undefined ? undefined : literalOf(java.module, constant.plain, constant.type)) ?? java.unknown(node);
};

const string: ExpressionRule = (java, node) => {
  const source = java.tree.source(node);
  if (java.tree.child(node, 'string_interpolation') >= 0) return interpolated(java, node);
  const text = source.startsWith('"""') ? textBlock(source.slice(3, -3)) : unescaped(source.slice(1, -1));
  return { value: java.text(text), type: stringType };
};

function interpolated(java: Lowering, node: Node): Typed {
  const operands = java.tree.children(node).map((part) => {
    if (java.tree.kind(part) === 'string_interpolation') return java.value(java.tree.child(part));
    return java.text(unescaped(java.tree.source(part)));
  });
  return { value: java.build.concat(operands, java.span(node)), type: stringType };
}

const character: ExpressionRule = (java, node) => ({ value: java.text(unescaped(java.tree.source(node).slice(1, -1))), type: charType });

const classLiteral: ExpressionRule = (java, node) => {
  const type = typeOf(java, java.tree.child(node));
  const value = type === undefined || java.isPrimitive(type) || type.dimensions > 0 ? java.unknown(node).value : java.classValue(type);
  return { value, type: plainType('java.lang.Class') };
};

export const literalRules: Readonly<Record<string, ExpressionRule>> = {
  decimal_integer_literal: number,
  hex_integer_literal: number,
  octal_integer_literal: number,
  binary_integer_literal: number,
  decimal_floating_point_literal: number,
  hex_floating_point_literal: number,
  string_literal: string,
  character_literal: character,
  true: (java) => ({ value: java.truth(true), type: booleanType }),
  false: (java) => ({ value: java.truth(false), type: booleanType }),
  null_literal: (java) => ({ value: java.nothing(), type: undefined }),
  class_literal: classLiteral,
  parenthesized_expression: (java, node) => java.held(java.tree.child(node)),
  template_expression: (java, node) => java.held(java.tree.field(node, 'template_argument')),
};
