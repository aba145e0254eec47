import { SourceError } from './source-error.ts';

export interface Address {
  /** With its colon: `syslog+tcp:`. */
  readonly scheme: string;
  /** Without brackets. Loopback where the user named none. */
  readonly host: string;
  readonly port: number;
  /** Begins with `/`, or is empty. */
  readonly path: string;
  readonly options: ReadonlyMap<string, string>;
  /** As it may be shown and kept: without options. */
  readonly shown: string;
}

const form = /^([a-z][a-z0-9+.-]*:)\/\/([^/?#]*@)?(\[[0-9a-f:.]{2,45}\]|[^:/?#[\]@\s]{0,253})(?::(\d{1,5}))?(\/[^?#\s]*)?(?:\?([^#\s]*))?$/i;

/** Reads `scheme://host:port/path?option=value`. `known` are the options that the source has. */
export function parseAddress(text: string, defaultPort: number, known: readonly string[] = []): Address {
  const found = form.exec(text);
  // What the user wrote may hold a secret in a wrong place: it is not repeated.
  if (found === null) throw new SourceError('address-invalid', 'the address of a source is not of the form scheme://host:port');
  const [, scheme = '', user, host = '', port, path = '', query = ''] = found;
  if (user !== undefined) {
    throw new SourceError('address-invalid', `the address of a ${scheme} source holds a user or a password; name a file that holds it as a setting instead`);
  }
  const number = port === undefined ? defaultPort : Number(port);
  if (number > 65_535) throw new SourceError('address-invalid', `${number} is no port; a port is at most 65535`);
  const named = host === '' ? '127.0.0.1' : host.replace(/^\[|\]$/g, '');
  const shown = `${scheme.toLowerCase()}//${hostAndPort(named, number)}${path}`;
  return { scheme: scheme.toLowerCase(), host: named, port: number, path, options: optionsOf(query, known, scheme), shown };
}

function optionsOf(query: string, known: readonly string[], scheme: string): Map<string, string> {
  const options = new Map(new URLSearchParams(query));
  for (const name of options.keys()) {
    if (known.includes(name)) continue;
    const advice = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
    throw new SourceError('address-invalid', `a source of ${scheme} has no such option as the one named in its address; ${advice}`);
  }
  return options;
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}

export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Limits by their names, each of which the user may change in the address: `?max-connections=20`. */
export function limitsOf<Name extends string>(address: Address, defaults: Readonly<Record<Name, number>>): Record<Name, number> {
  const limits: Record<Name, number> = { ...defaults };
  for (const name in defaults) {
    const given = address.options.get(name);
    if (given === undefined) continue;
    if (!/^[1-9]\d{0,11}$/.test(given)) throw new SourceError('address-invalid', `${name} in the address of a ${address.scheme} source is no whole number above zero`);
    limits[name] = Number(given);
  }
  return limits;
}
