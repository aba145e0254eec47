/** The last name of a target: a function or class without a name of its own is called after what it is given to (ECMA-262, NamedEvaluation). */
export function nameOfTarget(node: { readonly type: string }): string {
  const target = node as { readonly type: string; readonly name?: unknown; readonly property?: { readonly type: string; readonly name?: unknown }; readonly computed?: boolean };
  if (target.type === 'Identifier') return String(target.name);
  return target.type === 'MemberExpression' && target.computed === false ? String(target.property?.name) : '';
}
