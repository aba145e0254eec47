import { type CodeTree, K } from '#model/code-tree.ts';

/** Levels of nesting that are kept: what lies deeper is one leaf. */
const mostLevels = 1_200;

/** Builds a `CodeTree` in pre-order: `open`, the children, `close`. */
export class CodeBuilder {
  readonly text: string;
  private readonly language: string;
  private kind = new Uint8Array(1024);
  private role = new Uint8Array(1024);
  private start = new Uint32Array(1024);
  private end = new Uint32Array(1024);
  private next = new Uint32Array(1024);
  private parent = new Uint32Array(1024);
  private symbol = new Uint32Array(1024);
  private size = 0;
  private current = 0;
  /** Levels of what is being put in, whether or not each leaves a node. */
  protected level = 0;
  private partial = false;
  private lost = 0;
  private readonly symbols: string[] = [''];
  private readonly numbers = new Map<string, number>([['', 0]]);

  constructor(language: string, text: string) {
    this.language = language;
    this.text = text;
  }

  open(kind: number, role: number, start: number, end: number, symbol = ''): number {
    if (this.size === this.kind.length) this.grow();
    const node = this.size++;
    this.kind[node] = kind;
    this.role[node] = role;
    this.start[node] = start;
    this.end[node] = end;
    this.parent[node] = this.current;
    this.symbol[node] = this.intern(symbol);
    this.current = node;
    return node;
  }

  close(): void {
    const node = this.current;
    this.next[node] = this.size;
    this.current = this.parent[node] as number;
  }

  leaf(kind: number, role: number, start: number, end: number, symbol = ''): void {
    this.open(kind, role, start, end, symbol);
    this.close();
  }

  /** True when nothing may be opened any deeper; what is there becomes one leaf, and the tree is partial. */
  tooDeep(role: number, start: number, end: number): boolean {
    if (this.level < mostLevels) return false;
    this.partial = true;
    this.leaf(K.Other, role, start, end, 'too deep');
    return true;
  }

  markPartial(lost = 0): void {
    this.partial = true;
    this.lost += lost;
  }

  /** Nothing was put below the node that is open. */
  get isEmpty(): boolean {
    return this.size === this.current + 1;
  }

  /** The open node ends further on than was known when it was opened. */
  extend(end: number): void {
    if (end > (this.end[this.current] as number)) this.end[this.current] = end;
  }

  finish(): CodeTree {
    const { language, text, size, kind, role, start, end, next, parent, symbol, symbols, partial, lost } = this;
    return { language, text, size, kind, role, start, end, next, parent, symbol, symbols, partial, lost };
  }

  private intern(symbol: string): number {
    let number = this.numbers.get(symbol);
    if (number === undefined) {
      number = this.symbols.length;
      this.symbols.push(symbol);
      this.numbers.set(symbol, number);
    }
    return number;
  }

  private grow(): void {
    const length = this.kind.length * 2;
    const wider = (old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const made = new Uint32Array(length);
      made.set(old);
      return made;
    };
    const narrow = (old: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
      const made = new Uint8Array(length);
      made.set(old);
      return made;
    };
    this.kind = narrow(this.kind);
    this.role = narrow(this.role);
    this.start = wider(this.start);
    this.end = wider(this.end);
    this.next = wider(this.next);
    this.parent = wider(this.parent);
    this.symbol = wider(this.symbol);
  }
}
