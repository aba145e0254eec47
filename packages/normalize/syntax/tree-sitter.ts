import { type Grammar, mostErrors, type SyntaxGap, type SyntaxTree } from './tree.ts';

/**
 * tree-sitter's cursor as the WebAssembly module exports it: `tree` is the handle, the cursor itself lies in the module's transfer buffer.
 * Called without the wrapper in between, because a call a node is what an export costs.
 */
export interface TreeCursorCalls {
  readonly ts_tree_cursor_current_node_type_id_wasm: (tree: number) => number;
  readonly ts_tree_cursor_current_node_is_missing_wasm: (tree: number) => number;
  readonly ts_tree_cursor_start_index_wasm: (tree: number) => number;
  readonly ts_tree_cursor_end_index_wasm: (tree: number) => number;
  readonly ts_tree_cursor_current_field_id_wasm: (tree: number) => number;
  readonly ts_tree_cursor_goto_first_child_wasm: (tree: number) => number;
  readonly ts_tree_cursor_goto_next_sibling_wasm: (tree: number) => number;
  readonly ts_tree_cursor_goto_parent_wasm: (tree: number) => number;
}

/** tree-sitter's kind of what it could not read. */
const errorKind = 0xffff;

/** Nodes of one tree and levels of nesting that are kept. */
const mostNodes = 8_000_000;
const mostDepth = 10_000;

interface Columns {
  kind: Uint16Array<ArrayBuffer>;
  start: Uint32Array<ArrayBuffer>;
  end: Uint32Array<ArrayBuffer>;
  next: Uint32Array<ArrayBuffer>;
  parent: Uint32Array<ArrayBuffer>;
  field: Uint8Array<ArrayBuffer>;
}

function columns(length: number): Columns {
  return {
    kind: new Uint16Array(length),
    start: new Uint32Array(length),
    end: new Uint32Array(length),
    next: new Uint32Array(length),
    parent: new Uint32Array(length),
    field: new Uint8Array(length),
  };
}

function grown(old: Columns): Columns {
  const wider = columns(old.kind.length * 2);
  for (const name of ['kind', 'start', 'end', 'next', 'parent', 'field'] as const) wider[name].set(old[name]);
  return wider;
}

/** Copies a whole tree in one walk of the cursor, which stands on the root. */
export function exportTree(calls: TreeCursorCalls, tree: number, text: string, grammar: Grammar): SyntaxTree {
  let cols = columns(Math.max(64, text.length >> 1));
  const errors: SyntaxGap[] = [];
  let size = 0;
  let parent = 0;
  let depth = 0;
  let cut = false;
  for (let more = true; more; ) {
    if (size === cols.kind.length) cols = grown(cols);
    const node = size++;
    const kind = calls.ts_tree_cursor_current_node_type_id_wasm(tree);
    const start = calls.ts_tree_cursor_start_index_wasm(tree);
    const end = calls.ts_tree_cursor_end_index_wasm(tree);
    cols.kind[node] = kind;
    cols.start[node] = start;
    cols.end[node] = end;
    cols.parent[node] = parent;
    cols.field[node] = calls.ts_tree_cursor_current_field_id_wasm(tree);
    if ((kind === errorKind || start === end) && errors.length < mostErrors) note(errors, kind, start, end, calls.ts_tree_cursor_current_node_is_missing_wasm(tree) !== 0);
    if (size >= mostNodes) {
      cut = true;
      for (let open = node; ; open = cols.parent[open] as number) {
        cols.next[open] = size;
        if (open === 0) break;
      }
      break;
    }
    const deep = depth >= mostDepth;
    if (!deep && calls.ts_tree_cursor_goto_first_child_wasm(tree) !== 0) {
      parent = node;
      depth++;
      continue;
    }
    if (deep) cut = true;
    cols.next[node] = size;
    while (calls.ts_tree_cursor_goto_next_sibling_wasm(tree) === 0) {
      if (depth === 0) {
        more = false;
        break;
      }
      calls.ts_tree_cursor_goto_parent_wasm(tree);
      cols.next[parent] = size;
      parent = cols.parent[parent] as number;
      depth--;
    }
  }
  return { text, grammar, size, ...cols, errors, cut };
}

function note(errors: SyntaxGap[], kind: number, start: number, end: number, missing: boolean): void {
  if (kind === errorKind || missing) errors.push({ start, end, missing });
}
