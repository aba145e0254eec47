import type { Node } from './graph.ts';
import { grown, IntList } from './packed-lists.ts';

/** Facts by context and node, each with a mask of classes and marks. They are numbered from 1 on. */
export class FactTable {
  private readonly contexts = new IntList();
  private readonly nodes = new IntList();
  private masks = new Int32Array(1024);
  private marks = new Uint8Array(1024);
  /** Facts of context 0 by node. */
  private readonly plain: Int32Array;
  /** All others, by open addressing. */
  private slots = new Int32Array(1024);
  private taken = 0;

  constructor(nodes: number) {
    this.plain = new Int32Array(nodes);
    this.contexts.push(-1);
    this.nodes.push(-1);
  }

  /** 0: it is not known. */
  find(context: number, node: Node): number {
    return context === 0 ? (this.plain[node] as number) : (this.slots[this.slot(context, node)] as number);
  }

  /** Of one that is not known. */
  add(context: number, node: Node): number {
    this.nodes.push(node);
    const fact = this.contexts.push(context);
    if (fact === this.masks.length) this.widen();
    if (context === 0) this.plain[node] = fact;
    else {
      if (2 * ++this.taken > this.slots.length) this.rehash(fact);
      this.slots[this.slot(context, node)] = fact;
    }
    return fact;
  }

  get count(): number {
    return this.contexts.length;
  }

  context(fact: number): number {
    return this.contexts.get(fact);
  }

  node(fact: number): Node {
    return this.nodes.get(fact);
  }

  mask(fact: number): number {
    return this.masks[fact] as number;
  }

  addMask(fact: number, mask: number): void {
    this.masks[fact] = (this.masks[fact] as number) | mask;
  }

  /** False when it has the mark already. */
  mark(fact: number, mark: number): boolean {
    const before = this.marks[fact] as number;
    this.marks[fact] = before | mark;
    return (before & mark) === 0;
  }

  unmark(fact: number, mark: number): void {
    this.marks[fact] = (this.marks[fact] as number) & ~mark;
  }

  each(visit: (context: number, node: Node, mask: number) => void): void {
    for (let fact = 1; fact < this.contexts.length; fact++) visit(this.contexts.get(fact), this.nodes.get(fact), this.masks[fact] as number);
  }

  /** Where it is, or where it would go. */
  private slot(context: number, node: Node): number {
    const last = this.slots.length - 1;
    let at = (Math.imul(context, 0x9e3779b1) ^ Math.imul(node, 0x85ebca6b)) >>> 0;
    at = (at ^ (at >>> 15)) & last;
    for (;;) {
      const fact = this.slots[at] as number;
      if (fact === 0 || (this.nodes.get(fact) === node && this.contexts.get(fact) === context)) return at;
      at = (at + 1) & last;
    }
  }

  private rehash(before: number): void {
    this.slots = new Int32Array(2 * this.slots.length);
    for (let fact = 1; fact < before; fact++) {
      const context = this.contexts.get(fact);
      if (context !== 0) this.slots[this.slot(context, this.nodes.get(fact))] = fact;
    }
  }

  private widen(): void {
    this.masks = grown(this.masks, 0);
    const marks = new Uint8Array(this.masks.length);
    marks.set(this.marks);
    this.marks = marks;
  }
}
