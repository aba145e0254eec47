import type { IrModule } from '#model/ir.ts';
import { ModuleBuilder } from '../ir/module-builder.ts';
import { call, construct, dynamicImport, taggedTemplate } from './calls.ts';
import { classValue } from './classes.ts';
import { condition, conditional, ifStatement, logical, switchStatement } from './control.ts';
import { type Comment, DocTypes } from './doc-types.ts';
import { enumDeclaration, namespaceDeclaration } from './enums.ts';
import type { Expression, Program } from './estree.ts';
import { bodyOf, finishFrame, functionExpression, functionValue } from './functions.ts';
import { element, fragment } from './jsx.ts';
import { array, literal, object, template } from './literals.ts';
import { doLoop, forIn, forLoop, forOf, labelled, leaveTarget, whileLoop } from './loops.ts';
import { Lowering, type Rules } from './lowering.ts';
import { exportAll, exportAssignment, exportDefault, exportNamed, importDeclaration, importEquals } from './modules.ts';
import { assignment, awaited, binary, sequence, unary, update, yielded } from './operators.ts';
import { member, superObject } from './references.ts';
import { scanScopes } from './scope-scan.ts';
import { returned, returnStatement } from './returns.ts';
import { blockStatement, classDeclaration, expressionStatement, variables, withStatement } from './statements.ts';
import { throwStatement, tryStatement } from './tries.ts';
import { asserted } from './types.ts';

const inner = (js: Lowering, node: { readonly expression: Expression }): number => js.expression(node.expression);

const expressions: Rules['expressions'] = {
  Literal: literal, TemplateLiteral: template, Identifier: (js, node) => js.read(node.name, node), ThisExpression: (js, node) => js.read('this', node), Super: superObject,
  ArrayExpression: array, ObjectExpression: object, FunctionExpression: functionExpression, FunctionDeclaration: functionExpression,
  TSDeclareFunction: (js, node) => js.unknown(node), TSEmptyBodyFunctionExpression: (js, node) => js.unknown(node),
  ArrowFunctionExpression: (js, node, name) => functionValue(js, node, { name }), ClassExpression: classValue, ClassDeclaration: classValue,
  AssignmentExpression: assignment, UpdateExpression: update, UnaryExpression: unary, BinaryExpression: binary, LogicalExpression: (js, node) => logical(js, node), ConditionalExpression: (js, node) => conditional(js, node),
  SequenceExpression: sequence, AwaitExpression: awaited, YieldExpression: yielded, CallExpression: call, NewExpression: construct, ImportExpression: dynamicImport,
  TaggedTemplateExpression: taggedTemplate, MemberExpression: member, ChainExpression: inner, ParenthesizedExpression: inner, MetaProperty: (js, node) => js.unknown(node),
  JSXElement: element, JSXFragment: fragment,
  TSAsExpression: asserted, TSTypeAssertion: asserted, TSSatisfiesExpression: inner, TSNonNullExpression: inner, TSInstantiationExpression: inner,
  V8IntrinsicExpression: (js, node) => js.unknown(node),
};

const nothing = (): void => undefined;
const statements: Rules['statements'] = {
  ExpressionStatement: expressionStatement, VariableDeclaration: variables, BlockStatement: blockStatement, EmptyStatement: nothing, DebuggerStatement: nothing,
  IfStatement: ifStatement, SwitchStatement: switchStatement, ForStatement: forLoop, ForInStatement: forIn, ForOfStatement: forOf, WhileStatement: whileLoop, DoWhileStatement: doLoop,
  LabeledStatement: labelled, BreakStatement: leaveTarget, ContinueStatement: leaveTarget, ReturnStatement: returnStatement, ThrowStatement: throwStatement, TryStatement: tryStatement,
  WithStatement: withStatement, ClassDeclaration: classDeclaration, ClassExpression: classDeclaration,
  // Hoisted: they are there from the start of the body.
  FunctionDeclaration: nothing, FunctionExpression: nothing, TSDeclareFunction: nothing, TSEmptyBodyFunctionExpression: nothing,
  ImportDeclaration: importDeclaration, ExportNamedDeclaration: exportNamed, ExportDefaultDeclaration: exportDefault, ExportAllDeclaration: exportAll,
  TSImportEqualsDeclaration: importEquals, TSExportAssignment: exportAssignment, TSNamespaceExportDeclaration: nothing,
  TSEnumDeclaration: enumDeclaration, TSModuleDeclaration: namespaceDeclaration, TSTypeAliasDeclaration: nothing, TSInterfaceDeclaration: nothing,
};

const rules: Rules = { expressions, statements, condition, returned };

/** What a parser gives: ESTree with TypeScript's nodes. Without statements the text could not be read at all; else its errors are about meaning only. */
export interface ParsedText {
  readonly program: unknown;
  readonly comments?: readonly Comment[];
  readonly errors: readonly { readonly start: number; readonly end: number }[];
}

/** The normal form of one file of JavaScript or TypeScript. Never throws; what cannot be read is among the gaps. */
export function lowerJavaScript({ program: tree, comments = [], errors }: ParsedText, path: string, text: string): IrModule {
  const module = new ModuleBuilder(path, 'javascript', text.length);
  const build = module.function({ name: '', start: 0, end: text.length, params: 0, paramNames: [], kind: 'plain' }, undefined);
  const program = isProgram(tree) ? tree : undefined;
  if (program === undefined || program.body.length === 0) for (const { start, end } of errors) module.gap({ reason: 'syntax', start, end });
  if (program === undefined) return module.finish();
  const js = new Lowering({ module, build, rules, scopes: scanScopes(program), isModule: program.sourceType === 'module', docs: new DocTypes(text, comments) });
  bodyOf(js, program.body);
  finishFrame(js);
  return module.finish();
}

function isProgram(tree: unknown): tree is Program {
  return typeof tree === 'object' && tree !== null && 'body' in tree && Array.isArray(tree.body);
}
