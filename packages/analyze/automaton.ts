/**
 * All literals of all units in one deterministic automaton (Aho and Corasick, 1975) over bytes, without regard to ASCII case.
 * One pass over the bytes finds every literal; the cost does not depend on how many there are.
 */
export interface Automaton {
  /** Calls `onHit(literal, end)` for each occurrence, by ascending `end` (the offset after its last byte). */
  scan(bytes: Uint8Array, onHit: (literal: number, end: number) => void): void;
  readonly states: number;
}

interface Trie {
  readonly children: Map<number, number>[];
  readonly literals: number[][];
}

/** `literals` must be lower case and not empty; the index of each is what `onHit` is told. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const encoded = literals.map(utf8);
  const classOf = byteClasses(encoded);
  const classes = 1 + Math.max(0, ...classOf);
  const trie = buildTrie(encoded, classOf);
  const compacted = compact(complete(trie, classes), classes);
  return { states: trie.children.length, scan: scanner(compacted, classOf, classes) };
}

/** Literals are matched as bytes; non-ASCII ones as UTF-8. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return bytes;
}

/** Bytes that occur in no literal share class 0; the two cases of a letter share one class. */
function byteClasses(literals: readonly number[][]): Uint8Array {
  const classOf = new Uint8Array(256);
  let next = 1;
  for (const literal of literals) {
    for (const byte of literal) {
      if (classOf[byte] !== 0) continue;
      classOf[byte] = next;
      if (byte >= 97 && byte <= 122) classOf[byte - 32] = next;
      next++;
    }
  }
  return classOf;
}

function buildTrie(literals: readonly number[][], classOf: Uint8Array): Trie {
  const trie: Trie = { children: [new Map()], literals: [[]] };
  literals.forEach((literal, id) => {
    let state = 0;
    for (const byte of literal) {
      const symbol = classOf[byte] as number;
      const children = trie.children[state] as Map<number, number>;
      let child = children.get(symbol);
      if (child === undefined) {
        child = trie.children.length;
        children.set(symbol, child);
        trie.children.push(new Map());
        trie.literals.push([]);
      }
      state = child;
    }
    trie.literals[state]?.push(id);
  });
  return trie;
}

interface Completed {
  /** Full transition table, `state * classes + symbol`. */
  readonly next: Uint32Array;
  readonly outputs: readonly number[][];
}

/** Completes the trie to an automaton: failure links folded into the table, outputs of suffixes included. */
function complete(trie: Trie, classes: number): Completed {
  const states = trie.children.length;
  const next = new Uint32Array(states * classes);
  const fail = new Uint32Array(states);
  const outputs = trie.literals.map((own) => [...own]);
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] as number;
    const fallback = fail[state] as number;
    if (state !== 0) outputs[state]?.push(...(outputs[fallback] as number[]));
    for (let symbol = 0; symbol < classes; symbol++) {
      const child = trie.children[state]?.get(symbol);
      const viaFail = state === 0 ? 0 : (next[fallback * classes + symbol] as number);
      next[state * classes + symbol] = child ?? viaFail;
      if (child === undefined) continue;
      fail[child] = viaFail;
      queue.push(child);
    }
  }
  return { next, outputs };
}

interface Compact {
  /** Transitions to `row offset`, states renumbered so that every accepting state lies at or above `accepting`. */
  readonly table: Uint32Array;
  readonly accepting: number;
  readonly outputs: readonly number[][];
}

function compact({ next, outputs }: Completed, classes: number): Compact {
  const states = outputs.length;
  const renumbered = new Uint32Array(states);
  let quiet = 0;
  for (let state = 0; state < states; state++) if (outputs[state]?.length === 0) renumbered[state] = quiet++;
  let loud = quiet;
  const ordered: number[][] = [];
  for (let state = 0; state < states; state++) {
    if (outputs[state]?.length === 0) continue;
    renumbered[state] = loud++;
    ordered.push(outputs[state] as number[]);
  }
  const table = new Uint32Array(states * classes);
  for (let state = 0; state < states; state++) {
    const row = (renumbered[state] as number) * classes;
    for (let symbol = 0; symbol < classes; symbol++) {
      table[row + symbol] = (renumbered[next[state * classes + symbol] as number] as number) * classes;
    }
  }
  return { table, accepting: quiet * classes, outputs: ordered };
}

function scanner({ table, accepting, outputs }: Compact, classOf: Uint8Array, classes: number): Automaton['scan'] {
  return (bytes, onHit) => {
    let row = 0;
    for (let i = 0; i < bytes.length; i++) {
      row = table[row + (classOf[bytes[i] as number] as number)] as number;
      if (row < accepting) continue;
      for (const literal of outputs[(row - accepting) / classes] as number[]) onHit(literal, i + 1);
    }
  };
}
