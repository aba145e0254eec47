/** Reading members of events and records of unknown shape by a path of own keys. */
export function memberAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** Text that is not empty. */
export function memberText(value: unknown, ...path: readonly string[]): string | undefined {
  const found = memberAt(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
