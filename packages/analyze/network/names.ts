/** A name that was asked for, as its owner and what stands before it. */
export interface AskedName {
  /** The part that somebody registers. */
  readonly domain: string;
  /** What the asker writes before it, with its dots; empty where there is nothing. */
  readonly prefix: string;
}

const longestName = 253;
/** Labels under which a country sells names: `co.uk`, `com.au`. */
const sold = new Set(['co', 'com', 'net', 'org', 'ac', 'gov', 'edu', 'gob', 'go', 'or', 'ne', 'mil', 'nom', 'ltd', 'plc', 'me', 'id', 'in', 'web', 'info', 'gv']);
/** Zones for which nobody outside is asked. */
const own = new Set(['local', 'localdomain', 'lan', 'internal', 'intranet', 'home', 'corp', 'test', 'invalid', 'localhost', 'arpa', 'onion', 'alt']);

/** Undefined for what is no name of the public tree. The public suffix list is not asked: a name below a hoster's counts as the hoster's. */
export function askedName(text: string): AskedName | undefined {
  if (text.length > longestName + 1) return undefined;
  const name = text.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  const last = labels.at(-1) ?? '';
  if (labels.length < 2 || labels.includes('') || own.has(last) || !/^(?:[a-z][a-z0-9-]*)$/.test(last)) return undefined;
  const deep = last.length === 2 && labels.length > 2 && sold.has(labels.at(-2) ?? '') ? 3 : 2;
  return { domain: labels.slice(-deep).join('.'), prefix: labels.slice(0, -deep).join('.') };
}
