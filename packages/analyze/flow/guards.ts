import { type IrModule, op } from '#model/ir.ts';
import type { Place } from '#model/library.ts';
import { type ClassTable, everything, fact, pollution } from './classes.ts';
import { constantAt } from './constants.ts';
import type { Node, Obj } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { methodOfLanguage } from './language-guards.ts';
import type { Instruction } from './layout.ts';
import { objectKind } from './objects.ts';
import { asksForWayUp, isFormOfPath, isBeginning, isNumber } from './path-guards.ts';
import { type Answer, OwnChecks } from './own-checks.ts';
import { type Asked, pythonTest } from './python-guards.ts';
import { allowedBy, excludedBy, excludedText } from './text-guards.ts';
import { hostNames } from './validators.ts';

const deepest = 8;
/** Functions that ask one another. */
const mostAsked = 2;
const harmlessTypes = new Set(['number', 'boolean', 'undefined', 'bigint', 'symbol']);
/** Methods that give text which is as dangerous as what it was made from. */
const sameText = new Set(['toLowerCase', 'toUpperCase', 'trim', 'toString', 'normalize', 'strip', 'lower', 'upper', 'valueOf']);
const orders = new Set(['<', '<=', '>', '>=']);
const conditions: ReadonlySet<number> = new Set([op.test, op.invoke, op.call, op.await, op.refine]);
const pollutionKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** What conditions prove of the values that they mention, as classes for which these are then harmless. */
export class Guards {
  private readonly heap: Heap;
  private readonly knowledge: Knowledge;
  private readonly classes: ClassTable;
  private readonly own: OwnChecks;

  constructor(heap: Heap, knowledge: Knowledge, classes: ClassTable) {
    this.heap = heap;
    this.knowledge = knowledge;
    this.classes = classes;
    this.own = new OwnChecks(heap, (value, condition, answer) => this.proven(value, condition, answer));
  }

  /** Classes that do not survive where `condition` holds (or does not, or came back). */
  proven(value: Node, condition: Node, holds: Answer, depth = 0, awaited = false): number {
    if (depth > deepest || condition < 0 || condition >= this.heap.layout.values) return 0;
    // What is nothing can do nothing: `x && ...` gives on an empty text, or none.
    if (holds === false && this.isOf(condition, value)) return everything;
    const test = this.heap.layout.at(condition);
    const own = test.op === op.invoke || test.op === op.call ? this.byOwn(value, test, holds, depth, awaited) : 0;
    if (holds === 'returned') return own | this.byReturn(value, test, depth);
    switch (test.op) {
      case op.test: return this.byTest(value, test, holds, depth);
      case op.invoke: return own | this.byMethod(value, test, holds);
      case op.call: return own | this.byCall(value, test, holds);
      case op.loadAt: return holds && this.isOf(test.b, value) && this.isFixedTable(test.a) ? everything & ~this.pollutionMask() : 0;
      case op.refine: return this.proven(value, test.a, holds, depth + 1);
      case op.await: return this.proven(value, test.a, holds, depth + 1, true);
      default: return 0;
    }
  }

  /** A call that refuses by not coming back. */
  private byReturn(value: Node, call: Instruction, depth: number): number {
    if (call.op === op.await) return this.proven(value, call.a, 'returned', depth + 1, true);
    return call.op === op.invoke || call.op === op.call ? this.byKnowledge(value, call, 'returned') : 0;
  }

  /** What functions of the program check, by what they do. */
  private byOwn(value: Node, call: Instruction, answer: Answer, depth: number, awaited: boolean): number {
    const site = this.heap.siteAt(call.valueId);
    if (site === undefined || site.targets.length === 0) return 0;
    return site.args.reduce((mask, arg, at) => {
      if (this.isOf(arg, value)) return mask | this.own.says(site, at, answer, awaited);
      const asks = conditions.has(arg < this.heap.layout.values ? this.heap.layout.at(arg).op : op.unknown);
      return asks && answer !== false && this.own.demands(site, at, answer, awaited) ? mask | this.proven(value, arg, true, depth + 1) : mask;
    }, 0);
  }

  private asked(value: Node, holds: boolean): Asked {
    return { heap: this.heap, classes: this.classes, isOf: (node) => this.isOf(node, value), holds };
  }

  private pollutionMask(): number {
    return this.classes.bit(pollution) | fact.constructorKey;
  }

  private byTest(value: Node, test: Instruction, holds: boolean, depth: number): number {
    const operator = test.textC;
    if (operator === '!') return this.proven(value, test.a, !holds, depth + 1);
    if (test.ir.language === 'python' && (operator === 'instanceof' || operator === 'in')) {
      const proven = pythonTest(this.asked(value, holds), test);
      if (proven !== 0) return proven;
    }
    if (operator === 'in') return holds && this.isOf(test.a, value) && this.isFixedTable(test.b) ? everything & ~this.pollutionMask() : 0;
    const equality = ['===', '==', '!==', '!='].includes(operator);
    if (equality) return this.byEquality(value, test, (operator === '===' || operator === '==') === holds);
    return this.byOrder(value, test, operator, holds);
  }

  private byEquality(value: Node, test: Instruction, equal: boolean): number {
    for (const [one, other] of [[test.a, test.b], [test.b, test.a]] as const) {
      const constant = constantAt(this.heap, other);
      if (isBeginning(this.heap, one, (node) => this.isOf(node, value))) return equal && !(constant.kind === 'constant' && constant.text.length < 2) ? this.prefixed() : 0;
      if (constant.kind !== 'constant') {
        if (!equal || !this.isOf(one, value)) continue;
        if (this.isFixed(other)) return everything;
        if (this.isParam(one) && this.isParam(other)) return this.prefixed();
        continue;
      }
      if (this.isOf(one, value)) return equal ? everything : this.notEqual(constant.text);
      const made = one < this.heap.layout.values ? this.heap.layout.at(one) : undefined;
      if (made === undefined) continue;
      if (made.op === op.test && made.textC === 'typeof' && this.isOf(made.a, value)) return equal ? this.ofType(constant.text) : 0;
      if (made.op === op.invoke && (constant.text === '-1' || constant.type === 'null')) return this.byMethod(value, made, !equal);
      if (made.op !== op.invoke || constant.text !== '0' || made.textB !== 'indexOf') continue;
      if (this.isOf(made.a, value)) return equal ? this.prefixed() : 0;
      if (!equal) return this.withinFolder(value, made);
    }
    return 0;
  }

  /** Who asks whether what it gets is the folder that it gets as well. */
  private isParam(node: Node): boolean {
    const root = this.root(node);
    return root >= 0 && root < this.heap.layout.values && this.heap.layout.at(root).op === op.param;
  }

  /** A text is no object with operators. */
  private ofType(type: string): number {
    if (harmlessTypes.has(type)) return everything;
    return type === 'string' ? this.classes.mask(['nosql-injection']) : 0;
  }

  private notEqual(text: string): number {
    if (text === '__proto__') return this.classes.bit(pollution);
    if (text === 'constructor' || text === 'prototype') return fact.constructorKey;
    return text === '..' ? this.classes.bit('path-traversal') : 0;
  }

  /** `indexOf(...) >= 0`, `> -1`, `< 0`: contained or not. What no number is, is neither greater nor less than one. */
  private byOrder(value: Node, test: Instruction, operator: string, holds: boolean): number {
    if (holds && orders.has(operator) && ((this.isOf(test.a, value) && isNumber(this.heap, test.b)) || (this.isOf(test.b, value) && isNumber(this.heap, test.a)))) return everything;
    const constant = constantAt(this.heap, test.b);
    if (constant.kind !== 'constant' || test.a >= this.heap.layout.values) return 0;
    const made = this.heap.layout.at(test.a);
    if (made.op !== op.invoke) return 0;
    const found = (operator === '>=' && constant.text === '0') || (operator === '>' && constant.text === '-1');
    const missing = (operator === '<' && constant.text === '0') || (operator === '<=' && constant.text === '-1');
    if (!found && !missing) return 0;
    return this.byMethod(value, made, found === holds);
  }

  /** What starts with a path or an address of the program's own. */
  private prefixed(): number {
    return this.classes.mask(['path-traversal', 'open-redirect', 'server-side-request-forgery', 'zip-slip']);
  }

  /** The way from a folder to the value does not lead upwards. */
  private withinFolder(value: Node, call: Instruction): number {
    return asksForWayUp(this.heap, call, (node) => this.isOf(node, value)) ? this.classes.mask(['path-traversal', 'zip-slip']) : 0;
  }

  private byMethod(value: Node, call: Instruction, holds: boolean): number {
    const name = call.textB;
    const within = holds ? 0 : this.withinFolder(value, call);
    if (within !== 0) return within;
    const [first] = call.operands;
    const known = methodOfLanguage(call.ir.language, this.asked(value, holds), call);
    if (known !== 0) return known;
    const about = this.isOf(call.a, value) || (name === 'startsWith' && isFormOfPath(this.heap, call.a, (node) => this.isOf(node, value)));
    if (about && first !== undefined) return this.aboutReceiver(name, first, holds);
    if (first === undefined || !this.isOf(first, value)) return this.byKnowledge(value, call, holds);
    const pattern = constantAt(this.heap, call.a);
    if (pattern.kind === 'constant' && pattern.type === 'regexp' && ['test', 'exec', 'match'].includes(name)) {
      return holds ? allowedBy(pattern.text, this.classes) : excludedBy(pattern.text, this.classes);
    }
    if (call.ir.language === 'java' && name === 'contains' && call.operands.length === 2) return this.aboutReceiver(name, call.operands[1] as Node, holds);
    if (['includes', 'has', 'indexOf', 'contains', 'hasOwnProperty', 'containsKey'].includes(name)) return this.inTable(call.a, holds, name);
    return this.byKnowledge(value, call, holds) | this.byPredicate(value, call, holds);
  }

  private aboutReceiver(name: string, first: Node, holds: boolean): number {
    const constant = constantAt(this.heap, first);
    if (['includes', 'indexOf', 'contains', 'search'].includes(name)) return holds || constant.kind !== 'constant' ? 0 : excludedText(constant.text, this.classes);
    if (name === 'match' || name === 'matches') {
      if (constant.kind !== 'constant') return 0;
      return holds ? allowedBy(name === 'matches' ? `^${constant.text}$` : constant.text, this.classes) : excludedBy(constant.text, this.classes);
    }
    if ((name === 'startsWith' || name === 'startswith') && holds) return constant.kind === 'constant' && constant.text.length < 2 ? 0 : this.prefixed();
    if ((name === 'equals' || name === 'equalsIgnoreCase') && constant.kind === 'constant') return holds ? everything : this.notEqual(constant.text);
    return 0;
  }

  /** A table of the program's own says which values are allowed, or which are not. */
  private inTable(table: Node, holds: boolean, name: string): number {
    if (!this.isFixedTable(table)) return 0;
    const texts = this.textsOf(table);
    if (holds) return name === 'hasOwnProperty' ? everything & ~this.pollutionMask() : everything;
    let mask = 0;
    for (const text of texts) if (pollutionKeys.has(text)) mask |= text === '__proto__' ? this.classes.bit(pollution) : fact.constructorKey;
    return mask;
  }

  /** Constants that the objects of a node hold. */
  private textsOf(table: Node): string[] {
    return this.heap.graph.held(table).flatMap((object) => this.textsIn(object, 0));
  }

  private textsIn(object: Obj, depth: number): string[] {
    const { objects } = this.heap;
    const own = objects.fieldNames(object).flatMap((name) => {
      const values = this.heap.stored(objects.field(object, name));
      return values.flatMap((one) => {
        const known = constantAt(this.heap, one);
        return known.kind === 'constant' ? [known.text, this.heap.layout.names.text(name)] : [this.heap.layout.names.text(name)];
      });
    });
    return depth > 2 ? own : [...own, ...objects.parentsOf(object).flatMap((parent) => this.textsIn(parent, depth + 1))];
  }

  /** A literal of the program: made here, filled with what is written there. */
  private isFixedTable(table: Node): boolean {
    const { kinds } = this.heap.objects;
    // A declared type adds what a library would give to what was made here.
    const made = this.heap.graph.held(table).filter((object) => !this.isReplaced(object));
    const held = made.filter((object) => kinds[object] !== objectKind.external || !(this.isDeclared(table) || this.isContainer(table)));
    return held.length > 0 && held.every((object) => kinds[object] === objectKind.site && this.hasFields(object, 0));
  }

  /** What a module gives before it gives something else (`module.exports = ...`). */
  private isReplaced(object: Obj): boolean {
    const { objects } = this.heap;
    return objects.kinds[object] === objectKind.exports && objects.fieldNames(object).every((name) => this.heap.stored(objects.field(object, name)).length === 0);
  }

  /** `new Set([...])`: what the language makes, and what it was given. */
  private isContainer(table: Node): boolean {
    const { kinds, of } = this.heap.objects;
    return this.heap.graph.held(table).some((object) => {
      const value = of[object] as Node;
      return kinds[object] === objectKind.site && value < this.heap.layout.values && this.heap.layout.at(value).op === op.construct;
    });
  }

  private isDeclared(table: Node): boolean {
    return table < this.heap.layout.values && this.heap.layout.at(table).ir.language === 'java';
  }

  /** Of its own, or copied from another. */
  private hasFields(object: Obj, depth: number): boolean {
    const { objects } = this.heap;
    return objects.fieldNames(object).length > 0 || (depth < deepest && objects.parentsOf(object).some((one) => this.hasFields(one, depth + 1)));
  }

  private isFixed(value: Node): boolean {
    return constantAt(this.heap, value).kind === 'constant';
  }

  private byCall(value: Node, call: Instruction, holds: boolean): number {
    return this.byKnowledge(value, call, holds) | this.byPredicate(value, call, holds);
  }

  private byKnowledge(value: Node, call: Instruction, holds: Answer): number {
    const site = this.heap.siteAt(call.valueId);
    if (site === undefined) return 0;
    let mask = 0;
    for (const states of site.externals) {
      for (const saying of this.knowledge.about(states)) {
        if (saying.kind !== 'guard' || saying.said.when !== (holds === 'returned' ? 'return' : holds)) continue;
        const { argument } = saying.said;
        const node = guardedAt(site, argument);
        if (node !== undefined && this.isOf(node, value)) mask |= this.classes.mask(saying.said.classes);
      }
    }
    return mask;
  }

  /**
   * A function of the program that looks for the keys of pollution says so of its argument, whatever it gives; one that takes an address apart and looks at its
   * host says that it leads where it may, where it gives something.
   */
  private byPredicate(value: Node, call: Instruction, holds: boolean): number {
    const site = this.heap.siteAt(call.valueId);
    if (site === undefined || !site.args.some((arg) => this.isOf(arg, value))) return 0;
    const words = site.targets.reduce((mask, fn) => mask | this.wordsOf(fn) | this.wordsBelow(fn, 1), 0);
    return holds ? words : words & this.pollutionMask();
  }

  private sitesIn: ReadonlyMap<number, readonly Site[]> | undefined;

  /** A function of Python that asks another one. */
  private wordsBelow(fn: number, depth: number): number {
    if (this.heap.layout.program.language !== 'python' || depth > mostAsked) return 0;
    this.sitesIn ??= Map.groupBy(this.heap.sites.filter(({ value, targets }) => targets.length > 0 && value < this.heap.layout.values), ({ value }) => this.heap.layout.owner(value));
    return (this.sitesIn.get(fn) ?? []).reduce((mask, { targets }) => targets.reduce((inner, one) => inner | this.wordsOf(one) | this.wordsBelow(one, depth + 1), mask), 0);
  }

  private readonly words = new Map<number, Int32Array>();

  private wordsOf(fn: number): number {
    const { layout } = this.heap;
    const module = layout.moduleOfFunction(fn);
    let words = this.words.get(module);
    if (words === undefined) {
      words = this.wordsIn(layout.modules[module] as IrModule);
      this.words.set(module, words);
    }
    return words[fn - (layout.functionBases[module] as number)] as number;
  }

  /** By function: what it compares with the keys of pollution. */
  private wordsIn(ir: IrModule): Int32Array {
    const words = new Int32Array(ir.functions.length);
    const constants = ir.constants.map(({ text }) => (text === '__proto__' ? this.classes.bit(pollution) : text === 'constructor' || text === 'prototype' ? fact.constructorKey : 0));
    const wordAt = (operand: number): number => (operand >= 0 && ir.ops[operand] === op.constant ? (constants[ir.a[operand] as number] ?? 0) : 0);
    const addresses = this.classes.mask(['open-redirect', 'server-side-request-forgery']);
    for (let place = 0; place < ir.ops.length; place++) {
      const owner = ir.owners[place] as number;
      if (ir.language === 'python' && (ir.ops[place] === op.load || ir.ops[place] === op.invoke) && hostNames.includes(ir.strings[ir.b[place] as number] ?? '')) words[owner] = (words[owner] as number) | addresses;
      if (ir.ops[place] !== op.test) continue;
      words[owner] = (words[owner] as number) | wordAt(ir.a[place] as number) | wordAt(ir.b[place] as number);
    }
    return words;
  }

  /** `node` is the value, or text that is as dangerous. */
  private isOf(node: Node, value: Node): boolean {
    return this.root(node) === this.root(value);
  }

  private root(node: Node): Node {
    let at = node;
    for (let round = 0; round < deepest; round++) {
      if (at < 0 || at >= this.heap.layout.values) return at;
      const made = this.heap.layout.at(at);
      if (made.op === op.refine || made.op === op.typed || made.op === op.await) at = made.a;
      else if (made.op === op.invoke && sameText.has(made.textB)) at = made.a;
      else return at;
    }
    return at;
  }
}

function guardedAt(site: Site, place: Place): Node | undefined {
  if (place.base === 'argument') return site.args[place.at];
  if (place.base === 'keyword') return site.keywords?.get(place.name);
  return place.base === 'this' ? site.receiver : undefined;
}
