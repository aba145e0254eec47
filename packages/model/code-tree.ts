/**
 * The form in which patterns meet programs: one set of kinds for all languages, packed in pre-order. A list's children are a sequence; the
 * children of everything else are known by their roles, in the order of the text. Parentheses, punctuation and statements that are nothing but
 * an expression leave no node.
 */
export interface CodeTree {
  readonly language: string;
  readonly text: string;
  readonly size: number;
  /** One of `K`. */
  readonly kind: Uint8Array;
  /** One of `R`. */
  readonly role: Uint8Array;
  /** UTF-16 offsets, half-open. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** The node after the last descendant. */
  readonly next: Uint32Array;
  readonly parent: Uint32Array;
  /** Place in `symbols`: the name, operator, or the inside of a literal; 0 is the empty text. */
  readonly symbol: Uint32Array;
  readonly symbols: readonly string[];
  /** True where something was left out: syntax errors, nesting beyond the limit. */
  readonly partial: boolean;
  /** How much of the text the grammar gave up on. */
  readonly lost: number;
}

export const K = {
  Name: 1,
  Str: 2,
  Num: 3,
  Bool: 4,
  Null: 5,
  Regexp: 6,
  /** What has no kind of its own; the symbol is the grammar's kind, or the text of a leaf. */
  Other: 7,
  Call: 8,
  New: 9,
  Member: 10,
  Index: 11,
  Unary: 12,
  Binary: 13,
  Assign: 14,
  AugAssign: 15,
  Conditional: 16,
  Lambda: 17,
  Function: 18,
  Class: 19,
  VarDef: 20,
  Param: 21,
  Pair: 22,
  Keyword: 23,
  Spread: 24,
  Await: 25,
  Yield: 26,
  Return: 27,
  Throw: 28,
  If: 29,
  While: 30,
  DoWhile: 31,
  For: 32,
  ForEach: 33,
  Try: 34,
  Catch: 35,
  With: 36,
  Switch: 37,
  Case: 38,
  Break: 39,
  Continue: 40,
  Import: 41,
  Cast: 42,
  Generic: 43,
  Template: 44,
  Sequence: 45,
  Tuple: 46,
  Array: 47,
  Set: 48,
  Object: 49,
  Block: 50,
  Args: 51,
  Params: 52,
  /** Modifiers, decorators, annotations; a modifier is an `Other` leaf. */
  Attributes: 53,
  ClassBody: 54,
  Program: 55,
  List: 56,
  Element: 57,
  Attribute: 58,
  Label: 59,
  Namespace: 60,
  // Only in patterns.
  Dots: 100,
  Metavariable: 101,
  DotsMetavariable: 102,
  Deep: 103,
  TypedMetavariable: 104,
} as const;

export const R = {
  None: 0,
  Callee: 1,
  Args: 2,
  Object: 3,
  Name: 4,
  Key: 5,
  Operand: 6,
  Left: 7,
  Right: 8,
  Condition: 9,
  Then: 10,
  Else: 11,
  Params: 12,
  Body: 13,
  Type: 14,
  Value: 15,
  Attributes: 16,
  Super: 17,
  Init: 18,
  Update: 19,
  Target: 20,
  Source: 21,
  Catches: 22,
  Finally: 23,
  Items: 24,
  Alias: 25,
  TypeArgs: 26,
} as const;

/** Kinds whose children are a sequence. */
export const listKinds: ReadonlySet<number> = new Set([
  K.Other, K.Template, K.Sequence, K.Tuple, K.Array, K.Set, K.Object, K.Block, K.Args, K.Params, K.Attributes, K.ClassBody, K.Program, K.List,
]);

/** Kinds that stand where a statement may stand and nowhere else. */
export const statementKinds: ReadonlySet<number> = new Set([
  K.VarDef, K.Function, K.Class, K.Return, K.Throw, K.If, K.While, K.DoWhile, K.For, K.ForEach, K.Try, K.With, K.Switch, K.Break, K.Continue, K.Import, K.Block, K.Label, K.Namespace,
]);

/** Lists of statements. */
export const blockKinds: ReadonlySet<number> = new Set([K.Block, K.Program]);
