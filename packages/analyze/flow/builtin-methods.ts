import { type IrModule, type Language, op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import { objectKind } from './objects.ts';
import { rootOf } from './roots.ts';
import { pythonContainer } from './python-containers.ts';

/** What a callback gets; `nothing`: of its own, such as an error, which is not what the promise would have given. */
type Given = 'element' | 'receiver' | 'initial' | 'key' | 'nothing';

/**
 * Methods that a language gives its own lists, promises and functions, by name: where a receiver's kind is not known, its method's name has to do.
 * `callback` says which parameters of the function in argument 0 get what, and what becomes of what it gives back.
 */
interface Method {
  readonly callback?: readonly Given[];
  /** What the call gives. */
  readonly result?: 'receiver' | 'element' | 'list-of-callback' | 'callback' | 'list-of-receiver';
  /** Arguments from this one on become elements of the receiver. */
  readonly gives?: number;
  /** The callback in argument 1 gets what went wrong, and gives the same. */
  readonly second?: boolean;
  /** The callback is argument 1. */
  readonly behind?: boolean;
}

const each: Method = { callback: ['element', 'key', 'receiver'] };
const javascript = new Map<string, Method>([
  ['forEach', each], ['some', each], ['every', each], ['findIndex', each],
  ['map', { ...each, result: 'list-of-callback' }], ['flatMap', { ...each, result: 'list-of-callback' }],
  ['filter', { ...each, result: 'receiver' }], ['find', { ...each, result: 'element' }], ['findLast', { ...each, result: 'element' }],
  ['reduce', { callback: ['initial', 'element', 'key', 'receiver'], result: 'callback' }], ['reduceRight', { callback: ['initial', 'element', 'key', 'receiver'], result: 'callback' }],
  ['sort', { callback: ['element', 'element'], result: 'receiver' }],
  ['then', { callback: ['receiver'], result: 'callback', second: true }], ['catch', { callback: ['nothing'], result: 'receiver' }], ['finally', { result: 'receiver' }],
  ['replace', { callback: ['receiver', 'receiver', 'receiver', 'receiver'], behind: true }], ['replaceAll', { callback: ['receiver', 'receiver', 'receiver', 'receiver'], behind: true }],
  ['push', { gives: 0 }], ['unshift', { gives: 0 }], ['add', { gives: 0, result: 'receiver' }], ['splice', { gives: 2, result: 'receiver' }], ['set', { gives: 1, result: 'receiver' }], ['fill', { gives: 0, result: 'receiver' }],
  ['pop', { result: 'element' }], ['shift', { result: 'element' }], ['at', { result: 'element' }], ['get', { result: 'element' }],
  ['slice', { result: 'receiver' }], ['reverse', { result: 'receiver' }], ['concat', { result: 'list-of-receiver' }], ['values', { result: 'receiver' }], ['entries', { result: 'receiver' }], ['flat', { result: 'receiver' }],
]);
const java = new Map<string, Method>([
  ['add', { gives: 0 }], ['addAll', { gives: 0 }], ['addFirst', { gives: 0 }], ['addLast', { gives: 0 }], ['put', { gives: 1 }], ['push', { gives: 0 }], ['offer', { gives: 0 }], ['set', { gives: 1 }],
  ['get', { result: 'element' }], ['getOrDefault', { result: 'element' }], ['remove', { result: 'element' }], ['poll', { result: 'element' }], ['pop', { result: 'element' }], ['peek', { result: 'element' }], ['next', { result: 'element' }],
  ['iterator', { result: 'receiver' }], ['stream', { result: 'receiver' }], ['values', { result: 'receiver' }], ['entrySet', { result: 'list-of-receiver' }], ['getValue', { result: 'element' }], ['subList', { result: 'receiver' }],
  ['forEach', each], ['map', { ...each, result: 'list-of-callback' }], ['filter', { ...each, result: 'receiver' }], ['collect', { result: 'receiver' }],
  ...(['flatMap', 'mapToObj', 'thenApply', 'thenApplyAsync', 'thenCompose', 'concatMap', 'switchMap'] as const).map((name) => [name, { ...each, result: 'list-of-callback' }] as const),
  ...(['anyMatch', 'allMatch', 'noneMatch', 'ifPresent', 'ifPresentOrElse', 'thenAccept', 'forEachOrdered', 'subscribe', 'forEachRemaining'] as const).map((name) => [name, each] as const),
  ...(['doOnNext', 'doOnSuccess', 'takeWhile', 'dropWhile', 'whenComplete'] as const).map((name) => [name, { ...each, result: 'receiver' }] as const),
  ...(['sorted', 'distinct', 'limit', 'skip', 'parallel', 'toList', 'listIterator', 'parallelStream', 'descendingIterator', 'findFirst', 'findAny'] as const).map((name) => [name, { result: 'receiver' }] as const),
  ...(['orElse', 'orElseThrow', 'getFirst', 'getLast', 'removeFirst', 'removeLast', 'pollFirst', 'pollLast', 'peekFirst', 'peekLast', 'firstElement', 'join', 'block', 'elementAt', 'nextElement', 'take'] as const).map((name) => [name, { result: 'element' }] as const),
  ...(['supplyAsync', 'submit', 'fromCallable', 'fromSupplier', 'defer', 'generate'] as const).map((name) => [name, { callback: [], result: 'list-of-callback' }] as const),
  ['orElseGet', { callback: [], result: 'callback' }], ['computeIfAbsent', { callback: [], result: 'callback', behind: true }],
  ['reduce', { callback: ['initial', 'element'], result: 'callback', behind: true }], ['putIfAbsent', { gives: 1 }], ['offerFirst', { gives: 0 }], ['offerLast', { gives: 0 }], ['addElement', { gives: 0 }], ['setProperty', { gives: 1 }],
]);
const methods: Readonly<Record<Language, ReadonlyMap<string, Method>>> = { javascript, python: new Map(), java };
const indirect = new Set(['call', 'apply', 'bind']);

/** Names of methods that containers of a language have. */
export function builtinNames(language: Language): readonly string[] {
  return [...methods[language].keys(), ...(language === 'javascript' ? indirect : [])];
}

export function builtinMethod(heap: Heap, site: Site, at: number, language: Language): void {
  const name = heap.layout.names.text(site.name);
  if (language === 'javascript' && indirect.has(name)) heap.wait(site.receiver, wait.indirect, at);
  const borrowed = name === 'call' && language === 'javascript' ? memberName(heap, site.receiver) : undefined;
  const lent = borrowed === undefined ? undefined : methods.javascript.get(borrowed);
  const [self, ...rest] = site.args;
  if (lent !== undefined && self !== undefined) new BuiltinCall(heap, { ...site, receiver: self, args: rest }, lent).apply();
  if (language === 'python') return pythonContainer(heap, site, name);
  const method = methods[language].get(name);
  if (method !== undefined) new BuiltinCall(heap, site, method).apply();
}

/** `slice` in `[].slice.call(list)`. */
function memberName(heap: Heap, node: Node): string | undefined {
  if (node < 0 || node >= heap.layout.values) return undefined;
  const made = heap.layout.at(node);
  if (made.op === op.global) return globalMember(made.ir, made.rawA);
  return made.op === op.load ? made.textB : undefined;
}

/** The same for `slice = [].slice` without a declaration: what the module stores in its global variable. */
function globalMember(ir: IrModule, name: number): string | undefined {
  const at = ir.ops.findIndex((code, place) => code === op.store && ir.b[place] !== -1 && ir.strings[ir.b[place] as number] === ir.strings[name] && ir.ops[ir.a[place] as number] === op.global);
  const value = at < 0 ? -1 : (ir.c[at] as number);
  return value >= 0 && ir.ops[value] === op.load ? ir.strings[ir.b[value] as number] : undefined;
}

/** It was read from something else. */
function isMember(heap: Heap, node: Node): boolean {
  const root = rootOf(heap, node);
  return root >= 0 && root < heap.layout.values && heap.layout.at(root).op === op.load;
}

class BuiltinCall {
  private readonly heap: Heap;
  private readonly site: Site;
  private readonly method: Method;

  constructor(heap: Heap, site: Site, method: Method) {
    this.heap = heap;
    this.site = site;
    this.method = method;
  }

  apply(): void {
    const { callback, gives, result, second, behind } = this.method;
    const given = callback === undefined ? undefined : this.callback(callback, this.site.args[behind === true ? 1 : 0]);
    if (second === true && callback !== undefined) this.callback(['nothing'], this.site.args[1], given);
    if (gives !== undefined) this.give(gives);
    if (result !== undefined) this.result(result, given);
  }

  private element(): Node {
    const element = this.heap.graph.node();
    this.heap.wait(this.site.receiver, wait.take, -1, element);
    this.heap.taints(this.site.receiver, element);
    return element;
  }

  /** The function in an argument is called; gives the node of its result. */
  private callback(parameters: NonNullable<Method['callback']>, fn: Node | undefined, into = this.heap.graph.node()): Node {
    if (fn === undefined) return into;
    const args = parameters.map((one) => this.argument(one, into));
    const { heap, site } = this;
    heap.graph.copy(heap.callWithin(site, fn, args), into);
    return into;
  }

  private argument(kind: Given, result: Node): Node {
    if (kind === 'receiver') return this.site.receiver;
    if (kind === 'element') return this.element();
    const node = this.heap.graph.node();
    if (kind === 'initial') {
      this.heap.graph.copy(result, node);
      const [, initial] = this.site.args;
      if (initial !== undefined) this.heap.graph.copy(initial, node);
      else this.heap.graph.copy(this.element(), node);
    }
    return node;
  }

  private give(from: number): void {
    const { receiver, args } = this.site;
    for (const arg of args.slice(from)) this.heap.wait(receiver, wait.give, arg, isMember(this.heap, receiver) ? 1 : 0);
  }

  private result(kind: NonNullable<Method['result']>, callback: Node | undefined): void {
    const { heap, site } = this;
    const { graph } = heap;
    if (kind === 'receiver') {
      heap.wait(site.receiver, wait.containers, site.value);
      return heap.taints(site.receiver, site.value);
    }
    if (kind === 'element') return graph.copy(this.element(), site.value);
    if (kind === 'callback' && callback !== undefined) return graph.copy(callback, site.value);
    const list = heap.objects.object(objectKind.site, site.value);
    graph.add(site.value, list);
    if (kind === 'list-of-callback' && callback !== undefined) return graph.copy(callback, heap.objects.star(list));
    for (const part of [site.receiver, ...site.args]) {
      heap.wait(part, wait.inherit, list);
      heap.taints(part, site.value);
    }
  }
}
