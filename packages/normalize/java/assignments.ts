import { arrayOfElements, knownIndex } from './creations.ts';
import type { Local } from './frame.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { arrayOf, elementOf, intType, type JavaType } from './java-type.ts';
import type { ExpressionRule, Lowering, StatementRule, Typed } from './lowering.ts';
import { typeNamed } from './names.ts';
import { combine, part } from './operators.ts';
import { dimensionsOf, typeOf } from './type-nodes.ts';

/** Gives a variable a value. What the value holds is known under this name, unless another name has it already. */
export function assign(java: Lowering, local: Local, given: Typed, node: Node): Typed {
  const known = java.converted(given, local.type, node);
  if (!java.build.reachable) return known;
  local.frame.builder.write(local.variable, known.value, java.span(node));
  const { holder } = given;
  if (holder === undefined) {
    local.contents?.lose();
    return known;
  }
  if (holder === local.contents) return { ...known, holder };
  local.contents?.lose();
  if (holder.owned) {
    holder.lose();
    return known;
  }
  holder.owned = true;
  local.contents = holder;
  return { ...known, holder };
}

export function declareLocal(java: Lowering, name: string, type: JavaType | undefined): Local {
  const local: Local = { name, variable: java.variable(), type, frame: java.frame, contents: undefined };
  java.frame.declare(local);
  return local;
}

const localVariables: StatementRule = (java, node) => {
  const { tree } = java;
  const stated = typeOf(java, tree.field(node, 'type'));
  for (const declarator of tree.fieldNodes(node, 'declarator')) {
    const name = tree.source(tree.field(declarator, 'name'));
    const dimensions = dimensionsOf(java, tree.field(declarator, 'dimensions'));
    const type = stated === undefined || dimensions === 0 ? stated : arrayOf(stated, dimensions);
    const initial = tree.field(declarator, 'value');
    if (initial < 0) {
      const local = declareLocal(java, name, type);
      java.build.write(local.variable, java.module.literal('undefined', 'undefined'));
      continue;
    }
    const given = initialValue(java, initial, type);
    assign(java, declareLocal(java, name, type ?? given.type), given, declarator);
  }
};

/** The value of an initializer, which for arrays may be a list without `new`. */
export function initialValue(java: Lowering, node: Node, type: JavaType | undefined): Typed {
  return java.tree.kind(node) === 'array_initializer' ? arrayOfElements(java, node, type) : java.held(node);
}

const assignment: ExpressionRule = (java, node) => {
  const { tree } = java;
  const left = strip(java, tree.field(node, 'left'));
  const operator = tree.source(tree.field(node, 'operator'));
  const right = tree.field(node, 'right');
  const place = placeOf(java, left);
  if (operator === '=') return place.write(initialValue(java, right, place.type));
  const before = place.read();
  const result = combine(java, operator.slice(0, -1), [before, part(java, right)], node);
  return place.write({ value: result.value, type: before.type ?? result.type });
};

const update: ExpressionRule = (java, node) => {
  const { tree } = java;
  const operand = strip(java, tree.child(node));
  const place = placeOf(java, operand);
  const before = place.read();
  const one = { value: java.module.literal('number', '1'), type: intType };
  const operator = tree.has(node, '++') ? '+' : '-';
  const known = before.type === undefined ? { ...before, type: intType } : before;
  const after = combine(java, operator, [known, one], node);
  place.write({ value: after.value, type: before.type ?? after.type });
  return tree.start(node) < tree.start(operand) ? after : before;
};

function strip(java: Lowering, node: Node): Node {
  let at = node;
  for (let depth = 0; java.tree.kind(at) === 'parenthesized_expression' && depth < 50; depth++) at = java.tree.child(at);
  return at;
}

/** Something that can be assigned to; its parts are evaluated once. */
interface Place {
  readonly type: JavaType | undefined;
  read(): Typed;
  write(value: Typed): Typed;
}

function placeOf(java: Lowering, node: Node): Place {
  const { tree } = java;
  const kind = tree.kind(node);
  if (kind === 'array_access') return elementPlace(java, node);
  const name = tree.source(node);
  const local = kind === 'identifier' ? java.findLocal(name) : undefined;
  if (local === undefined) return fieldPlace(java, node, kind);
  return { type: local.type, read: () => part(java, node), write: (value) => assign(java, local, value, node) };
}

function elementPlace(java: Lowering, node: Node): Place {
  const array = java.held(java.tree.field(node, 'array'));
  const index = java.expression(java.tree.field(node, 'index'));
  const key = knownIndex(java, array, index);
  const type = elementOf(array.type);
  const span = java.span(node);
  return {
    type,
    read: () => ({ value: (key === undefined ? undefined : array.holder?.get(key)) ?? java.build.loadAt(array.value, index.value, span), type }),
    write(given) {
      const known = released(java, java.converted(given, type, node), given);
      java.build.storeAt(array.value, index.value, known.value, span);
      if (!java.build.reachable || array.holder === undefined) return known;
      if (key === undefined) array.holder.lose();
      else array.holder.set(key, known.value);
      return known;
    },
  };
}

/** What goes into a field or an array is in other hands. */
function released(java: Lowering, known: Typed, { holder }: Typed): Typed {
  if (holder !== undefined && java.build.reachable) holder.lose();
  return { value: known.value, type: known.type };
}

function fieldPlace(java: Lowering, node: Node, kind: string): Place {
  const { tree } = java;
  const span = java.span(node);
  const name = tree.source(kind === 'field_access' ? tree.field(node, 'field') : node);
  const { base, type } = kind === 'field_access' ? qualifiedBase(java, tree.field(node, 'object'), name) : simpleBase(java, name, node);
  return {
    type,
    read: () => ({ value: java.typed(java.build.load(base, name, span), type, node), type }),
    write(given) {
      const known = released(java, java.converted(given, type, node), given);
      java.build.store(base, name, known.value, span);
      return known;
    },
  };
}

function simpleBase(java: Lowering, name: string, node: Node): { base: number; type: JavaType | undefined } {
  const found = java.findField(name);
  const { thisValue, owner } = java.frame;
  if (found === undefined) return { base: thisValue ?? owner?.value ?? java.unknown(node).value, type: undefined };
  const { field } = found;
  return { base: (field.isStatic ? undefined : java.thisOf(found.owner, node)) ?? found.owner.value, type: field.type };
}

function qualifiedBase(java: Lowering, object: Node, name: string): { base: number; type: JavaType | undefined } {
  const named = typeNamed(java, object);
  if (named !== undefined) return { base: java.classValue(named), type: java.classOf(named)?.fields.get(name)?.type };
  const base = java.expression(object);
  return { base: base.value, type: java.classOf(base.type)?.fields.get(name)?.type };
}

export const assignmentRules: Readonly<Record<string, ExpressionRule>> = {
  assignment_expression: assignment,
  update_expression: update,
};

export const declarationStatements: Readonly<Record<string, StatementRule>> = {
  local_variable_declaration: localVariables,
};
