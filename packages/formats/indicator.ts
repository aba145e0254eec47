/** Indicators of compromise: one value each that may occur in an event, in the one form in which it is looked up. */
import { parseNetwork } from './address.ts';

export const indicatorKinds = ['network', 'domain', 'url', 'hash', 'email'] as const;
export type IndicatorKind = (typeof indicatorKinds)[number];

export interface Indicator {
  readonly kind: IndicatorKind;
  readonly value: string;
  /** What the list says about it. */
  readonly name?: string | undefined;
  /** 0 to 100. */
  readonly confidence?: number | undefined;
  /** Milliseconds since the epoch: when it was made, and when it ceases to hold. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** What a list held that is no indicator, by line or by number of the object. */
export interface ListProblem {
  readonly at: number;
  readonly reason: string;
}

const hashes = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Digests of nothing at all: MD5, SHA-1 and SHA-256 of an empty file. */
const empty = new Set(['d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']);
const domain = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,32}(?:[a-z][a-z0-9-]{0,61}[a-z0-9])$/;
const url = /^[a-z][a-z0-9+.-]{1,15}:\/\/\S{1,2040}$/i;

/** The kind that a value is of, with its form for look-ups; a reason when it must not be looked for. */
export function indicatorOf(written: string): Pick<Indicator, 'kind' | 'value'> | { readonly reason: string } {
  const text = refanged(written.trim());
  if (text === '') return { reason: 'it is empty' };
  const network = parseNetwork(text);
  if (network !== undefined) return tooWide(network.bytes, network.bits) ?? { kind: 'network', value: text };
  const lower = text.toLowerCase();
  if (hashes.test(lower)) return empty.has(lower) ? { reason: 'it is the digest of an empty file' } : { kind: 'hash', value: lower };
  if (url.test(text)) return { kind: 'url', value: urlKey(text) };
  if (/^[^\s@]{1,64}@[^\s@]{4,253}$/.test(lower)) return { kind: 'email', value: lower };
  const name = lower.replace(/^\*\./, '').replace(/\.$/, '');
  return domain.test(name) ? { kind: 'domain', value: name } : { reason: 'it is no address, network, domain, URL, digest or address of e-mail' };
}

/** Lists are often written so that nobody clicks on them by mistake: `hxxps://evil[.]example`. */
function refanged(text: string): string {
  return text.replace(/^hxxp/i, 'http').replace(/\[\.\]|\(\.\)|\[dot\]|\{\.\}/gi, '.').replace(/\[:\]/g, ':').replace(/\[:\/\/\]/g, '://').replace(/\[@\]|\[at\]/gi, '@');
}

/** A network as wide as a continent, or one that is everybody's own, would be seen in every event. */
function tooWide(bytes: readonly number[], bits: number): { readonly reason: string } | undefined {
  const [first = 0, second = 0] = bytes;
  if (bits < bytes.length * 2) return { reason: 'the network is too wide' };
  const own = bytes.length === 4
    ? first === 0 || first === 10 || first === 127 || first >= 224 || (first === 192 && second === 168) || (first === 172 && second >= 16 && second < 32) || (first === 169 && second === 254)
    : first === 0xff || (first & 0xfe) === 0xfc || (first === 0xfe && (second & 0xc0) === 0x80) || bytes.slice(0, 15).every((byte) => byte === 0);
  return own ? { reason: 'the address is private, local or of a group' } : undefined;
}

/** Host, path and query, without scheme, usual port, fragment and closing slash: two ways to write one place are one. */
export function urlKey(text: string): string {
  const found = /^[a-z][a-z0-9+.-]{1,15}:\/\/(?:[^/?#@\s]{0,255}@)?(\[[^\]]{1,64}\]|[^/?#:\s]{1,255})(?::(\d{1,5}))?([^#\s]{0,2048})/i.exec(text);
  if (found === null) return text;
  const port = found[2] === undefined || found[2] === '80' || found[2] === '443' ? '' : `:${found[2]}`;
  return `${(found[1] ?? '').toLowerCase()}${port}${(found[3] ?? '').replace(/\/$/, '')}`;
}

/** The host of a URL, without port and brackets. */
export function urlHost(text: string): string | undefined {
  const found = /^[a-z][a-z0-9+.-]{1,15}:\/\/(?:[^/?#@\s]{0,255}@)?(?:\[([^\]]{1,64})\]|([^/?#:\s]{1,255}))/i.exec(text);
  return (found?.[1] ?? found?.[2])?.toLowerCase();
}
