import { type DataGap, dataKind, type DataKind, type DataTree } from '#model/data-tree.ts';

/** Nodes of one tree and levels of nesting that are kept. */
const mostDataNodes = 2_000_000;
const mostDataDepth = 500;
/** Places that nodes are moved in all; long chains of operators move what they join each time. */
const mostMoves = 100_000_000;

/** Thrown inside a parser whose text cannot be read further; what was read before is kept. */
export class DataLimit extends Error {}

/** Fills a tree in pre-order. */
export class DataWriter {
  private readonly rows: number[] = [];
  private readonly values: string[] = [];
  private readonly errors: DataGap[] = [];
  private depth = 0;
  private moves = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get size(): number {
    return this.values.length;
  }

  open(kind: DataKind, start: number, value = ''): number {
    if (this.values.length >= mostDataNodes) throw new DataLimit('more nodes than the limit');
    if (++this.depth > mostDataDepth) throw new DataLimit('nested deeper than the limit');
    this.rows.push(kind, start, start, 0);
    return this.values.push(value) - 1;
  }

  close(node: number, end: number): number {
    this.depth--;
    this.rows[4 * node + 2] = end;
    this.rows[4 * node + 3] = this.values.length;
    return node;
  }

  leaf(kind: DataKind, start: number, end: number, value = this.text.slice(start, end)): number {
    return this.close(this.open(kind, start, value), end);
  }

  /** Puts a node that is written already, and all after it, inside a new one; what is inside moves one place on. */
  wrap(node: number, kind: DataKind, value = ''): number {
    const start = this.rows[4 * node + 1] as number;
    this.moves += this.values.length - node;
    if (this.moves > mostMoves || this.values.length >= mostDataNodes) throw new DataLimit('chains longer than the limit');
    for (let row = node; row < this.values.length; row++) if (this.rows[4 * row + 3] !== 0) this.rows[4 * row + 3] = (this.rows[4 * row + 3] as number) + 1;
    this.rows.splice(4 * node, 0, kind, start, start, 0);
    this.values.splice(node, 0, value);
    this.depth++;
    return node;
  }

  setKind(node: number, kind: DataKind): void {
    this.rows[4 * node] = kind;
  }

  /** Takes a node away that is still open and was put round the one after it. */
  unwrap(node: number): void {
    this.rows.splice(4 * node, 4);
    this.values.splice(node, 1);
    this.depth--;
    for (let row = node; row < this.values.length; row++) if (this.rows[4 * row + 3] !== 0) this.rows[4 * row + 3] = (this.rows[4 * row + 3] as number) - 1;
  }

  /** Takes back all nodes from one on; those around it stay open. */
  cutBack(size: number): void {
    const open = this.rows.length / 4 - size;
    for (let row = size; row < size + open; row++) if (this.rows[4 * row + 3] === 0) this.depth--;
    this.rows.length = 4 * size;
    this.values.length = size;
  }

  /** A key in quotes is the same key as one without. */
  nameKey(node: number): void {
    if (this.rows[4 * node] === dataKind.string && !(this.values[node] as string).startsWith('$')) this.rows[4 * node] = dataKind.name;
  }

  endOf(node: number): number {
    return this.rows[4 * node + 2] as number;
  }

  problem(offset: number, message: string): void {
    if (this.errors.length < 100) this.errors.push({ offset, message });
  }

  /** Closes what is still open. */
  finish(): DataTree {
    const { rows, values, text, errors } = this;
    const size = values.length;
    const column = (at: number): Uint32Array => Uint32Array.from({ length: size }, (_, row) => rows[4 * row + at] as number);
    const next = column(3);
    const end = column(2);
    for (let node = 0; node < size; node++) {
      if (next[node] !== 0) continue;
      next[node] = size;
      end[node] = text.length;
    }
    return { text, size, kind: Uint8Array.from(column(0)), start: column(1), end, next, value: values, errors };
  }
}
