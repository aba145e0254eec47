import { type CodeTree, K, R } from '#model/code-tree.ts';
import type { TreeFacts } from '../facts.ts';
import { childBy, symbolOf } from '../scopes.ts';

/** One text of a program, with what its own names say. */
export class ProgramFile {
  readonly index: number;
  readonly path: string;
  readonly facts: TreeFacts;
  readonly tree: CodeTree;
  private ownFunctions: readonly number[] | undefined;
  private ownClasses: ReadonlyMap<string, number> | undefined;
  private ownFields: ReadonlySet<string> | undefined;
  private readonly ownMethods = new Map<number, ReadonlyMap<string, readonly number[]>>();

  constructor(index: number, path: string, facts: TreeFacts) {
    this.index = index;
    this.path = path;
    this.facts = facts;
    this.tree = facts.tree;
  }

  /** Named functions and methods that have a body, in the order of the text. */
  get functions(): readonly number[] {
    const { tree } = this;
    return (this.ownFunctions ??= this.facts.index.byKind(K.Function).filter((node) => childBy(tree, node, R.Body) !== -1));
  }

  /** Classes by name; of two of one name the first, unless only the second stands by itself. */
  get classes(): ReadonlyMap<string, number> {
    if (this.ownClasses !== undefined) return this.ownClasses;
    const classes = new Map<string, number>();
    for (const node of this.facts.index.byKind(K.Class)) {
      const name = this.nameOf(node);
      if (name !== '' && (!classes.has(name) || this.tree.parent[node] === 0)) classes.set(name, node);
    }
    return (this.ownClasses = classes);
  }

  nameOf(node: number): string {
    const name = childBy(this.tree, node, R.Name);
    return name === -1 ? '' : symbolOf(this.tree, name);
  }

  /** Methods of a class, and lambdas kept in its fields, by name; several where it has overloads. */
  methods(classNode: number): ReadonlyMap<string, readonly number[]> {
    let found = this.ownMethods.get(classNode);
    if (found === undefined) this.ownMethods.set(classNode, (found = this.findMethods(classNode)));
    return found;
  }

  private findMethods(classNode: number): ReadonlyMap<string, readonly number[]> {
    const { tree } = this;
    const methods = new Map<string, number[]>();
    const put = (name: string, node: number): void => {
      const own = methods.get(name);
      if (own === undefined) methods.set(name, [node]);
      else own.push(node);
    };
    this.members(classNode, (node) => {
      if (tree.kind[node] === K.Function) {
        if (childBy(tree, node, R.Body) !== -1) put(this.nameOf(node), node);
        return;
      }
      const [target, value] = tree.kind[node] === K.VarDef ? [childBy(tree, node, R.Target), childBy(tree, node, R.Init)] : [-1, -1];
      if (target !== -1 && value !== -1 && tree.kind[value] === K.Lambda) put(symbolOf(tree, target), value);
    });
    if (tree.language === 'go') for (const node of this.functions) if (receiverType(tree, node) === this.nameOf(classNode)) put(this.nameOf(node), node);
    return methods;
  }

  /** Names of the fields of all classes, where methods may speak of them without a receiver. */
  get bareFields(): ReadonlySet<string> {
    if (this.ownFields !== undefined) return this.ownFields;
    const { tree } = this;
    const fields = new Set<string>();
    if (tree.language === 'java') {
      for (const node of this.facts.index.byKind(K.VarDef)) {
        const target = tree.kind[tree.parent[node] as number] === K.ClassBody ? childBy(tree, node, R.Target) : -1;
        if (target !== -1) fields.add(symbolOf(tree, target));
      }
    }
    return (this.ownFields = fields);
  }

  /** What stands in the body of a class, one by one. */
  members(classNode: number, visit: (node: number) => void): void {
    const { tree } = this;
    const body = childBy(tree, classNode, R.Body);
    if (body !== -1) for (let node = body + 1; node < (tree.next[body] as number); node = tree.next[node] as number) visit(node);
  }

  /** Whether a function is declared under a name of its own. */
  isNamed(node: number): boolean {
    return this.tree.kind[node] === K.Function;
  }

  /** The class whose method a function is; -1 for none. */
  classOf(node: number): number {
    const { tree } = this;
    if (tree.language === 'go') return this.classes.get(receiverType(tree, node) ?? '') ?? -1;
    const parent = tree.parent[node] as number;
    const body = tree.kind[parent] === K.VarDef ? (tree.parent[parent] as number) : parent;
    return tree.kind[body] === K.ClassBody || tree.kind[body] === K.Block ? classRound(tree, body) : -1;
  }

  /** Whether a method is called without an instance. */
  isStatic(node: number): boolean {
    return this.words(node).some((word) => word === 'static' || word === 'staticmethod');
  }

  private words(node: number): string[] {
    const { tree } = this;
    const attributes = childBy(tree, node, R.Attributes);
    const words: string[] = [];
    if (attributes !== -1) for (let at = attributes + 1; at < (tree.next[attributes] as number); at = tree.next[at] as number) words.push(symbolOf(tree, at));
    return words;
  }

  /** The parameters of a function as they are declared: without `self` in Python, whose place is the receiver. */
  parameters(node: number): Parameters {
    const { tree } = this;
    const list = childBy(tree, node, R.Params);
    const all: number[] = [];
    if (list !== -1) for (let at = list + 1; at < (tree.next[list] as number); at = tree.next[at] as number) all.push(at);
    const receiver = childBy(tree, node, R.Object);
    if (tree.language === 'go' && receiver !== -1) return { receiver: receiver + 1 < (tree.next[receiver] as number) ? receiver + 1 : -1, list: all };
    const hasSelf = tree.language === 'python' && all.length > 0 && this.classOf(node) !== -1 && !this.isStatic(node);
    return hasSelf ? { receiver: all[0] as number, list: all.slice(1) } : { receiver: -1, list: all };
  }

  /** The name that a parameter declares; -1 where it takes its value apart. */
  parameterName(param: number): number {
    const { tree } = this;
    if (tree.kind[param] === K.Name) return param;
    const target = tree.kind[param] === K.Param ? childBy(tree, param, R.Target) : tree.kind[param] === K.Spread ? param + 1 : -1;
    return target !== -1 && target < tree.size && tree.kind[target] === K.Name ? target : -1;
  }
}

export interface Parameters {
  /** The parameter that stands for the receiver; -1 where that is no parameter. */
  readonly receiver: number;
  readonly list: readonly number[];
}

function classRound(tree: CodeTree, body: number): number {
  const above = tree.parent[body] as number;
  return tree.kind[above] === K.Class || (tree.kind[above] === K.New && tree.role[body] === R.Body) ? above : -1;
}

/** The type of the receiver of a Go method, without its star. */
function receiverType(tree: CodeTree, node: number): string | undefined {
  const receiver = childBy(tree, node, R.Object);
  if (receiver === -1) return undefined;
  return /([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*\)\s*$/.exec(tree.text.slice(tree.start[receiver], tree.end[receiver]))?.[1];
}
