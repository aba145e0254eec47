import { op, type IrModule } from '#model/ir.ts';
import { ModuleBuilder } from '../ir/module-builder.ts';
import { expression } from './expressions.ts';
import { child, type EsNode, isNode, nodes, text } from './estree.ts';
import { Lowering } from './lowering.ts';
import { ScopeAnalysis } from './scopes.ts';
import { statement, statements } from './statements.ts';

/** A file as its parser gives it. */
export interface ParsedProgram {
  /** ESTree, with TypeScript's and JSX's nodes; offsets in UTF-16 code units. */
  readonly program: unknown;
  readonly errors: readonly { readonly start: number; readonly end: number }[];
}

/** Brings JavaScript and TypeScript into the normal form. Never throws for what a program says; what it cannot read is a gap. */
export function lowerJavaScript({ program, errors }: ParsedProgram, path: string, source: string): IrModule {
  const module = new ModuleBuilder(path, 'javascript', source.length);
  for (const { start, end } of errors) module.gap({ reason: 'syntax', start, end });
  const root = module.function({ name: '', start: 0, end: 0, params: 0, paramNames: [], kind: 'plain' }, undefined);
  if (!isNode(program)) return module.finish();
  const scopes = new ScopeAnalysis(program);
  const lowering = new Lowering(module, scopes, source, { expression, statement, statements });
  const scope = scopes.of(program);
  const state = lowering.state(program, root);
  if (scope === undefined) return module.finish();
  const at = { state, scope };
  const body = nodes(program, 'body');
  importedTypes(lowering, body);
  // `this` of a CommonJS module is what it exports.
  lowering.write(at, 'this', root.emit(op.global, { start: 0, end: 0 }, module.text('exports')), program);
  lowering.statements(at, body);
  for (let one = 0; one < state.later.length; one++) state.later[one]?.();
  return module.finish();
}

/** `import { Request } from 'express'` makes `Request` the type `express.Request`. */
function importedTypes(l: Lowering, body: readonly EsNode[]): void {
  for (const one of body) {
    if (one.type !== 'ImportDeclaration') continue;
    const from = text(child(one, 'source') ?? one, 'value');
    for (const specifier of nodes(one, 'specifiers')) {
      const local = text(child(specifier, 'local') ?? specifier, 'name');
      const imported = child(specifier, 'imported');
      if (specifier.type === 'ImportSpecifier' && imported !== undefined) l.types.set(local, `${from}.${text(imported, 'name')}`);
      else l.types.set(local, specifier.type === 'ImportNamespaceSpecifier' ? from : `${from}.default`);
    }
  }
}
