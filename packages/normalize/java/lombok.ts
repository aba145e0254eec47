import { type IrFunction, op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import type { ClassInfo, FieldInfo, ParameterInfo } from './class-info.ts';
import { bodyNodes } from './class-scan.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { onlyName, plainType } from './java-type.ts';
import type { Lowering } from './lowering.ts';
import { typeOf } from './type-nodes.ts';

/** What Lombok's annotations add to classes: it is in no file, and everything else of the program uses it. */

const loggers: ReadonlyMap<string, string> = new Map([
  ['Slf4j', 'org.slf4j.Logger'], ['XSlf4j', 'org.slf4j.Logger'], ['Log4j2', 'org.apache.logging.log4j.Logger'], ['Log4j', 'org.apache.log4j.Logger'], ['Log', 'java.util.logging.Logger'],
  ['CommonsLog', 'org.apache.commons.logging.Log'], ['JBossLog', 'org.jboss.logging.Logger'], ['Flogger', 'com.google.common.flogger.FluentLogger'],
]);

/** Names of Lombok's annotations on a declaration. */
function marksOf(java: Lowering, declaration: Node): ReadonlySet<string> {
  const { tree } = java;
  const found = new Set<string>();
  for (const one of tree.children(tree.child(declaration, 'modifiers'))) {
    if (!['annotation', 'marker_annotation'].includes(tree.kind(one))) continue;
    const name = typeOf(java, tree.field(one, 'name'))?.names.find((candidate) => candidate.startsWith('lombok.'));
    if (name !== undefined) found.add(name.slice(name.lastIndexOf('.') + 1));
  }
  return found;
}

const known = new WeakMap<ClassInfo, ReadonlySet<string>>();

function marks(java: Lowering, info: ClassInfo): ReadonlySet<string> {
  let found = known.get(info);
  if (found === undefined) {
    found = info.name === '' || !isMentioned(java) ? new Set() : marksOf(java, info.node);
    known.set(info, found);
  }
  return found;
}

const has = (names: ReadonlySet<string>, ...wanted: readonly string[]): boolean => wanted.some((one) => names.has(one));

/** The field that holds the logger of a class. */
export function addLogger(java: Lowering, info: ClassInfo): void {
  const mark = [...marks(java, info)].find((one) => loggers.has(one));
  if (mark === undefined || info.fields.has('log')) return;
  info.fields.set('log', { name: 'log', isStatic: true, isFinal: true, type: plainType(loggers.get(mark) as string), initial: -1, node: info.node, declaration: info.node, constant: undefined });
}

/** What the constructor takes that is made for a class without one. */
export function madeParameters(java: Lowering, info: ClassInfo): readonly ParameterInfo[] {
  const own = marks(java, info);
  const all = has(own, 'AllArgsConstructor', 'Value', 'Builder', 'SuperBuilder');
  if (!all && !has(own, 'RequiredArgsConstructor', 'Data')) return [];
  const fields = [...info.fields.values()].filter(({ isStatic, isFinal, initial }) => !isStatic && (all || (isFinal && initial < 0)));
  return fields.map(({ name, type, node }) => ({ name, type, node, collects: false }));
}

/** Accessors and builders, after the methods that the class has itself. */
export function lowerMadeMethods(java: Lowering, info: ClassInfo): void {
  const own = marks(java, info);
  const makes = new Maker(java, info);
  for (const { field, names } of fieldMarks(java, info)) {
    const name = field.name.replace(/^is(?=\p{Lu})/u, '');
    const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
    const isBoolean = onlyName(field.type) === 'boolean';
    if (has(own, 'Data', 'Value', 'Getter') || names.has('Getter')) makes.getter(field, isBoolean ? `is${capital(name)}` : `get${capital(field.name)}`);
    if (has(own, 'Data', 'Setter') || names.has('Setter')) makes.setter(field, `set${capital(isBoolean ? name : field.name)}`);
    if (has(own, 'With', 'Wither') || names.has('With')) makes.setter(field, `with${capital(field.name)}`);
    // A builder is taken to be the thing that it makes.
    if (has(own, 'Builder', 'SuperBuilder')) makes.setter(field, field.name);
  }
  if (has(own, 'Builder', 'SuperBuilder')) makes.builder();
}

const mentions = new WeakMap<Lowering, boolean>();

/** The file names Lombok at all. */
function isMentioned(java: Lowering): boolean {
  let found = mentions.get(java);
  if (found === undefined) {
    found = java.tree.source(0).includes('lombok.');
    mentions.set(java, found);
  }
  return found;
}

function fieldMarks(java: Lowering, info: ClassInfo): { readonly field: FieldInfo; readonly names: ReadonlySet<string> }[] {
  const { tree } = java;
  if (info.name === '' || !isMentioned(java)) return [];
  return bodyNodes(java, info.node).filter((one) => tree.kind(one) === 'field_declaration').flatMap((one) => {
    const names = marksOf(java, one);
    return tree.fieldNodes(one, 'declarator').flatMap((declarator) => {
      const field = info.fields.get(tree.source(tree.field(declarator, 'name')));
      return field === undefined || field.isStatic ? [] : [{ field, names }];
    });
  });
}

/** Makes methods of a class that has none of that name. */
class Maker {
  private readonly java: Lowering;
  private readonly info: ClassInfo;

  constructor(java: Lowering, info: ClassInfo) {
    this.java = java;
    this.info = info;
  }

  getter({ name, type, node }: FieldInfo, as: string): void {
    this.method(as, { node, params: [], kind: 'method' }, (builder) => {
      const read = builder.load(this.self(builder, node), name, this.java.span(node));
      return (type?.names ?? []).reduce((value, one) => (type?.dimensions === 0 ? builder.emit(op.typed, this.java.span(node), value, this.java.module.text(one)) : value), read);
    });
  }

  /** Gives the object back, so that calls can follow one another. */
  setter({ name, node }: FieldInfo, as: string): void {
    this.method(as, { node, params: [name], kind: 'method' }, (builder) => {
      const self = this.self(builder, node);
      builder.store(self, name, builder.emit(op.param, this.java.span(node), 0), this.java.span(node));
      return self;
    });
  }

  builder(): void {
    const { java, info } = this;
    this.method('builder', { node: info.node, params: [], kind: 'static' }, (builder) => builder.construct(info.value, [], java.span(info.node)));
    for (const name of ['build', 'toBuilder']) this.method(name, { node: info.node, params: [], kind: 'method' }, (builder) => this.self(builder, info.node));
  }

  private self(builder: FunctionBuilder, node: Node): Value {
    return builder.emit(op.param, this.java.span(node), -1);
  }

  private method(name: string, { node, params, kind }: { node: Node; params: readonly string[]; kind: IrFunction['kind'] }, body: (builder: FunctionBuilder) => Value): void {
    const { java, info } = this;
    if (info.methods.has(name)) return;
    const span = java.span(node);
    const builder = java.module.function({ name, start: span.start, end: span.start, params: params.length, paramNames: params, kind }, java.build);
    java.build.store(kind === 'static' ? info.value : info.prototype, name, java.build.emit(op.closure, span, builder.index), span);
    builder.return(body(builder), span);
  }
}
