import { importedModule, importedNames } from './module-names.ts';
import type { Node, TreeReader } from '../syntax/tree-reader.ts';
import { Scope } from './scope.ts';

const comprehensions: ReadonlySet<string> = new Set(['list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression']);
const containers: ReadonlySet<string> = new Set(['pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern', 'dictionary_splat_pattern', 'tuple', 'list', 'list_splat', 'parenthesized_expression', 'expression_list', 'as_pattern_target']);

/** What the scan of a file finds: its scopes by the node that opens them (function, lambda, class, comprehension), and star imports. */
export interface Scopes {
  readonly module: Scope;
  readonly at: ReadonlyMap<Node, Scope>;
  /** Modules of which the file takes all names. */
  readonly stars: readonly string[];
  /** Functions that give values one after the other. */
  readonly generators: ReadonlySet<Node>;
}

/** One pass over the tree, in which every name finds its scope. */
export function scanScopes(tree: TreeReader, path: string): Scopes {
  return new ScopeScan(tree, path).scan();
}

interface Open {
  readonly scope: Scope;
  readonly end: Node;
  /** The function, where one begins. */
  readonly fn: Node;
}

class ScopeScan {
  private readonly tree: TreeReader;
  private readonly path: string;
  private readonly module = new Scope('module', undefined);
  private readonly at = new Map<Node, Scope>();
  private readonly stars: string[] = [];
  private readonly generators = new Set<Node>();
  /** Scopes that begin at a node that is yet to come. */
  private readonly opening = new Map<Node, { readonly scope: Scope; readonly fn: Node }>();
  /** Names that are no uses. */
  private readonly bound = new Set<Node>();
  private readonly open: Open[] = [];
  private current = this.module;

  constructor(tree: TreeReader, path: string) {
    this.tree = tree;
    this.path = path;
  }

  scan(): Scopes {
    const { tree, open } = this;
    open.push({ scope: this.module, end: tree.size, fn: -1 });
    for (let node = 0; node < tree.size; node++) {
      while (open.length > 1 && (open.at(-1) as Open).end <= node) open.pop();
      const opens = this.opening.get(node);
      if (opens !== undefined) open.push({ ...opens, end: tree.after(node) });
      if (!tree.counts(node)) continue;
      this.current = (open.at(-1) as Open).scope;
      const kind = tree.kind(node);
      if (kind === 'identifier') this.use(node);
      else this.visit(node, kind);
    }
    this.share();
    return { module: this.module, at: this.at, stars: this.stars, generators: this.generators };
  }

  private use(node: Node): void {
    if (this.bound.has(node)) return;
    const { tree } = this;
    const parent = tree.kind(tree.parent(node));
    if (parent === 'attribute' && tree.field(tree.parent(node), 'attribute') === node) return;
    if (parent === 'keyword_argument' && tree.field(tree.parent(node), 'name') === node) return;
    this.current.uses.add(tree.source(node));
  }

  private visit(node: Node, kind: string): void {
    const { tree } = this;
    switch (kind) {
      case 'function_definition': return this.define(node);
      case 'lambda': return this.function(node);
      case 'class_definition': return this.class(node);
      case 'assignment':
      case 'augmented_assignment':
      case 'type_alias_statement':
      case 'for_statement':
      case 'for_in_clause': return this.target(tree.field(node, 'left'), this.current);
      case 'named_expression': return this.target(tree.field(node, 'name'), this.outsideComprehensions());
      case 'as_pattern': return this.asPattern(node);
      case 'except_clause': return this.oldHandler(node);
      case 'import_statement': return this.import(node);
      case 'import_from_statement': return this.importFrom(node);
      case 'global_statement': return this.declared(node, this.current.globals);
      case 'nonlocal_statement': return this.declared(node, this.current.nonlocals);
      case 'dotted_name': return this.capture(node);
      case 'splat_pattern': return this.target(tree.child(node, 'identifier'), this.current);
      case 'yield': return void this.generators.add(this.innermost());
      default: if (comprehensions.has(kind)) this.comprehension(node);
    }
  }

  private innermost(): Node {
    return this.open.findLast(({ fn }) => fn >= 0)?.fn ?? -1;
  }

  private outsideComprehensions(): Scope {
    let scope = this.current;
    while (scope.kind === 'comprehension' && scope.parent !== undefined) scope = scope.parent;
    return scope;
  }

  private define(node: Node): void {
    const name = this.tree.field(node, 'name');
    if (name >= 0) {
      this.bound.add(name);
      this.current.bind(this.tree.source(name));
    }
    this.function(node);
  }

  private function(node: Node): void {
    const { tree } = this;
    const scope = new Scope('function', this.current);
    this.at.set(node, scope);
    for (const parameter of tree.children(tree.field(node, 'parameters'))) this.parameter(parameter, scope);
    const body = tree.field(node, 'body');
    if (body >= 0) this.opening.set(body, { scope, fn: node });
  }

  private parameter(node: Node, scope: Scope): void {
    const { tree } = this;
    const kind = tree.kind(node);
    if (kind === 'default_parameter' || kind === 'typed_default_parameter') return this.target(tree.field(node, 'name'), scope);
    if (kind === 'typed_parameter') return this.target(tree.child(node), scope);
    this.target(node, scope);
  }

  private class(node: Node): void {
    const { tree, current } = this;
    const name = tree.source(tree.field(node, 'name'));
    const title = current.title === '' ? name : `${current.title}.${name}`;
    this.bound.add(tree.field(node, 'name'));
    const binding = current.bind(name);
    if (current.kind === 'module' || current.title !== '') binding.origin ??= `.${title}`;
    const scope = new Scope('class', current, current.kind === 'module' || current.title !== '' ? title : '');
    this.at.set(node, scope);
    const body = tree.field(node, 'body');
    if (body >= 0) this.opening.set(body, { scope, fn: -1 });
  }

  /** The first thing that a comprehension goes over is looked up outside of it. */
  private comprehension(node: Node): void {
    const { tree, current } = this;
    const scope = new Scope('comprehension', current);
    this.at.set(node, scope);
    this.open.push({ scope, end: tree.after(node), fn: -1 });
    for (const right of tree.fieldChildren(tree.child(node, 'for_in_clause'), 'right')) this.opening.set(right, { scope: current, fn: -1 });
  }

  /** Names that a target gives values; members and elements are no names. */
  private target(node: Node, scope: Scope): void {
    const { tree } = this;
    if (node < 0) return;
    const kind = tree.kind(node);
    if (kind === 'identifier') {
      this.bound.add(node);
      scope.bind(tree.source(node));
    } else if (kind === 'type') this.target(tree.child(node, 'identifier'), scope);
    else if (containers.has(kind)) this.each(node, scope);
  }

  /** All names within, without going down the stack. */
  private each(node: Node, scope: Scope): void {
    const { tree } = this;
    for (let inner = node + 1; inner < tree.after(node); ) {
      const kind = tree.kind(inner);
      if (kind === 'identifier') this.target(inner, scope);
      inner = kind === 'identifier' || containers.has(kind) ? inner + 1 : tree.after(inner);
    }
  }

  private asPattern(node: Node): void {
    const { tree } = this;
    const alias = tree.field(node, 'alias');
    this.target(alias >= 0 ? alias : (tree.children(node)[1] ?? -1), this.outsideComprehensions());
  }

  /** Python 2: `except Error, name`. */
  private oldHandler(node: Node): void {
    const values = this.tree.fieldChildren(node, 'value');
    if (values.length === 2 && this.tree.kind(values[1] as Node) === 'identifier') this.target(values[1] as Node, this.current);
  }

  private import(node: Node): void {
    for (const { name, as, renamed } of importedNames(this.tree, node)) this.current.bind(as).origin ??= renamed ? name : as;
  }

  private importFrom(node: Node): void {
    const module = importedModule(this.tree, node, this.path);
    if (this.tree.child(node, 'wildcard_import') >= 0) this.stars.push(module);
    for (const { name, as } of importedNames(this.tree, node)) this.current.bind(as).origin ??= module === '' ? name : `${module}.${name}`;
  }

  private declared(node: Node, names: Set<string>): void {
    for (const name of this.tree.children(node)) {
      this.bound.add(name);
      names.add(this.tree.source(name));
    }
  }

  /** A single name in a pattern of `match` takes what stands there. */
  private capture(node: Node): void {
    const { tree } = this;
    if (!capturing.has(tree.kind(tree.parent(node)))) {
      if (importing.has(tree.kind(tree.parent(node)))) for (const part of tree.children(node)) this.bound.add(part);
      return;
    }
    const [only, more] = tree.children(node);
    if (only !== undefined && more === undefined) this.target(only, this.current);
  }

  /** Names that another function reads are shared. */
  private share(): void {
    for (const scope of [this.module, ...this.at.values()]) {
      for (const name of scope.uses) {
        const binding = scope.resolve(name);
        if (binding !== undefined && binding.scope.runsIn !== scope.runsIn) binding.shared = true;
      }
    }
  }
}

const capturing: ReadonlySet<string> = new Set(['case_pattern', 'union_pattern', 'keyword_pattern', 'dict_pattern', 'list_pattern', 'tuple_pattern']);
const importing: ReadonlySet<string> = new Set(['import_from_statement', 'import_statement', 'aliased_import', 'relative_import', 'future_import_statement']);
