import type { IntList } from './packed-lists.ts';

/** Edges under a mask, packed: those of node n lie from `at[n]` to `at[n + 1]`. */
export interface MaskedEdges {
  readonly at: Int32Array;
  readonly to: Int32Array;
  readonly mask: Int32Array;
}

/** Triples of from, to and mask. */
export function addEdge(triples: IntList, from: number, to: number, mask: number): void {
  triples.push(from);
  triples.push(to);
  triples.push(mask);
}

/** Brings triples into order by `from`. */
export function packEdges(triples: IntList, nodes: number): MaskedEdges {
  const at = new Int32Array(nodes + 1);
  for (let one = 0; one < triples.length; one += 3) at[triples.get(one) + 1] = (at[triples.get(one) + 1] as number) + 1;
  for (let node = 0; node < nodes; node++) at[node + 1] = (at[node + 1] as number) + (at[node] as number);
  const next = at.slice();
  const to = new Int32Array(triples.length / 3);
  const mask = new Int32Array(triples.length / 3);
  for (let one = 0; one < triples.length; one += 3) {
    const from = triples.get(one);
    const place = next[from] as number;
    next[from] = place + 1;
    to[place] = triples.get(one + 1);
    mask[place] = triples.get(one + 2);
  }
  return { at, to, mask };
}
