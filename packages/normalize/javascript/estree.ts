/** A node of ESTree (with TypeScript's and JSX's nodes), as a parser gives it. Children are read through the functions below. */
export interface EsNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is EsNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** A child, if it is there. */
export function child(node: EsNode, key: string): EsNode | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** Children in a list; holes (`[, a]`) are undefined. */
export function list(node: EsNode, key: string): (EsNode | undefined)[] {
  const value = node[key];
  return Array.isArray(value) ? value.map((one: unknown) => (isNode(one) ? one : undefined)) : [];
}

export function nodes(node: EsNode, key: string): EsNode[] {
  return list(node, key).filter((one) => one !== undefined);
}

export function text(node: EsNode, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

export function flag(node: EsNode, key: string): boolean {
  return node[key] === true;
}

/** Every child, in the order of the parser's keys. */
export function children(node: EsNode): EsNode[] {
  const found: EsNode[] = [];
  for (const key in node) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const one of value as unknown[]) if (isNode(one)) found.push(one);
    } else if (isNode(value)) found.push(value);
  }
  return found;
}

const functions: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

export function isFunction(node: EsNode): boolean {
  return functions.has(node.type);
}

/** The name under which a property, method, import or export is known; undefined when it is computed. */
export function keyName(node: EsNode, key = 'key'): string | undefined {
  const name = child(node, key);
  if (name === undefined || flag(node, 'computed')) return undefined;
  if (name.type === 'PrivateIdentifier') return `#${text(name, 'name')}`;
  return name.type === 'Identifier' ? text(name, 'name') : String(name['value']);
}

const wrappers: ReadonlySet<string> = new Set([
  'ParenthesizedExpression', 'ChainExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'TSInstantiationExpression',
]);

export function isWrapper(node: EsNode): boolean {
  return wrappers.has(node.type);
}

/** The expression within parentheses, chains and type assertions. */
export function unwrapped(node: EsNode): EsNode {
  let at = node;
  for (let inner = isWrapper(at) ? child(at, 'expression') : undefined; inner !== undefined; inner = isWrapper(at) ? child(at, 'expression') : undefined) at = inner;
  return at;
}

/** Identifiers that a pattern binds. */
export function boundNames(pattern: EsNode | undefined): EsNode[] {
  const found: EsNode[] = [];
  const work = pattern === undefined ? [] : [pattern];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (node.type === 'Identifier') found.push(node);
    else if (node.type === 'ObjectPattern') for (const one of nodes(node, 'properties')) pushChild(work, one, one.type === 'RestElement' ? 'argument' : 'value');
    else if (node.type === 'ArrayPattern') work.push(...nodes(node, 'elements'));
    else if (node.type === 'AssignmentPattern') pushChild(work, node, 'left');
    else if (node.type === 'RestElement') pushChild(work, node, 'argument');
    else if (node.type === 'TSParameterProperty') pushChild(work, node, 'parameter');
  }
  return found;
}

function pushChild(work: EsNode[], node: EsNode, key: string): void {
  const one = child(node, key);
  if (one !== undefined) work.push(one);
}
