import { type IrModule, isLocal, op, unencodedOutput } from '#model/ir.ts';
import { isPattern, patternKey } from '#model/program.ts';
import { builtinMethod } from './builtin-methods.ts';
import { bringIn, declareType, localClassNode } from './declared-types.ts';
import { leakNode } from './escapes.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import { container, isLanguageName, objectFunction, promise } from './object-functions.ts';
import { objectKind } from './objects.ts';
import { isPartOfOwnAddress } from './own-addresses.ts';
import { numberMembers, outerInstance, plainTypes } from './plain-members.ts';
import { isTemplate } from './views.ts';

/** Reads a module's instructions once and lays down what they say about objects and taint. */
export function constrainModule(heap: Heap, module: number): void {
  const ir = heap.layout.modules[module] as IrModule;
  const reader = new ModuleReader(heap, module, ir);
  for (let place = 0; place < ir.ops.length; place++) reader.read(place);
  reader.finish();
}

const globalObjects = new Set(['window', 'globalThis', 'self', 'global']);

class ModuleReader {
  private readonly heap: Heap;
  private readonly module: number;
  private readonly ir: IrModule;
  private readonly base: number;
  private readonly functionBase: number;
  private readonly isTemplate: boolean;
  private exportsDefault = false;
  private exportsNames = false;

  constructor(heap: Heap, module: number, ir: IrModule) {
    this.heap = heap;
    this.module = module;
    this.ir = ir;
    this.isTemplate = isTemplate(ir);
    this.base = heap.layout.bases[module] as number;
    this.functionBase = heap.layout.functionBases[module] as number;
  }

  read(place: number): void {
    const { heap, ir, base } = this;
    const { graph, objects } = heap;
    const value = base + place;
    const a = base + (ir.a[place] as number);
    const b = base + (ir.b[place] as number);
    switch (ir.ops[place]) {
      case op.param: return this.param(place, value);
      case op.global: return this.global(ir.strings[ir.a[place] as number] ?? '', value);
      case op.import: return this.import(ir.strings[ir.a[place] as number] ?? '', value);
      case op.closure: return graph.add(value, objects.object(objectKind.function, this.functionBase + (ir.a[place] as number)));
      case op.object:
      case op.array: return graph.add(value, objects.object(objectKind.site, value));
      case op.getCell: return graph.copy(heap.cell(this.module, ir.a[place] as number), value);
      case op.setCell: return graph.copy(b, heap.cell(this.module, ir.a[place] as number));
      case op.load: return this.load(place, a, value);
      case op.loadAt: return this.loadAt(place, a, value);
      case op.store: return this.store(place, a, base + (ir.c[place] as number));
      case op.storeAt: return this.storeAt(place, a, base + (ir.c[place] as number));
      case op.call: return this.call(place, value, a, 'call');
      case op.invoke: return this.invoke(place, value, a);
      case op.construct: return this.call(place, value, a, 'construct');
      default: return this.passOn(place, value, a, b);
    }
  }

  private passOn(place: number, value: Node, a: Node, b: Node): void {
    const { heap, ir } = this;
    const { graph } = heap;
    switch (ir.ops[place]) {
      case op.phi: return this.operands(place).forEach((operand) => graph.copy(operand, value));
      // What a condition proves is told when all is known: the taint of a refined value is added by `guards.ts`.
      case op.refine: return graph.point(a, value);
      case op.await:
        heap.wait(a, wait.await, value);
        return graph.copy(a, value);
      case op.element: return this.loadAny(a, value);
      case op.key: return heap.taints(a, value);
      case op.spread: return graph.copy(a, value);
      case op.copy: return this.copy(place, value, a);
      case op.typed: return this.typed(place, value, a);
      case op.return: return graph.copy(a, heap.result(this.owner(place)));
      case op.yield: return this.yield(place, a);
      case op.inherit: return heap.wait(a, wait.extend, b);
      case op.export: return this.export(place, b);
      case op.decorate: return this.decorate(value, a, b);
      default: return;
    }
  }

  private param(place: number, value: Node): void {
    const { heap, ir } = this;
    const at = ir.a[place] as number;
    const fn = this.owner(place);
    if (at === -2 || (ir.b[place] as number) > 0) {
      const list = heap.objects.object(objectKind.site, value);
      heap.graph.add(value, list);
      const from = Math.max(at, 0);
      const into = heap.objects.star(list);
      const rests = heap.rests.get(fn);
      if (ir.b[place] === 2) heap.dictionaries.set(fn, list);
      else if (rests === undefined) heap.rests.set(fn, [{ from, into }]);
      else rests.push({ from, into });
      // Whoever calls from outside fills it as well.
      const last = at === -2 ? (ir.functions[ir.owners[place] as number]?.params ?? 0) : from;
      for (let one = from; one <= last; one++) {
        heap.graph.copy(heap.param(fn, one), into);
        heap.taints(heap.param(fn, one), value);
      }
      return;
    }
    heap.graph.copy(heap.param(fn, at), value);
  }

  private global(name: string, value: Node): void {
    const { heap } = this;
    const { graph, objects } = heap;
    if (this.isTemplate && !name.startsWith(unencodedOutput) && (this.ir.language !== 'javascript' || !isLanguageName(name))) return;
    if (this.ir.language === 'javascript') {
      if (name === 'module') return graph.add(value, objects.object(objectKind.module, this.module));
      if (name === 'exports') return graph.add(value, objects.object(objectKind.exports, this.module));
      if (globalObjects.has(name)) graph.add(value, objects.object(objectKind.global, 0));
      else graph.copy(objects.field(objects.object(objectKind.global, 0), heap.layout.names.number(name)), value);
    }
    heap.addExternal(value, heap.globalName(name));
  }

  private import(specifier: string, value: Node): void {
    const imports = this.heap.layout.program.modules[this.module]?.imports;
    for (const target of isPattern(specifier) ? [...(imports ?? [])].flatMap(([text, one]) => (text.startsWith(patternKey(specifier, '')) ? [one] : [])) : [imports?.get(specifier)]) bringIn(this.heap, target, value);
  }

  private load(place: number, a: Node, value: Node): void {
    const { heap, ir } = this;
    const name = this.name(place);
    const text = heap.layout.names.text(name);
    if (text === outerInstance) {
      const held = heap.graph.node();
      heap.wait(a, wait.load, name, held);
      return heap.graph.point(held, value);
    }
    heap.wait(a, ir.language === 'python' ? wait.attribute : wait.load, name, value);
    if (numberMembers.has(text) || (ir.language === 'javascript' && (isLanguageName(text) || isPartOfOwnAddress(heap, a, text)))) return;
    if (heap.lateMembers.has(text)) for (const node of [a, value]) heap.lateLoads.push(node);
    else heap.taints(a, value);
  }

  private store(place: number, a: Node, value: Node): void {
    this.heap.wait(a, this.ir.language === 'python' ? wait.setAttribute : wait.store, this.name(place), value);
    if (this.ir.language === 'javascript' && this.isCall(a - this.base) && this.ir.ops[value - this.base] === op.closure) this.heap.wait(a, wait.dress, this.name(place), a);
    const [getter, setter] = [this.accessorOf(value - this.base, 'getter'), this.accessorOf(value - this.base, 'setter')];
    // Who reads the member gets what the getter gives.
    if (getter !== undefined) this.heap.wait(a, wait.store, this.name(place), this.heap.result(getter));
    if (setter !== undefined) this.heap.wait(a, wait.setter, this.name(place), this.heap.param(setter, 0));
  }

  private isCall(place: number): boolean {
    const code = this.ir.ops[place];
    return code === op.call || code === op.invoke || code === op.construct;
  }

  /** A key that is a constant names the element. */
  private loadAt(place: number, a: Node, value: Node): void {
    const name = this.keyName(place);
    if (name === undefined) return this.loadAny(a, value);
    this.heap.wait(a, wait.item, name, value);
    this.heap.taints(a, value);
  }

  private storeAt(place: number, a: Node, value: Node): void {
    const name = this.keyName(place);
    if (name === undefined) this.heap.wait(a, wait.storeAny, value);
    else this.heap.wait(a, wait.setItem, name, value);
  }

  private keyName(place: number): number | undefined {
    const { ir, heap } = this;
    const key = ir.b[place] as number;
    const constant = ir.ops[key] === op.constant ? ir.constants[ir.a[key] as number] : undefined;
    if (ir.language !== 'python' || constant === undefined || (constant.kind !== 'string' && !/^\d+$/.test(constant.text))) return undefined;
    return heap.layout.names.number(constant.text);
  }

  private accessorOf(place: number, kind: 'getter' | 'setter'): number | undefined {
    const { ir } = this;
    if (ir.ops[place] === op.decorate) return this.accessorOf(ir.a[place] as number, kind);
    const own = ir.ops[place] === op.closure ? (ir.a[place] as number) : -1;
    return ir.functions[own]?.kind === kind ? this.functionBase + own : undefined;
  }

  private loadAny(a: Node, value: Node): void {
    this.heap.wait(a, wait.loadAny, value);
    this.heap.taints(a, value);
  }

  private call(place: number, value: Node, callee: Node, kind: 'call' | 'construct'): void {
    const { heap, ir } = this;
    const receiver = kind === 'call' && (ir.b[place] as number) >= 0 ? this.base + (ir.b[place] as number) : -1;
    const own = this.siteAt(place, value, { kind, receiver, name: -1, callee });
    const site = heap.site(own);
    if (kind === 'construct') promise(heap, own, callee);
    if (ir.language === 'javascript') container(heap, own, callee);
    heap.wait(callee, kind === 'call' ? wait.call : wait.construct, site);
  }

  private invoke(place: number, value: Node, receiver: Node): void {
    const { heap } = this;
    const name = this.name(place);
    const own = this.siteAt(place, value, { kind: 'invoke', receiver, name, callee: -1 });
    const site = heap.site(own);
    heap.wait(receiver, wait.invoke, site);
    builtinMethod(heap, own, site, this.ir.language);
    if (this.ir.language === 'javascript') objectFunction(heap, own);
  }

  private siteAt(place: number, value: Node, own: Pick<Site, 'kind' | 'receiver' | 'name' | 'callee'>): Site {
    const operands = this.operands(place);
    const names = (this.ir.c[place] as number) < 0 ? [] : (this.ir.strings[this.ir.c[place] as number] ?? '').split(',');
    const args = operands.slice(0, operands.length - names.length);
    const spreadFrom = args.findIndex((arg) => this.ir.ops[arg - this.base] === op.spread);
    const keywords = names.length === 0 ? {} : { keywords: new Map(names.map((name, at) => [name, operands[args.length + at] as Node])), openKeywords: names.includes('**') };
    return { value, module: this.module, args: spreadFrom < 0 ? args : this.spreadArguments(args), spreadFrom, targets: [], externals: [], ...keywords, ...own };
  }

  /** A list in an argument's place stands for its elements. */
  private spreadArguments(args: readonly Node[]): Node[] {
    return args.map((arg) => {
      if (this.ir.ops[arg - this.base] !== op.spread) return arg;
      const element = this.heap.graph.node();
      this.loadAny(arg, element);
      return element;
    });
  }

  private copy(place: number, value: Node, a: Node): void {
    const { heap } = this;
    const made = heap.objects.object(objectKind.site, value);
    heap.graph.add(value, made);
    if (this.ir.b[place] === 1) heap.wait(a, wait.take, -1, heap.objects.star(made));
    else heap.wait(a, wait.inherit, made);
    heap.taints(a, value);
  }

  private typed(place: number, value: Node, a: Node): void {
    const type = this.ir.strings[this.ir.b[place] as number] ?? '';
    if (!plainTypes.has(type)) declareType(this.heap, this.module, { type, from: a, to: value });
  }

  private yield(place: number, a: Node): void {
    const { heap } = this;
    const result = heap.result(this.owner(place));
    const list = heap.objects.object(objectKind.site, result);
    heap.graph.add(result, list);
    heap.graph.copy(a, heap.objects.star(list));
    heap.taints(a, result);
  }

  private export(place: number, b: Node): void {
    const { heap, ir } = this;
    const exports = heap.objects.object(objectKind.exports, this.module);
    const named = (ir.a[place] as number) >= 0;
    const name = named ? (ir.strings[ir.a[place] as number] ?? '') : 'default';
    if (isLocal(name)) return heap.graph.copy(b, localClassNode(heap, this.module, name));
    if (name === '*') {
      this.exportsNames = true;
      return heap.wait(b, wait.inherit, exports);
    }
    if (named) this.exportsNames = true;
    else this.exportsDefault = true;
    heap.graph.copy(b, heap.objects.field(exports, heap.layout.names.number(name)));
  }

  private decorate(value: Node, a: Node, b: Node): void {
    const { heap } = this;
    // Most decorators give the function back, or something that calls it.
    heap.graph.copy(a, value);
    // Parameters, and fields that somebody else fills.
    const marks = this.ir.ops[a - this.base] === op.param || (this.ir.language === 'java' && this.ir.ops[a - this.base] === op.unknown);
    const site = heap.site({ value, module: this.module, args: [a], spreadFrom: -1, receiver: -1, name: -1, kind: 'call', targets: [], externals: [], callee: b, marks });
    heap.wait(b, wait.call, site);
  }

  finish(): void {
    const { heap, module } = this;
    const { objects, graph, layout } = heap;
    const exports = objects.object(objectKind.exports, module);
    const given = objects.field(objects.object(objectKind.module, module), layout.names.number('exports'));
    graph.add(given, exports);
    // A module without an ES default gives, as its default, all that it gives.
    if (this.ir.language === 'javascript' && !this.exportsDefault && !this.exportsNames) graph.copy(given, objects.field(exports, layout.names.number('default')));
    const own = layout.program.modules[module];
    const library = own !== undefined && own.exposed && layout.program.packages[own.package]?.threatModel === 'library';
    if (library && own.role === 'code') leakNode(heap, given);
    if (library) leakNode(heap, objects.star(objects.object(objectKind.global, 0)));
    for (const [name, target] of own?.submodules ?? []) {
      graph.copy(objects.field(objects.object(objectKind.module, target), layout.names.number('exports')), objects.field(exports, layout.names.number(name)));
    }
  }

  private operands(place: number): number[] {
    const found: number[] = [];
    for (let at = this.ir.operandsAt[place] as number; at < (this.ir.operandsAt[place + 1] as number); at++) found.push(this.base + (this.ir.operands[at] as number));
    return found;
  }

  private owner(place: number): number {
    return this.functionBase + (this.ir.owners[place] as number);
  }

  private name(place: number): number {
    return (this.heap.layout.nameOf[this.module] as Int32Array)[this.ir.b[place] as number] as number;
  }
}
