interface TrieNode<Value> {
  readonly next: Map<number, TrieNode<Value>>;
  readonly values: Value[];
}

/** Which of many beginnings, or endings, a text has: one step for each character that still fits. */
export class EdgeTrie<Value> {
  private readonly edge: 'start' | 'end';
  private readonly root: TrieNode<Value> = { next: new Map(), values: [] };

  constructor(edge: 'start' | 'end') {
    this.edge = edge;
  }

  add(literal: string, value: Value): void {
    let node = this.root;
    for (let step = 0; step < literal.length; step++) {
      const code = this.codeAt(literal, step);
      let next = node.next.get(code);
      if (next === undefined) {
        next = { next: new Map(), values: [] };
        node.next.set(code, next);
      }
      node = next;
    }
    node.values.push(value);
  }

  search(text: string, found: Value[]): void {
    let node: TrieNode<Value> | undefined = this.root;
    for (let step = 0; step < text.length; step++) {
      node = node.next.get(this.codeAt(text, step));
      if (node === undefined) return;
      for (const value of node.values) found.push(value);
    }
  }

  private codeAt(text: string, step: number): number {
    return text.charCodeAt(this.edge === 'start' ? step : text.length - 1 - step);
  }
}
