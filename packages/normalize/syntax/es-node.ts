/** A node of ESTree as it comes from the parser: its own names, values of any kind. */
export interface EsNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

export function isNode(value: unknown): value is EsNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

export function child(node: EsNode, property: string): EsNode | undefined {
  const value = node[property];
  return isNode(value) ? value : undefined;
}

/** The nodes of a list; holes are left out. */
export function children(node: EsNode, property: string): EsNode[] {
  const value = node[property];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function word(node: EsNode, property: string): string {
  const value = node[property];
  return typeof value === 'string' ? value : '';
}

/** All nodes right below one, in the order of the text. */
export function everyChild(node: EsNode): EsNode[] {
  const found: EsNode[] = [];
  for (const value of Object.values(node)) {
    if (isNode(value)) found.push(value);
    else if (Array.isArray(value)) found.push(...value.filter(isNode));
  }
  return found.sort((a, b) => a.start - b.start);
}
