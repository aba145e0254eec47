import type { Hits } from './hits.ts';
import { bytesOf } from './text-bytes.ts';
import type { TextBytes } from './text-bytes.ts';

interface TrieNode {
  readonly number: number;
  readonly next: Map<number, TrieNode>;
  readonly values: number[];
}

/** Of an edge in the table: the node that it leaves, its byte, the node that it leads to. */
const edgeSize = 3;

/** Which of many beginnings, or endings, a text has: one step for each byte that still fits. */
export class EdgeTrie {
  private readonly edge: 'start' | 'end';
  private readonly literals: (readonly [literal: Uint8Array, value: number])[] = [];
  private sealed = true;
  /** A table with free places; no edge leads back to the root, so that 0 says free. */
  private edges = new Int32Array(edgeSize * 2);
  private shift = 31;
  /** For each node where its values begin, from 1: how many, then they. */
  private starts = new Int32Array(1);
  private values = new Int32Array(0);

  constructor(edge: 'start' | 'end') {
    this.edge = edge;
  }

  get size(): number {
    return this.literals.length;
  }

  add(literal: string, value: number): void {
    this.literals.push([bytesOf(literal), value]);
    this.sealed = false;
  }

  search({ bytes, length }: TextBytes, found: Hits): void {
    if (this.literals.length === 0) return;
    if (!this.sealed) this.seal();
    const { edges, shift, starts, values } = this;
    const last = edges.length - edgeSize;
    const by = this.edge === 'start' ? 1 : -1;
    let node = 0;
    for (let step = 0, at = this.edge === 'start' ? 0 : length - 1; step < length; step++, at += by) {
      const byte = bytes[at] as number;
      let place = placeOf(node, byte, shift);
      while (edges[place + 2] !== 0 && (edges[place] !== node || edges[place + 1] !== byte)) place = place === last ? 0 : place + edgeSize;
      node = edges[place + 2] as number;
      if (node === 0) return;
      const from = starts[node] as number;
      if (from > 0) for (let index = from; index < from + (values[from - 1] as number); index++) found.add(values[index] as number);
    }
  }

  private seal(): void {
    const nodes: TrieNode[] = [];
    const grow = (): TrieNode => {
      const node = { number: nodes.length, next: new Map<number, TrieNode>(), values: [] };
      nodes.push(node);
      return node;
    };
    const root = grow();
    for (const [literal, value] of this.literals) {
      let node = root;
      for (let step = 0; step < literal.length; step++) {
        const byte = literal[this.edge === 'start' ? step : literal.length - 1 - step] as number;
        let next = node.next.get(byte);
        if (next === undefined) node.next.set(byte, (next = grow()));
        node = next;
      }
      node.values.push(value);
    }
    this.write(nodes);
    this.sealed = true;
  }

  private write(nodes: readonly TrieNode[]): void {
    const power = Math.ceil(Math.log2(nodes.length)) + 1;
    this.shift = 32 - power;
    this.edges = new Int32Array(edgeSize << power);
    this.starts = new Int32Array(nodes.length);
    const values: number[] = [];
    for (const node of nodes) {
      if (node.values.length > 0) this.starts[node.number] = values.push(node.values.length);
      for (const value of node.values) values.push(value);
      for (const [byte, next] of node.next) this.writeEdge(node.number, byte, next.number);
    }
    this.values = Int32Array.from(values);
  }

  private writeEdge(node: number, byte: number, next: number): void {
    const { edges } = this;
    let place = placeOf(node, byte, this.shift);
    while (edges[place + 2] !== 0) place = place === edges.length - edgeSize ? 0 : place + edgeSize;
    edges.set([node, byte, next], place);
  }
}

function placeOf(node: number, byte: number, shift: number): number {
  return ((Math.imul(node, 0x9e37_79b1) ^ Math.imul(byte, 0x85eb_ca6b)) >>> shift) * edgeSize;
}
