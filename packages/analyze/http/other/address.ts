import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';

/** Addresses under which clouds and hosts tell secrets to whoever runs on them. */
const metadata = new Set(['169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.0.192', '169.254.169.253', 'fd00:ec2::254', 'metadata.google.internal', 'metadata', 'metadata.azure.internal', 'instance-data', 'metadata.packet.net', 'metadata.tencentyun.com', 'rancher-metadata', 'kubernetes.default.svc']);

const authority = /(?:[a-z][a-z0-9+.-]{1,20}:)?\/\/(?:[^/@\s?#]{0,100}@)?(\[[^\]\s]{2,60}\]|[^/:\s?#"'<>\\]{1,100})(?::(\d{1,5}))?([^\s]{0,200})/gi;

/** Makes the server fetch from where only the server can go. */
export function judgeAddress(text: string, traits: number): Verdict | undefined {
  if ((traits & trait.slash) === 0) return undefined;
  const tally = new Tally();
  if (/^(?:host\.(?:docker|containers)\.internal|gateway\.docker\.internal|localtest\.me|lvh\.me|localhost\.localdomain|(?:ipv6-|ip6-)(?:localhost|loopback)|kubernetes\.default(?:\.svc(?:\.cluster\.local)?)?|[\w.-]{1,60}\.(?:nip|sslip|xip)\.io)(?::\d{1,5})?(?:\/|$)/i.test(text)) tally.add('leads to the server itself', 3);
  let seen = 0;
  for (const [whole, host = '', , path = ''] of text.matchAll(authority)) {
    if ((seen += 1) > 10) break;
    judgeHost(tally, host.toLowerCase().replace(/\.$/, ''), path, whole);
  }
  return tally.verdict('address');
}

function judgeHost(tally: Tally, host: string, path: string, whole: string): void {
  const { address, disguised } = plainAddress(host);
  if (metadata.has(address) || /^[\w.-]*169[.-]254[.-]169[.-]254\.(?:nip|sslip|xip)\.io$/.test(address)) tally.add('asks for the metadata of the machine', 4);
  else if (/\/latest\/(?:meta-data|user-data|api\/token|dynamic)|\/computeMetadata\/v1|\/metadata\/(?:instance|identity|v1)|\/opc\/v[12]\//i.test(path)) tally.add('asks for the metadata of the machine', 2.4);
  if (disguised) tally.add('writes an address in a form that filters do not know', /^127\.|^0\.|^10\.|^169\.254\.|^192\.168\.|^172\.|^::/.test(address) ? 3.2 : 2.4);
  else if (/^(?:127(?:\.\d{1,3}){1,3}|0\.0\.0\.0|localhost|\[?::1?\]?|\[?::ffff:[\d.a-f:]+\]?)$/.test(address)) tally.add('leads to the server itself', /^(?:gopher|dict|ftp|ldap|tftp)/i.test(whole) ? 3.2 : 1.5);
}

/** `2852039166`, `0xa9fea9fe`, `0251.0376.0251.0376` and `[::ffff:a9fe:a9fe]` are one address (inet_aton). */
export function plainAddress(host: string): { address: string; disguised: boolean } {
  const mapped = /^\[(?:0{0,4}:){0,5}:?(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host);
  if (mapped !== null && /ffff/.test(host)) return { address: dotted(parseInt(mapped[1] ?? '', 16) * 65_536 + parseInt(mapped[2] ?? '', 16)), disguised: true };
  const dottedInside = /^\[[:0f]*:(\d{1,3}(?:\.\d{1,3}){3})\]$/.exec(host)?.[1];
  if (dottedInside !== undefined) return { address: dottedInside, disguised: true };
  if (host.startsWith('[')) return { address: host.slice(1, -1), disguised: false };
  const parts = host.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(?:0x[0-9a-f]{1,10}|\d{1,12})$/.test(part))) return { address: host, disguised: false };
  const disguised = parts.length < 4 ? parts.length > 1 || (parts[0] ?? '').length > 7 || host.startsWith('0x') : parts.some((part) => /^0[x\d]/.test(part));
  return disguised ? { address: dotted(numberOf(parts)), disguised } : { address: host, disguised };
}

function numberOf(parts: readonly string[]): number {
  const numbers = parts.map((part) => (part.startsWith('0x') ? parseInt(part, 16) : /^0\d/.test(part) ? parseInt(part, 8) : Number(part)));
  const last = numbers.at(-1) ?? 0;
  return numbers.slice(0, -1).reduce((sum, part, at) => sum + part * 256 ** (3 - at), last);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
