import { ActError } from '../act-error.ts';

/** An address of the form `kind+https://host/path`, as the URL that requests go to. */
export function webAddress(sink: string, address: string): URL {
  return urlOf(sink, address, address.replace(/^[a-z][a-z0-9-]*\+(?=https?:)/i, ''), ['https:', 'http:']);
}

/** An address whose own scheme stays, for receivers that don't speak HTTP. */
export function socketAddress(sink: string, address: string, schemes: readonly string[]): URL {
  const url = urlOf(sink, address, address, schemes);
  if (url.hostname === '') throw invalid(sink, url, 'names no host');
  return url;
}

function urlOf(sink: string, address: string, text: string, schemes: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !schemes.includes(url.protocol)) {
    throw new ActError('address-invalid', `the address of the sink ${sink} (${address.split(':')[0]?.slice(0, 40)}:...) is no URL of a kind that it takes; see 'watchward help watch'`);
  }
  if (url.username !== '' || url.password !== '') throw invalid(sink, url, 'holds a user name or a password, which others can see; give them as settings');
  return url;
}

/** What may be shown of an address: paths and queries of webhooks are secrets. */
export function shownAddress(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

export function parameter(url: URL, name: string): string | undefined {
  const value = url.searchParams.get(name)?.trim();
  return value === undefined || value === '' ? undefined : value;
}

export function requiredParameter(sink: string, url: URL, name: string, example: string): string {
  const value = parameter(url, name);
  if (value === undefined) throw invalid(sink, url, `names no ${name}; add '?${name}=${example}'`);
  return value;
}

export function wholeParameter(sink: string, url: URL, name: string, { usual, least, most }: { usual: number; least: number; most: number }): number {
  const value = parameter(url, name);
  if (value === undefined) return usual;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least || number > most) throw invalid(sink, url, `has a '${name}' that is no whole number from ${least} to ${most}`);
  return number;
}

export function invalid(sink: string, url: URL, what: string): ActError {
  return new ActError('address-invalid', `the address of the sink ${sink} (${shownAddress(url)}) ${what}`);
}

export function isLoopback(url: URL): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}
