import type { PlainNode } from './estree.ts';
import type { ScopeScan } from './scope-scan.ts';

const text = (node: unknown, key: string): string => String((node as PlainNode)[key]);

/** An identifier or a string in quotes. */
export function nameOf(node: { readonly type: string; readonly name?: unknown; readonly value?: unknown }): string {
  return String(node.type === 'Literal' ? node.value : node.name);
}

/** Names that imports bind, with what they mean where a type is expected: module, dot, exported name. */
export function importBindings(scan: ScopeScan, node: PlainNode): void {
  if (node.type === 'TSImportEqualsDeclaration') return importEquals(scan, node);
  const source = text(node['source'], 'value');
  for (const specifier of node['specifiers'] as readonly PlainNode[]) {
    const binding = scan.current.declare(text(specifier['local'], 'name'), 'import', 1);
    if (specifier.type === 'ImportNamespaceSpecifier') binding.type = source;
    else if (specifier.type === 'ImportDefaultSpecifier') binding.type = `${source}.default`;
    else binding.type = `${source}.${nameOf(specifier['imported'] as PlainNode)}`;
  }
}

/** `import a = require('b')`, `import a = b.c`. */
function importEquals(scan: ScopeScan, node: PlainNode): void {
  const binding = scan.current.declare(text(node['id'], 'name'), 'import', 1);
  const reference = node['moduleReference'] as PlainNode;
  if (reference.type === 'TSExternalModuleReference') binding.type = text(reference['expression'], 'value');
  else scan.current.use(reference.type === 'Identifier' ? text(reference, 'name') : rootOf(reference), 0);
}

/** The first part of a dotted name. */
export function rootOf(name: PlainNode): string {
  let at = name;
  while (at.type === 'TSQualifiedName') at = at['left'] as PlainNode;
  return text(at, 'name');
}
