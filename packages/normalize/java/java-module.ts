import type { IrModule } from '#model/ir.ts';
import { ModuleBuilder } from '../ir/module-builder.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import { annotationRules } from './annotations.ts';
import { assignmentRules, declarationStatements } from './assignments.ts';
import { callRules, callStatements } from './calls.ts';
import type { ClassInfo } from './class-info.ts';
import { declareClasses, localClass, lowerClasses } from './class-lowering.ts';
import { classKinds, scanClass } from './class-scan.ts';
import { creationRules } from './creations.ts';
import { Frame } from './frame.ts';
import { Imports } from './imports.ts';
import { TreeReader, type Node } from '../syntax/tree-reader.ts';
import { lambdaRules } from './lambdas.ts';
import { literalRules } from './literals.ts';
import { loopRules } from './loops.ts';
import { Lowering, type Rules, type StatementRule } from './lowering.ts';
import { nameRules } from './names.ts';
import { conditionRules, operatorRules } from './operators.ts';
import { statementRules } from './statements.ts';
import { switchRules, switchStatements } from './switches.ts';
import { tryRules } from './tries.ts';

const classStatement: StatementRule = (java, node) => {
  localClass(java, node, undefined);
};

const rules: Rules = {
  expressions: new Map(Object.entries({
    ...literalRules, ...nameRules, ...operatorRules, ...assignmentRules, ...callRules, ...creationRules, ...lambdaRules, ...annotationRules, ...switchRules,
  })),
  statements: new Map(Object.entries({
    ...statementRules, ...declarationStatements, ...loopRules, ...switchStatements, ...tryRules, ...callStatements,
    ...Object.fromEntries([...classKinds.keys()].map((kind) => [kind, classStatement])),
  })),
  conditions: new Map(Object.entries(conditionRules)),
  localClass,
};

/** The normal form of a file of Java. `path` is relative to the root; the tree is that of tree-sitter's grammar of Java. */
export function lowerJava(tree: SyntaxTree, path: string): IrModule {
  const java = new TreeReader(tree);
  const module = new ModuleBuilder(path, 'java', tree.text.length);
  for (const { start, end } of tree.errors) module.gap({ reason: 'syntax', start, end });
  if (tree.cut) module.gap({ reason: 'too-large', start: 0, end: tree.text.length });
  const body = module.function({ name: '', start: 0, end: 0, params: 0, paramNames: [], kind: 'plain' }, undefined);
  const frame = new Frame({ builder: body, owner: undefined });
  lowerFile(new Lowering({ tree: java, module, imports: new Imports(java, 0), rules, frame }), path);
  return module.finish();
}

const heads: ReadonlySet<string> = new Set(['package_declaration', 'import_declaration', 'module_declaration']);

function lowerFile(java: Lowering, path: string): void {
  const { tree } = java;
  const nodes = tree.children(0).flatMap((node) => (tree.kind(node) === 'ERROR' ? tree.children(node) : [node])).filter((node) => !heads.has(tree.kind(node)));
  const classes: ClassInfo[] = [];
  for (const node of nodes) {
    if (!classKinds.has(tree.kind(node))) continue;
    const name = tree.source(tree.field(node, 'name'));
    const info = scanClass(java, node, { outer: undefined, frame: undefined, name });
    java.classes.set(name, info);
    classes.push(info);
  }
  if (nodes.some((node) => tree.kind(node) === 'method_declaration')) classes.push(implicitClass(java, path));
  lowerClasses(java, declareClasses(java, classes));
  for (const node of nodes) if (!classKinds.has(tree.kind(node)) && tree.kind(node) !== 'method_declaration') java.statement(node);
}

/** Methods without a class round them (JEP 512) are members of one that is named like the file. */
function implicitClass(java: Lowering, path: string): ClassInfo {
  const root: Node = 0;
  const name = /([^/]*?)(?:\.java)?$/.exec(path)?.[1] ?? '';
  return scanClass(java, root, { outer: undefined, frame: undefined, name });
}
