import { K, R } from '#model/code-tree.ts';
import type { TreeFacts } from './facts.ts';
import { childBy, symbolOf } from './scopes.ts';

const deepest = 10;

/** Operators whose result is true or false. */
export const comparisons = /^(?:[!=]==?|[<>]=?|(?:not )?in|is(?: not)?|instanceof)$/;

/** What type an expression has, as far as the file says: a declaration, what it was made with, a literal. Names with imports resolved. */
export function typeOf(facts: TreeFacts, node: number, depth = 0): string | undefined {
  const { tree } = facts;
  if (depth > deepest || node === -1) return undefined;
  switch (tree.kind[node]) {
    case K.Str:
    case K.Template:
      return 'string';
    case K.Num:
      return symbolOf(tree, node).includes('.') ? 'float' : 'int';
    case K.Bool:
      return 'bool';
    case K.New:
      return typeText(facts, childBy(tree, node, R.Callee));
    case K.Cast:
      return typeText(facts, childBy(tree, node, R.Type));
    case K.Name:
    case K.Member: {
      const variable = facts.variable(node);
      if (variable === undefined) return undefined;
      if (variable.type !== -1 && symbolOf(tree, variable.type) !== 'var') return typeText(facts, variable.type);
      return variable.assignments === 1 && variable.init !== -1 && tree.kind[variable.init] !== K.Function ? typeOf(facts, variable.init, depth + 1) : undefined;
    }
    case K.Binary: {
      if (comparisons.test(symbolOf(tree, node))) return 'bool';
      if (symbolOf(tree, node) !== '+') return undefined;
      const sides = [typeOf(facts, childBy(tree, node, R.Left), depth + 1), typeOf(facts, childBy(tree, node, R.Right), depth + 1)];
      return sides.find((side) => side !== undefined && isText(side)) ?? sides[0];
    }
    default:
      return undefined;
  }
}

/** A type as text, its first name resolved: `java.sql.Statement`. */
function typeText(facts: TreeFacts, node: number): string | undefined {
  if (node === -1) return undefined;
  const text = facts.tree.text.slice(facts.tree.start[node], facts.tree.end[node]);
  const [first = '', ...rest] = text.split('.');
  const path = facts.aliases.get(/^[\w$]*/.exec(first)?.[0] ?? '', node);
  return path === undefined ? text : [...path.slice(0, -1), `${path.at(-1) ?? ''}${first.replace(/^[\w$]*/, '')}`, ...rest].join('.');
}

const isText = (type: string): boolean => /^(?:java\.lang\.)?[Ss]tring$|^str$/.test(type);
const families: readonly (readonly string[])[] = [
  ['string', 'String', 'str', 'java.lang.String'],
  ['int', 'Integer', 'number', 'long', 'Long', 'float', 'double'],
  ['bool', 'boolean', 'Boolean'],
];

export function isOfType(facts: TreeFacts, node: number, wanted: string): boolean {
  const type = typeOf(facts, node);
  return type !== undefined && sameType(type, wanted);
}

/** Types are the same when one is the other with less of its path; type arguments count only where both have them. */
export function sameType(type: string, wanted: string): boolean {
  const [a, b] = [bare(type), bare(wanted)];
  if (a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)) return true;
  return families.some((family) => family.includes(a) && family.includes(b));
}

function bare(type: string): string {
  return type.replace(/\s+/g, '').replace(/<.*>$/, '').replace(/^[*&?]+/, '');
}
