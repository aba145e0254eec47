/**
 * Indicators of a STIX 2.1 bundle (OASIS STIX 2.1, sections 4.7 and 9): what of their patterns can be looked up as one value.
 * A pattern that asks for several things at once is not one; it is told, not half used.
 */
import { indicatorOf } from './indicator.ts';
import type { Indicator, ListProblem } from './indicator.ts';
import type { IndicatorList } from './indicator-list.ts';

const patternLimit = 65_536;
/** `path = 'value'` and its kin, section 9.6. */
const comparison = /([a-z0-9-]{2,64}):([\w.'"[\]-]{1,128}?)\s*(=|IN|ISSUBSET|ISSUPERSET|LIKE|MATCHES|!=|<=|>=|<|>)\s*('(?:[^'\\]|\\.){0,4096}'|\((?:[^()']|'(?:[^'\\]|\\.){0,4096}'){0,65536}\)|\S{1,128})/g;
const paths: readonly (readonly [object: string, path: RegExp])[] = [
  ['ipv4-addr', /^value$/], ['ipv6-addr', /^value$/], ['domain-name', /^value$/], ['url', /^value$/], ['email-addr', /^value$/], ['email-message', /^(?:from_ref|sender_ref)\.value$/],
  ['file', /^hashes\.['"]?(?:MD5|SHA-?1|SHA-?256)['"]?$/], ['network-traffic', /^(?:dst_ref|src_ref)\.value$/],
];

/** Undefined: this is no bundle of STIX. */
export function readStix(value: unknown, limit: number): IndicatorList | undefined {
  const bundle = membersOf(value);
  const objects = bundle?.get('objects');
  if (!Array.isArray(objects)) return undefined;
  const indicators: Indicator[] = [];
  const problems: ListProblem[] = [];
  let omitted = 0;
  objects.forEach((object: unknown, at) => {
    const members = membersOf(object);
    if (members?.get('type') !== 'indicator' || members.get('revoked') === true) return;
    const found = fromIndicator(members);
    if ('reason' in found) problems.push({ at: at + 1, reason: found.reason });
    else for (const one of found.values) if (indicators.length < limit) indicators.push(one); else omitted += 1;
  });
  return { indicators, problems, omitted };
}

function fromIndicator(members: ReadonlyMap<string, unknown>): { readonly values: readonly Indicator[] } | { readonly reason: string } {
  const pattern = members.get('pattern');
  const kind = members.get('pattern_type') ?? 'stix';
  if (kind !== 'stix') return { reason: `patterns of the kind ${String(kind).slice(0, 20)} are not looked up` };
  if (typeof pattern !== 'string' || pattern.length > patternLimit) return { reason: 'it has no pattern, or one that is too long' };
  const values = valuesIn(pattern);
  if ('reason' in values) return values;
  const found = values.texts.map(indicatorOf);
  const usable = found.flatMap((one) => ('reason' in one ? [] : [one]));
  if (usable.length === 0) return found.find((one) => 'reason' in one) ?? { reason: 'its pattern holds no value' };
  const confidence = members.get('confidence');
  const shared = { name: textOf(members.get('name')), confidence: typeof confidence === 'number' ? confidence : undefined, since: dateOf(members.get('modified')) ?? dateOf(members.get('valid_from')), until: dateOf(members.get('valid_until')) };
  return { values: usable.map((one) => ({ ...one, ...shared })) };
}

/** All comparisons must be alternatives. Of a file, its digest alone is proof enough. */
function valuesIn(pattern: string): { readonly texts: readonly string[] } | { readonly reason: string } {
  const bare = pattern.replace(/'(?:[^'\\]|\\.)*'/g, "''");
  if (/\b(?:FOLLOWEDBY|NOT|REPEATS|WITHIN)\b/.test(bare)) return { reason: 'its pattern asks for more than one value' };
  const found = [...pattern.matchAll(comparison)];
  const digests = found.filter(([, object, path = '']) => object === 'file' && path.startsWith('hashes'));
  const together = /\bAND\b/.test(bare);
  if (together && (digests.length === 0 || found.some(([, object]) => object !== 'file'))) return { reason: 'its pattern asks for more than one value' };
  const used = together ? digests : found;
  const known = used.filter(([, object, path = '', operator = '']) => ['=', 'IN', 'ISSUBSET'].includes(operator) && paths.some(([name, shape]) => name === object && shape.test(path)));
  return known.length === 0 ? { reason: 'its pattern names no address, domain, URL, digest or address of e-mail' } : { texts: known.flatMap(([, , , , written = '']) => literals(written)) };
}

/** Texts stand between single quotes; a backslash goes before a quote and before itself. */
function literals(written: string): readonly string[] {
  return [...written.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}

function dateOf(value: unknown): number | undefined {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
