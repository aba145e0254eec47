import { type CodeTree, K, R } from '#model/code-tree.ts';

/** One variable: how often it gets a value, and which when that happens once. */
export interface Variable {
  readonly name: string;
  assignments: number;
  /** The nodes that give it one, in order: declarations, assignments. */
  readonly writes: number[];
  /** The expression it is made with; -1 when there is none, or it comes from elsewhere (parameters, loops). */
  init: number;
  /** The node of its declared type; -1 for none. */
  type: number;
  /** The node that declares it. */
  declaration: number;
}

export interface Scopes {
  /** The variable that a name at a node stands for. */
  resolve(name: string, node: number): Variable | undefined;
  /** A member of the class that is declared by `declaration`, or that encloses `node`. */
  memberOf(classNode: number, name: string): Variable | undefined;
  enclosingClass(node: number): number;
}

const scopeKinds: ReadonlySet<number> = new Set([K.Program, K.Function, K.Lambda, K.Class, K.Block, K.For, K.ForEach, K.Catch, K.With, K.Case, K.Namespace]);
const functionKinds: ReadonlySet<number> = new Set([K.Program, K.Function, K.Lambda, K.Class, K.Namespace]);

/** Languages in which a first assignment declares, for the whole function. */
const declaringByAssignment: ReadonlySet<string> = new Set(['python', 'go', 'ruby', 'php', 'bash']);

export function findScopes(tree: CodeTree): Scopes {
  return new ScopeTable(tree);
}

export function childBy(tree: CodeTree, node: number, role: number): number {
  const end = tree.next[node] as number;
  for (let child = node + 1; child < end; child = tree.next[child] as number) if (tree.role[child] === role) return child;
  return -1;
}

export function symbolOf(tree: CodeTree, node: number): string {
  return tree.symbols[tree.symbol[node] as number] as string;
}

/** Variables that assignments make which nothing declares, by name. */
export function implicitGlobals(tree: CodeTree, assignments: readonly number[], scopes: Scopes): ReadonlyMap<string, Variable> {
  const found = new Map<string, Variable>();
  for (const node of assignments) {
    const target = childBy(tree, node, R.Left);
    if (target === -1 || tree.kind[target] !== K.Name) continue;
    const name = symbolOf(tree, target);
    if (scopes.resolve(name, target) !== undefined) continue;
    const known = found.get(name);
    if (known === undefined) found.set(name, { name, assignments: 1, writes: [node], init: childBy(tree, node, R.Right), type: -1, declaration: node });
    else {
      known.assignments++;
      known.writes.push(node);
    }
  }
  return found;
}

class ScopeTable implements Scopes {
  private readonly tree: CodeTree;
  private readonly scopes = new Map<number, Map<string, Variable>>();
  /** Nodes that declare something, marked with 1. */
  private readonly isScope: Uint8Array;
  private readonly declaring: boolean;

  constructor(tree: CodeTree) {
    this.tree = tree;
    this.isScope = new Uint8Array(tree.size + 1);
    this.declaring = declaringByAssignment.has(tree.language);
    for (let node = 0; node < tree.size; node++) this.enterDeclared(node);
    for (let node = 0; node < tree.size; node++) this.count(node);
  }

  resolve(name: string, node: number): Variable | undefined {
    const { tree, scopes, isScope } = this;
    for (let at = node; ; at = tree.parent[at] as number) {
      const found = isScope[at] === 1 ? scopes.get(at)?.get(name) : undefined;
      if (found !== undefined) return found;
      if (at === 0) return undefined;
    }
  }

  memberOf(classNode: number, name: string): Variable | undefined {
    return this.scopes.get(classNode)?.get(name);
  }

  enclosingClass(node: number): number {
    for (let at = node; at !== 0; at = this.tree.parent[at] as number) if (this.tree.kind[at] === K.Class) return at;
    return -1;
  }

  private scopeOf(node: number, wholeFunction: boolean): number {
    const { tree } = this;
    const kinds = wholeFunction ? functionKinds : scopeKinds;
    let at = tree.parent[node] as number;
    while (at !== 0 && !kinds.has(tree.kind[at] as number)) at = tree.parent[at] as number;
    return at;
  }

  private enterDeclared(node: number): void {
    const { tree, declaring } = this;
    switch (tree.kind[node]) {
      case K.VarDef:
        return this.add(node, childBy(tree, node, R.Target), childBy(tree, node, R.Init), childBy(tree, node, R.Type), declaring || symbolOf(tree, node) === 'var');
      case K.Param:
        return this.add(node, childBy(tree, node, R.Target), -1, childBy(tree, node, R.Type), true);
      case K.Function:
      case K.Class:
        return this.add(node, childBy(tree, node, R.Name), node, -1, declaring);
      case K.Import: {
        const alias = childBy(tree, node, R.Alias);
        return this.add(node, alias === -1 ? childBy(tree, node, R.Name) : alias, -1, -1, declaring);
      }
      case K.Catch:
        return this.add(node, childBy(tree, node, R.Name), -1, childBy(tree, node, R.Type), false, node);
      case K.ForEach:
        return this.add(node, childBy(tree, node, R.Target), -1, childBy(tree, node, R.Type), declaring, declaring ? undefined : node);
      case K.Assign:
        if (declaring) this.add(node, childBy(tree, node, R.Left), childBy(tree, node, R.Right), -1, true);
    }
  }

  private add(node: number, target: number, init: number, type: number, wholeFunction: boolean, scope = this.scopeOf(node, wholeFunction)): void {
    const { tree } = this;
    if (target === -1) return;
    const kind = tree.kind[target];
    if (kind === K.Name) return this.enter(scope, symbolOf(tree, target), init, type, node);
    if (kind === K.VarDef || kind === K.Member || kind === K.Index || kind === K.Call) return;
    for (let at = target + 1; at < (tree.next[target] as number); at++) {
      if (tree.kind[at] === K.Name && tree.role[at] !== R.Key && tree.role[at] !== R.Name && tree.role[at] !== R.Object) this.enter(scope, symbolOf(tree, at), -1, -1, node);
    }
  }

  private enter(scope: number, name: string, init: number, type: number, declaration: number): void {
    let names = this.scopes.get(scope);
    if (names === undefined) {
      this.scopes.set(scope, (names = new Map()));
      this.isScope[scope] = 1;
    }
    const known = names.get(name);
    if (known === undefined) names.set(name, { name, assignments: 1, writes: [declaration], init, type, declaration });
    else {
      known.assignments++;
      known.writes.push(declaration);
      if (known.type === -1) known.type = type;
    }
  }

  /** Values that a variable gets after it was declared. */
  private count(node: number): void {
    const { tree } = this;
    const kind = tree.kind[node];
    if (kind === K.AugAssign || (kind === K.Assign && !this.declaring)) this.assigned(node, childBy(tree, node, R.Left), kind === K.Assign ? childBy(tree, node, R.Right) : -1);
    else if (kind === K.Unary && /\+\+|--/.test(symbolOf(tree, node))) this.assigned(node, node + 1, -1);
  }

  private assigned(node: number, target: number, value: number): void {
    const { tree } = this;
    if (target === -1) return;
    if (tree.kind[target] === K.Member && symbolOf(tree, target + 1) === 'this') {
      const own = this.memberOf(this.enclosingClass(target), symbolOf(tree, childBy(tree, target, R.Name)));
      if (own !== undefined) this.again(own, node, value);
    }
    if (tree.kind[target] !== K.Name) return;
    const variable = this.resolve(symbolOf(tree, target), target);
    if (variable !== undefined) this.again(variable, node, value);
  }

  private again(variable: Variable, node: number, value: number): void {
    const { tree } = this;
    variable.writes.push(node);
    const declared = tree.kind[variable.declaration] === K.VarDef && variable.init === -1 && variable.assignments === 1;
    if (declared && value !== -1) variable.init = value;
    else variable.assignments++;
  }
}
