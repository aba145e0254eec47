/** Lines of `key=value` (logfmt, and what many firewalls write): values bare or in quotation marks with backslashes. */

const longest = 65_536;
const mostPairs = 256;
const pair = /([A-Za-z_@][\w.@/-]{0,63})=("(?:[^"\\]|\\.)*"|[^\s"]\S*|)(?:[\s,;]+|$)/sy;

/** The pairs of a line that consists of nothing else, in their order, the first of each name; undefined for other text. */
export function readKeyValues(text: string): ReadonlyMap<string, string> | undefined {
  if (text.length > longest) return undefined;
  const found = new Map<string, string>();
  pair.lastIndex = 0;
  for (let at = 0; at < text.length; at = pair.lastIndex) {
    const match = pair.exec(text);
    if (match === null || found.size >= mostPairs) return undefined;
    const [, key = '', value = ''] = match;
    if (key !== '__proto__' && !found.has(key)) found.set(key, value.startsWith('"') ? unquoted(value) : value);
  }
  return found;
}

function unquoted(value: string): string {
  const inner = value.slice(1, -1);
  return inner.includes('\\') ? inner.replaceAll(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character)) : inner;
}
