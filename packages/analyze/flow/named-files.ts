import { op } from '#model/ir.ts';
import type { FlowQuestion, Seed } from './flows.ts';
import type { Node, Obj } from './graph.ts';
import type { Heap } from './heap.ts';
import { objectKind } from './objects.ts';

/** What reads a file is dangerous by the file's name. */
const namesFile = 'path-traversal';

/**
 * Content of files that callers of a package name: it is theirs as much as the name is. `totals`: where what they pass goes. What a program that was started
 * writes is no such file.
 */
export function namedFiles({ heap, sinks }: Pick<FlowQuestion, 'heap' | 'sinks'>, seeds: readonly Seed[], totals: Int32Array): Seed[] {
  const files = seeds.filter(({ kind }) => kind === 'file');
  if (files.length === 0) return [];
  const reads = sinks.flatMap((sink) => (sink.class === namesFile && sink.nodes.some((node) => ((totals[node] as number) & sink.bit) !== 0) ? (heap.siteAt(sink.at) ?? []) : []));
  const calls = new Set(reads.map(({ value }) => value));
  const callbacks = new Set(reads.flatMap(({ args }) => args.flatMap((arg) => functionsIn(heap, arg))));
  return files.filter(({ node }) => {
    const param = heap.paramOf(node);
    return param === undefined ? calls.has(node) || calls.has(awaitedAt(heap, node)) : callbacks.has(param.fn);
  }).map(({ node }) => ({ node, kind: 'parameter', mask: -1 }));
}

function functionsIn(heap: Heap, node: Node): number[] {
  const { kinds, of } = heap.objects;
  return heap.graph.held(node).flatMap((object: Obj) => (kinds[object] === objectKind.function ? [of[object] as number] : []));
}

function awaitedAt(heap: Heap, node: Node): Node {
  if (node >= heap.layout.values) return -1;
  const made = heap.layout.at(node);
  return made.op === op.await ? made.a : -1;
}
