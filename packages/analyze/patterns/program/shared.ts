import { K, R } from '#model/code-tree.ts';
import { childBy, symbolOf } from '../scopes.ts';
import type { CallGraph } from './calls.ts';
import type { ProgramFile } from './functions.ts';

/** Which functions speak of what functions share without calling one another: variables of a file, fields of its classes. By the functions' keys. */
export interface SharedPlaces {
  /** The places that a function speaks of. */
  readonly of: ReadonlyMap<number, ReadonlySet<string>>;
  readonly mentions: ReadonlyMap<string, ReadonlySet<number>>;
  /** Functions that may put something there. */
  readonly writers: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Taken by names alone: a place of the same name in another class of the file is the same here, which says too much and never too little. */
export function sharedPlaces(graph: CallGraph): SharedPlaces {
  const of = new Map<number, Set<string>>();
  const mentions = new Map<string, Set<number>>();
  const writers = new Map<string, Set<number>>();
  for (const file of graph.files) {
    eachPlace(file, (node, name) => {
      const place = `${file.index} ${name}`;
      const written = mayWrite(file, node);
      for (const { key } of graph.walkersOf(file, node)) {
        put(of, key, place);
        put(mentions, place, key);
        if (written) put(writers, place, key);
      }
    });
  }
  return { of, mentions, writers };
}

function put<A, B>(map: Map<A, Set<B>>, key: A, value: B): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

function eachPlace(file: ProgramFile, found: (node: number, name: string) => void): void {
  const { tree, facts, bareFields } = file;
  const receivers = new Set(['this', 'self', 'cls', ...file.functions.flatMap((node) => receiverName(file, node) ?? [])]);
  for (const node of facts.index.byKind(K.Member)) {
    const [object, name] = [childBy(tree, node, R.Object), childBy(tree, node, R.Name)];
    if (object !== -1 && name !== -1 && tree.kind[object] === K.Name && receivers.has(symbolOf(tree, object))) found(node, symbolOf(tree, name));
  }
  const own = fileVariables(file);
  for (const node of facts.index.byKind(K.Name)) {
    const name = symbolOf(tree, node);
    if (own.has(name) || bareFields.has(name)) found(node, name);
  }
}

function receiverName(file: ProgramFile, node: number): string | undefined {
  const { receiver } = file.parameters(node);
  const name = receiver === -1 ? -1 : file.parameterName(receiver);
  return name === -1 ? undefined : symbolOf(file.tree, name);
}

/** Names of what is declared or assigned outside of functions. */
function fileVariables({ tree, facts }: ProgramFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [kind, role] of [[K.VarDef, R.Target], [K.Assign, R.Left], [K.ForEach, R.Target]] as const) {
    for (const node of facts.index.byKind(kind)) {
      const target = isOfFile(tree.parent, tree.kind, node) ? childBy(tree, node, role) : -1;
      if (target === -1) continue;
      for (let at = target; at < (tree.next[target] as number); at++) if (tree.kind[at] === K.Name) names.add(symbolOf(tree, at));
    }
  }
  return names;
}

function isOfFile(parent: ArrayLike<number>, kind: ArrayLike<number>, node: number): boolean {
  for (let at = node; at !== 0; at = parent[at] as number) if (kind[at] === K.Function || kind[at] === K.Lambda) return false;
  return true;
}

const parts: ReadonlySet<number> = new Set([K.Array, K.Object, K.Pair, K.Tuple, K.List, K.Spread]);

/** What is assigned, passed on, or called a method of; the rest is only read. */
function mayWrite({ tree }: ProgramFile, node: number): boolean {
  for (let at = node; at !== 0; at = tree.parent[at] as number) {
    const role = tree.role[at];
    const above = tree.kind[tree.parent[at] as number] as number;
    if (role === R.Left || role === R.Target || role === R.Callee || above === K.Args) return true;
    if (!parts.has(above) && !((above === K.Member || above === K.Index) && role === R.Object)) return false;
  }
  return false;
}
