import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Node } from '../syntax/tree-reader.ts';
import type { ExpressionRule, Lowering } from './lowering.ts';
import { typeOf } from './type-nodes.ts';

/** Marks a class, function or parameter with each annotation among its modifiers. */
export function decorate(java: Lowering, declaration: Node, marked: Value): void {
  const { tree } = java;
  for (const one of tree.children(tree.child(declaration, 'modifiers'))) {
    if (!['annotation', 'marker_annotation'].includes(tree.kind(one))) continue;
    java.build.emit(op.decorate, java.span(one), marked, java.value(one));
  }
}

/** Marks of fields into which a framework puts parts of a request. */
const filling = /(?:Param|^Rest(?:Query|Form|Path|Header|Cookie|Matrix))$/;

export function isFilled({ tree }: Lowering, declaration: Node): boolean {
  return tree.children(tree.child(declaration, 'modifiers')).some((one) => ['annotation', 'marker_annotation'].includes(tree.kind(one)) && filling.test(tree.source(tree.field(one, 'name'))));
}

/** Marks of a class that say something of each of its methods, and as what. */
const ofAllMethods: ReadonlyMap<string, string> = new Map([
  ['org.springframework.web.bind.annotation.RestController', 'org.springframework.web.bind.annotation.ResponseBody'],
  ['org.springframework.web.bind.annotation.ResponseBody', 'org.springframework.web.bind.annotation.ResponseBody'],
]);

/** Marks a method with what its class says of all of them. */
export function decorateAsMember(java: Lowering, owner: Node, marked: Value): void {
  const { tree, build } = java;
  for (const one of tree.children(tree.child(owner, 'modifiers'))) {
    if (!['annotation', 'marker_annotation'].includes(tree.kind(one))) continue;
    const meant = typeOf(java, tree.field(one, 'name'))?.names.map((name) => ofAllMethods.get(name)).find((name) => name !== undefined);
    if (meant !== undefined) build.emit(op.decorate, java.span(one), marked, build.call(java.importOf([meant]), [], java.span(one)));
  }
}

/** An annotation is a call of what it names, with an object of its members. */
const annotation: ExpressionRule = (java, node) => {
  const { tree, build } = java;
  const type = typeOf(java, tree.field(node, 'name'));
  if (type === undefined) return java.unknown(node);
  const span = java.span(node);
  const members = build.emit(op.object, span);
  for (const one of tree.children(tree.field(node, 'arguments'))) {
    const pair = tree.kind(one) === 'element_value_pair';
    const name = pair ? tree.source(tree.field(one, 'key')) : 'value';
    build.store(members, name, java.value(pair ? tree.field(one, 'value') : one), java.span(one));
  }
  return { value: build.call(java.classValue(type), [members], span), type: undefined };
};

export const annotationRules: Readonly<Record<string, ExpressionRule>> = { annotation, marker_annotation: annotation };
