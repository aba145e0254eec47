/**
 * The one normal form of program code that flow analysis reads: values in static single assignment, packed.
 *
 * Every instruction defines exactly one value, and the value's number is the instruction's place in the module. Control flow is gone: what
 * is left of it are phis at joins and `refine` at branches. Order is source order. `specs/code.md` says what each front end MUST give.
 */
export const op = {
  /** A literal. `a`: index into `constants`. */
  constant: 0,
  /** A formal parameter. `a`: its index; -1 `this`/`self`/receiver, -2 the array of all arguments. `b`: 1 when it collects the rest, 2 when it collects what is passed by other names. */
  param: 1,
  /** A name that nothing in the module binds. `a`: string. */
  global: 2,
  /** Another module. `a`: string, the specifier as written (Java and Python: the dotted name). */
  import: 3,
  /** A closure. `a`: index into `functions`. */
  closure: 4,
  /** A new empty object, dictionary or instance of an unknown kind. */
  object: 5,
  /** A new list. Elements are stored by `storeAt` with constant keys, or `push`. */
  array: 6,
  /** Reads a variable that is shared between functions and changes. `a`: cell. */
  getCell: 7,
  /** `a`: cell, `b`: value. */
  setCell: 8,
  /** Reads a property with a fixed name. `a`: base, `b`: string. */
  load: 9,
  /** Reads a property with a computed name. `a`: base, `b`: key. */
  loadAt: 10,
  /** `a`: base, `b`: string, `c`: value. */
  store: 11,
  /** `a`: base, `b`: key, `c`: value. */
  storeAt: 12,
  /**
   * Calls a value. `a`: callee, `b`: the receiver that it gets, where it is no method of it (`super().run()`) or its name is computed (`o[k]()`; -1: none); operands: arguments.
   * For this and the next two `c` is a string: the names of the last operands, where these are passed by name, joined by commas (`shell,cwd`);
   * the name `**` is a dictionary of more.
   */
  call: 13,
  /** Calls a method. `a`: receiver, `b`: string; operands: arguments. */
  invoke: 14,
  /** Makes an instance. `a`: class or constructor; operands: arguments. */
  construct: 15,
  /** One of its operands, by the way that control took. */
  phi: 16,
  /** `a` as it is known to be where condition `b` holds, or does not, or after call `b` came back; `c` says which (`outcome`). */
  refine: 17,
  /** Text put together of its operands, in their order (`+`, templates, f-strings, `append`). */
  concat: 18,
  /** A number made of `a` and `b` (-1: unary). `c`: string, the operator. */
  arithmetic: 19,
  /** A truth value. `c`: string, the operator in JavaScript's words (`===`, `<`, `in`, `instanceof`, `!`, `typeof`, `delete` of member `b` of `a`...; Python's `in` looks among elements, too); `a`, `b` (-1: unary). */
  test: 20,
  /** What a promise, future or coroutine `a` gives. */
  await: 21,
  /** An element of what `a` holds. */
  element: 22,
  /** A key of `a`: what `for (key in a)` binds. */
  key: 23,
  /** All elements of `a` at this place of an argument list or literal. */
  spread: 24,
  /** A shallow copy of `a` (object rest and spread). Operands: the values of names that are left out, as constants. `b`: 1 where elements do not keep their places (a slice). */
  copy: 25,
  /** `a` is taken to be of type `b` (string, a qualified name), because the program says so. */
  typed: 26,
  /** Gives `a` back from the function. `b`: 1 where `exit` says what is known then. */
  return: 27,
  throw: 28,
  /** What a `catch` binds. */
  caught: 29,
  /** Hands `a` to whoever iterates this generator. */
  yield: 30,
  /** `a` (class, constructor) inherits from `b`. */
  inherit: 31,
  /** Makes `b` (value) the default thing that the module gives, or the thing named by string `a`; `*`: everything that `b` gives. */
  export: 32,
  /** A value of which nothing is known. */
  unknown: 33,
  /** Marks `a` with annotation or decorator `b` (value: the decorator as it was called). `a` is a closure, class or parameter. Gives `a`, or what calling `b` with `a` gives. */
  decorate: 34,
  /** Control leaves the function by giving `a` back (-1: by its end). `c`: 1 where that is true, 0 where it is not, -1 where it may be either. Operands: what its parameters are by then. */
  exit: 35,
} as const;

export type Op = (typeof op)[keyof typeof op];

/** What `refine` says of its condition: that it does not hold, that it does, that the call came back. */
export const outcome = { fails: 0, holds: 1, returned: 2 } as const;
export type Outcome = (typeof outcome)[keyof typeof outcome];

export type Language = 'javascript' | 'python' | 'java';

/** The global function that a template calls with each output that it does not encode; all other globals of a template are what it is rendered with. */
export const unencodedOutput = 'unencoded-output';

/** Further globals that templates call: with what is put out as the surroundings have it, with the name of a template that sees what this one sees (and what else it sees), with one whose macros are used. */
export const templateCalls = { output: 'output-of-template', include: 'included-template', module: 'imported-template' } as const;
/** The global function that a component calls with each text that it shows as markup. */
export const markupOutput = 'markup-output';

/** How declared types name one of the module's own classes (JavaScript), whether it exports it or not; an export of that name gives it to nobody else. */
export function localClass(name: string): string {
  return `<${name}>`;
}

export function isLocal(name: string): boolean {
  return name.startsWith('<');
}

/** A literal; regular expressions keep their source. */
export interface Constant {
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'undefined' | 'regexp';
  /** The value in words: text of a string, a number as JavaScript prints it, source of an expression (`/source/flags` where it has flags). */
  readonly text: string;
}

export interface IrFunction {
  /** As the source names it; empty when it does not. */
  readonly name: string;
  /** Index of the function round it; -1 for the module's own body, which is function 0. */
  readonly parent: number;
  /** Offsets in the source: of the head, for messages. */
  readonly start: number;
  readonly end: number;
  /** Number of formal parameters, without receiver. */
  readonly params: number;
  /** Names of the parameters, where they have one. */
  readonly paramNames: readonly string[];
  readonly kind: 'plain' | 'arrow' | 'async' | 'generator' | 'constructor' | 'getter' | 'setter' | 'static' | 'method';
}

/** One file. Arrays named by a letter have one entry an instruction; -1 stands for nothing. */
export interface IrModule {
  /** Relative to the root, `/` separators. */
  readonly path: string;
  readonly language: Language;
  /** Offsets are UTF-16 code units of the text that was parsed. */
  readonly length: number;
  readonly ops: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  /** Start of an instruction's operands in `operands`; its end is the next one's start. Length: instructions + 1. */
  readonly operandsAt: Int32Array;
  readonly operands: Int32Array;
  /** Where in the source, start and end offset. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The function an instruction belongs to. */
  readonly owners: Int32Array;
  readonly functions: readonly IrFunction[];
  readonly strings: readonly string[];
  readonly constants: readonly Constant[];
  readonly cells: number;
  /** Parts that the parser could not read or the front end gave up on. */
  readonly gaps: readonly IrGap[];
}

export interface IrGap {
  readonly reason: 'syntax' | 'too-deep' | 'too-large' | 'unsupported';
  readonly start: number;
  readonly end: number;
}
