const mostRounds = 12;
const longest = 4_096;
const innermost = /\$\{([^${}]{0,256})\}/g;

/** Resolves nested lookups such as `${lower:j}`, `${::-n}` and `${env:ANY:-d}` from the inside out, as Log4j does. */
export function resolveLookups(text: string): { resolved: string; depth: number } {
  let resolved = text.slice(0, longest);
  let depth = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    let inner = 0;
    const next = resolved.replace(innermost, (whole, body: string) => {
      const value = valueOf(body);
      if (value === undefined) return whole;
      inner += 1;
      return value;
    });
    if (inner === 0) break;
    depth += inner;
    resolved = next;
  }
  return { resolved, depth };
}

/** What a lookup gives without knowing anything of the machine; undefined where it must be known. */
function valueOf(body: string): string | undefined {
  const fallback = body.indexOf(':-');
  if (fallback >= 0) return body.slice(fallback + 2);
  const [, kind = '', value = ''] = /^\s*(lower|upper|date|base64)\s*:(.*)$/is.exec(body) ?? [];
  if (kind === '') return undefined;
  if (kind.toLowerCase() === 'lower') return value.toLowerCase();
  return kind.toLowerCase() === 'upper' ? value.toUpperCase() : value.replaceAll("'", '');
}
