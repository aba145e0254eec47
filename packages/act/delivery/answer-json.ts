/** A member of a receiver's answer; undefined when the answer is no JSON or has no such member. */
export function jsonMember(text: string, ...path: readonly (string | number)[]): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as { readonly [name: string | number]: unknown })[name];
  }
  return value;
}

export function jsonText(text: string, ...path: readonly (string | number)[]): string | undefined {
  const value = jsonMember(text, ...path);
  return typeof value === 'string' ? value : undefined;
}
