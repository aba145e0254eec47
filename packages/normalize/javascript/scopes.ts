import type { Variable } from '../ir/module-builder.ts';
import { boundNames, child, children, type EsNode, flag, isFunction, nodes, text } from './estree.ts';

/** A variable of the program: who declares it, who shares it, how often it is given a value. */
export interface Binding {
  readonly owner: EsNode;
  shared: boolean;
  assignments: number;
  /** Its number in the module, once somebody asked for it. */
  variable: Variable;
}

/** Names and what they mean, within one stretch of the source. */
export class Scope {
  /** The function (or program) that runs this code. */
  readonly owner: EsNode;
  private readonly parent: Scope | undefined;
  private readonly bindings = new Map<string, Binding>();

  constructor(owner: EsNode, parent: Scope | undefined) {
    this.owner = owner;
    this.parent = parent;
  }

  declare(name: string, assignments = 0): Binding {
    let binding = this.bindings.get(name);
    if (binding === undefined) {
      binding = { owner: this.owner, shared: false, assignments: 0, variable: -1 };
      this.bindings.set(name, binding);
    }
    binding.assignments += assignments;
    return binding;
  }

  own(name: string): Binding | undefined {
    return this.bindings.get(name);
  }

  find(name: string): Binding | undefined {
    const own = this.bindings.get(name);
    if (own !== undefined) return own;
    for (let at = this.parent; at !== undefined; at = at.parent) {
      const found = at.bindings.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

interface Use {
  readonly name: string;
  readonly scope: Scope;
  readonly writes: boolean;
}

type Visit = (node: EsNode, scope: Scope) => void;

/** Nesting at which the rest is left unread; what it declares is then global. */
const deepest = 1_000;

/** Finds what every name of a program means. Source: ECMA-262, 8 "Syntax-Directed Operations" (scope analysis). */
export class ScopeAnalysis {
  private readonly scopes = new Map<EsNode, Scope>();
  private readonly uses: Use[] = [];
  private depth = 0;

  constructor(program: EsNode) {
    const top = this.open(program, program, undefined);
    top.declare('this', 1);
    this.hoist(program, top);
    this.declareIn(nodes(program, 'body'), top);
    for (const statement of nodes(program, 'body')) this.visit(statement, top);
    for (const { name, scope, writes } of this.uses) {
      const binding = scope.find(name);
      if (binding === undefined) continue;
      if (writes) binding.assignments++;
      if (binding.owner !== scope.owner) binding.shared = true;
    }
  }

  /** The scope that a function, block, loop or class opens. */
  of(node: EsNode): Scope | undefined {
    return this.scopes.get(node);
  }

  private open(node: EsNode, owner: EsNode, parent: Scope | undefined): Scope {
    const scope = new Scope(owner, parent);
    this.scopes.set(node, scope);
    return scope;
  }

  /** `var` and functions within the body belong to the function. */
  private hoist(body: EsNode, scope: Scope): void {
    const work = [body];
    for (let node = work.pop(); node !== undefined; node = work.pop()) {
      if (node !== body && isFunction(node)) {
        const id = child(node, 'id');
        if (node.type === 'FunctionDeclaration' && id !== undefined) scope.declare(text(id, 'name'));
        continue;
      }
      if (node.type.startsWith('Class') && node.type !== 'ClassBody') continue;
      if (node.type === 'VariableDeclaration' && node['kind'] === 'var') {
        for (const one of nodes(node, 'declarations')) for (const name of boundNames(child(one, 'id'))) scope.declare(text(name, 'name'));
      }
      if (mayHoldStatements(node)) work.push(...children(node));
    }
  }

  /** What `let`, `const`, `class`, `function` and `import` declare in a list of statements. */
  private declareIn(statements: readonly EsNode[], scope: Scope): void {
    for (const outer of statements) {
      const one = outer.type.startsWith('Export') ? (child(outer, 'declaration') ?? outer) : outer;
      if (one.type === 'VariableDeclaration' && one['kind'] !== 'var') {
        for (const declarator of nodes(one, 'declarations')) for (const name of boundNames(child(declarator, 'id'))) scope.declare(text(name, 'name'));
      } else if (one.type === 'ImportDeclaration') {
        for (const specifier of nodes(one, 'specifiers')) scope.declare(text(child(specifier, 'local') ?? specifier, 'name'));
      } else if (declarations.has(one.type)) {
        const id = child(one, 'id');
        if (id?.type === 'Identifier') scope.declare(text(id, 'name'));
      }
    }
  }

  private readonly visit: Visit = (node, scope) => {
    if (this.depth > deepest) return;
    this.depth++;
    const visitor = visitors.get(node.type);
    if (isFunction(node)) this.function(node, scope);
    else if (visitor !== undefined) this[visitor](node, scope);
    else if (!node.type.startsWith('TS') || typed.has(node.type)) for (const one of children(node)) this.visit(one, scope);
    this.depth--;
  };

  private visitChild(node: EsNode, key: string, scope: Scope): void {
    const one = child(node, key);
    if (one !== undefined) this.visit(one, scope);
  }

  private use(name: string, scope: Scope, writes: boolean): void {
    this.uses.push({ name, scope, writes });
  }

  private function(node: EsNode, outer: Scope): void {
    const id = child(node, 'id');
    if (node.type === 'FunctionDeclaration' && id !== undefined) this.use(text(id, 'name'), outer, true);
    const scope = this.open(node, node, outer);
    if (node.type !== 'ArrowFunctionExpression') for (const name of ['this', 'arguments']) scope.declare(name, 1);
    if (node.type === 'FunctionExpression' && id !== undefined) scope.declare(text(id, 'name'), 1);
    for (const param of nodes(node, 'params')) for (const name of boundNames(param)) scope.declare(text(name, 'name'), 1);
    const body = child(node, 'body');
    if (body?.type === 'BlockStatement') {
      this.hoist(body, scope);
      this.declareIn(nodes(body, 'body'), scope);
    }
    for (const param of nodes(node, 'params')) this.parameter(param, scope);
    if (body?.type === 'BlockStatement') for (const one of nodes(body, 'body')) this.visit(one, scope);
    else if (body !== undefined) this.visit(body, scope);
  }

  /** What a pattern reads (defaults, computed keys, members), and what it assigns to. */
  private pattern(node: EsNode, scope: Scope, assigns: boolean): void {
    switch (node.type) {
      case 'Identifier': return assigns ? this.use(text(node, 'name'), scope, true) : undefined;
      case 'ObjectPattern':
        for (const one of nodes(node, 'properties')) {
          if (flag(one, 'computed')) this.visitChild(one, 'key', scope);
          this.patternChild(one, one.type === 'RestElement' ? 'argument' : 'value', scope, assigns);
        }
        return;
      case 'ArrayPattern': return nodes(node, 'elements').forEach((one) => this.pattern(one, scope, assigns));
      case 'AssignmentPattern':
        this.patternChild(node, 'left', scope, assigns);
        return this.visitChild(node, 'right', scope);
      case 'RestElement': return this.patternChild(node, 'argument', scope, assigns);
      case 'TSParameterProperty': return this.patternChild(node, 'parameter', scope, assigns);
      default: return this.visit(node, scope);
    }
  }

  private patternChild(node: EsNode, key: string, scope: Scope, assigns: boolean): void {
    const one = child(node, key);
    if (one !== undefined) this.pattern(one, scope, assigns);
  }

  protected block(node: EsNode, outer: Scope): void {
    const scope = this.open(node, outer.owner, outer);
    const body = nodes(node, 'body');
    this.declareIn(body, scope);
    for (const one of body) this.visit(one, scope);
  }

  protected loop(node: EsNode, outer: Scope): void {
    const scope = this.open(node, outer.owner, outer);
    const head = child(node, 'init') ?? child(node, 'left');
    if (head?.type === 'VariableDeclaration') this.declareIn([head], scope);
    const left = child(node, 'left');
    if (left !== undefined && left.type !== 'VariableDeclaration') this.pattern(left, scope, true);
    if (left?.type === 'VariableDeclaration') for (const one of nodes(left, 'declarations')) for (const name of boundNames(child(one, 'id'))) this.use(text(name, 'name'), scope, true);
    for (const one of children(node)) if (one !== left || one.type === 'VariableDeclaration') this.visit(one, scope);
  }

  protected catch(node: EsNode, outer: Scope): void {
    const scope = this.open(node, outer.owner, outer);
    const param = child(node, 'param');
    for (const name of boundNames(param)) scope.declare(text(name, 'name'), 1);
    this.visitChild(node, 'body', scope);
  }

  protected switch(node: EsNode, outer: Scope): void {
    const scope = this.open(node, outer.owner, outer);
    this.declareIn(nodes(node, 'cases').flatMap((one) => nodes(one, 'consequent')), scope);
    for (const one of children(node)) this.visit(one, scope);
  }

  private parameter(node: EsNode, scope: Scope): void {
    this.pattern(node, scope, false);
    for (const one of nodes(node, 'decorators')) this.visit(one, scope);
  }

  protected class(node: EsNode, outer: Scope): void {
    const id = child(node, 'id');
    if (id !== undefined && node.type === 'ClassDeclaration') this.use(text(id, 'name'), outer, true);
    const scope = this.open(node, outer.owner, outer);
    scope.declare('super', 1).shared = true;
    if (id !== undefined && node.type === 'ClassExpression') scope.declare(text(id, 'name'), 1);
    this.visitChild(node, 'superClass', scope);
    for (const one of nodes(node, 'decorators')) this.visit(one, scope);
    for (const one of nodes(child(node, 'body') ?? node, 'body')) this.visit(one, scope);
  }

  protected declarator(node: EsNode, scope: Scope): void {
    const id = child(node, 'id');
    if (id !== undefined) this.pattern(id, scope, false);
    if (child(node, 'init') === undefined) return;
    this.visitChild(node, 'init', scope);
    for (const name of boundNames(id)) this.use(text(name, 'name'), scope, true);
  }

  protected assignment(node: EsNode, scope: Scope): void {
    const left = child(node, 'left');
    if (left !== undefined) this.pattern(left, scope, true);
    if (left !== undefined && node['operator'] !== '=') this.visit(left, scope);
    this.visitChild(node, 'right', scope);
  }

  protected update(node: EsNode, scope: Scope): void {
    const argument = child(node, 'argument');
    if (argument === undefined) return;
    this.visit(argument, scope);
    if (argument.type === 'Identifier') this.use(text(argument, 'name'), scope, true);
  }

  protected member(node: EsNode, scope: Scope): void {
    this.visitChild(node, 'object', scope);
    if (flag(node, 'computed')) this.visitChild(node, 'property', scope);
  }

  protected property(node: EsNode, scope: Scope): void {
    if (flag(node, 'computed')) this.visitChild(node, 'key', scope);
    for (const one of nodes(node, 'decorators')) this.visit(one, scope);
    this.visitChild(node, 'value', scope);
  }

  protected name(node: EsNode, scope: Scope): void {
    this.use(node.type === 'ThisExpression' ? 'this' : node.type === 'Super' ? 'super' : text(node, 'name'), scope, false);
  }

  protected import(node: EsNode, scope: Scope): void {
    for (const one of nodes(node, 'specifiers')) this.use(text(child(one, 'local') ?? one, 'name'), scope, true);
  }

  protected export(node: EsNode, scope: Scope): void {
    this.visitChild(node, 'declaration', scope);
    if (child(node, 'source') === undefined) for (const one of nodes(node, 'specifiers')) this.visitChild(one, 'local', scope);
  }

  protected labelled(node: EsNode, scope: Scope): void {
    this.visitChild(node, 'body', scope);
  }

  protected enumeration(node: EsNode, scope: Scope): void {
    const id = child(node, 'id');
    if (id?.type === 'Identifier') this.use(text(id, 'name'), scope, true);
    for (const one of children(node)) if (one !== id) this.visit(one, scope);
  }

  protected nothing(): void {
    // Names of labels and the like are no variables.
  }
}

type Visitor = 'block' | 'loop' | 'catch' | 'switch' | 'class' | 'declarator' | 'assignment' | 'update' | 'member' | 'property' | 'name' | 'import' | 'export' | 'labelled' | 'enumeration' | 'nothing';

const visitors: ReadonlyMap<string, Visitor> = new Map([
  ['BlockStatement', 'block'], ['StaticBlock', 'block'], ['TSModuleBlock', 'block'], ['ForStatement', 'loop'], ['ForInStatement', 'loop'], ['ForOfStatement', 'loop'], ['CatchClause', 'catch'],
  ['SwitchStatement', 'switch'], ['ClassDeclaration', 'class'], ['ClassExpression', 'class'], ['VariableDeclarator', 'declarator'], ['AssignmentExpression', 'assignment'],
  ['UpdateExpression', 'update'], ['MemberExpression', 'member'], ['Property', 'property'], ['MethodDefinition', 'property'], ['PropertyDefinition', 'property'], ['AccessorProperty', 'property'],
  ['Identifier', 'name'], ['ThisExpression', 'name'], ['Super', 'name'], ['ImportDeclaration', 'import'], ['ExportNamedDeclaration', 'export'], ['LabeledStatement', 'labelled'],
  ['TSEnumDeclaration', 'enumeration'], ['TSModuleDeclaration', 'enumeration'], ['TSImportEqualsDeclaration', 'enumeration'], ['BreakStatement', 'nothing'], ['ContinueStatement', 'nothing'], ['MetaProperty', 'nothing'], ['ImportAttribute', 'nothing'],
] satisfies [string, Visitor][]);

/** TypeScript's nodes that hold expressions. */
const typed: ReadonlySet<string> = new Set([
  'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'TSInstantiationExpression', 'TSExportAssignment', 'TSEnumBody', 'TSEnumMember', 'TSExternalModuleReference', 'TSParameterProperty',
]);
const declarations: ReadonlySet<string> = new Set(['ClassDeclaration', 'FunctionDeclaration', 'TSEnumDeclaration', 'TSModuleDeclaration', 'TSImportEqualsDeclaration']);

function mayHoldStatements({ type }: EsNode): boolean {
  return type === 'Program' || type.endsWith('Statement') || type === 'SwitchCase' || type === 'CatchClause' || type.startsWith('Export') || type === 'VariableDeclaration';
}
