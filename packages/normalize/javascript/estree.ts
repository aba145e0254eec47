import type {
  ArrowFunctionExpression, Directive, Function as PlainFunction, Statement,
} from 'oxc-parser';

/** The tree that oxc gives: ESTree with TypeScript's nodes. Types only; the engine parses. */
export type {
  ArrayPattern, ArrowFunctionExpression, AssignmentTarget, AssignmentTargetMaybeDefault, BindingPattern, Class, Decorator, Directive, Expression, ForStatementLeft, FormalParameter,
  Function as PlainFunction, MemberExpression, ObjectPattern, ParamPattern, Program, PropertyKey, Statement, StaticBlock, TSType, TSTypeName, VariableDeclaration,
} from 'oxc-parser';

export type AnyFunction = PlainFunction | ArrowFunctionExpression;
export type BodyStatement = Statement | Directive;

/** The member of a union of nodes whose `type` may be `K`. */
export type NodeOf<Union, K> = Union extends { readonly type: infer T } ? (K extends T ? Union : never) : never;

/** Any node, as a walk over all of them sees it. */
export interface PlainNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}
