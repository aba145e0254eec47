import type { Document } from '#model/artifact.ts';
import type { Assignment } from './assignments.ts';
import { entropy } from './entropy.ts';

/**
 * What the model for assigned credentials looks at, as texts: the name, how the value is written, what the value looks like, and
 * the line before it. The value itself takes part only as shape, length, n-grams and membership among common words.
 */
export function credentialFeatures(doc: Document, assignment: Assignment): string[] {
  const words = wordsOf(assignment.name);
  const { value } = assignment;
  const last = words.at(-1) ?? '';
  const shape = shapeOf(value);
  const form = `${assignment.joint}${assignment.quote}`;
  const kind = valueKind(value);
  const features = [
    `name=${words.join('_')}`, `last=${last}`, `last2=${words.slice(-2).join('_')}`,
    `form=${form}`, `ext=${doc.traits.extension}`, `ext:form=${doc.traits.extension}:${form}`,
    `shape=${shape}`, `kind=${kind}`, `kind:form=${kind}:${form}`, `kind:last=${kind}:${last}`, `kind:ext=${kind}:${doc.traits.extension}`,
    `len=${bucket(value.length)}`, `ent=${Math.round(entropy(value) * 2)}`, `len:ent=${bucket(value.length)}:${Math.round(entropy(value))}`,
    `kind:len=${kind}:${bucket(value.length)}`, `last:len=${last}:${bucket(value.length)}`,
    `first=${value[0]}`, `end=${value.at(-1)}`, `near=${nearness(assignment)}`,
    `value=${value.length <= 24 ? value.toLowerCase() : ''}`,
    ...words.map((word) => `word=${word}`),
    ...(noise.has(kind) ? [] : wordFeatures(value, kind)),
    ...placeFeatures(doc, kind),
    ...lineFeatures(doc, assignment),
  ];
  return features;
}

/** Kinds whose letters mean nothing. */
const noise = new Set(['hex', 'uuid', 'base64', 'mixed', 'hash', 'digits']);

function wordFeatures(value: string, kind: string): string[] {
  const words = wordsOf(value).slice(0, 8);
  return [
    ...words.map((word) => `vword=${word}`),
    ...words.map((word) => `kind:vword=${kind}:${word}`),
    ...ngrams(value.toLowerCase(), 3).map((gram) => `gram=${gram}`),
  ];
}

/** `dbPassword2`, `DB_PASSWORD-2` and `db.password.2` are the same three words. */
export function wordsOf(text: string): string[] {
  return text
    .slice(0, 120)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1)
    .slice(-10);
}

/** Runs of like characters folded: `Ab3-xyz9` is `Aa9-a9`. */
function shapeOf(value: string): string {
  return value
    .slice(0, 60)
    .replace(/[A-Z]+/g, 'A')
    .replace(/[a-z]+/g, 'a')
    .replace(/[0-9]+/g, '9')
    .replace(/\s+/g, ' ')
    .replace(/[\x80-\xff]+/g, 'u')
    .slice(0, 14);
}

const kinds: readonly (readonly [string, RegExp])[] = [
  ['reference', /^\$|\$\{|\{\{|<%|^%[A-Z_]+%$|^<.*>$|^\[.*\]$|^#\{|process\.env|getenv|environ/],
  ['empty', /^\s*$/],
  ['digits', /^\d+$/],
  ['uuid', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i],
  ['address', /^0x[0-9a-f]{40}$/i],
  ['hex', /^(?:[0-9a-f]{16,}|[0-9A-F]{16,})$/],
  ['url', /^[a-z][a-z0-9+.-]*:\/\//i],
  ['path', /^[~.]{0,2}\/|\\\\|^[\w-]+(?:\/[\w.-]+)+$|\.(?:js|ts|py|go|rb|java|json|ya?ml|pem|key|crt|txt|html?|php|png|css)$/],
  ['hash', /^\$(?:2[aby]|argon2\w+|[156]|apr1|pbkdf2\S*|scrypt)\$|^\{(?:SSHA|SHA|CRYPT|MD5)\}|^sha(?:1|256|384|512)[-:$]|^pbkdf2/i],
  ['sentence', /\s\S+\s\S+/],
  ['spaced', /\s/],
  ['call', /[\w.]\(.*$/],
  ['dotted', /^[A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*)+$/],
  ['version', /^[\^~v]?\d+\.\d+/],
  ['constant', /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/],
  ['snake', /^[a-z]+(?:[_-][a-z]+)+$/],
  ['camel', /^[a-z]+(?:[A-Z][a-z]+)+$/],
  ['pascal', /^(?:[A-Z][a-z]+){2,}$/],
  ['word', /^[a-z]+$/],
  ['capital', /^[A-Z][a-z]+$|^[A-Z]+$/],
  ['lower9', /^[a-z]+[0-9]+$/],
  ['base64', /^[A-Za-z0-9+/]{16,}={0,2}$/],
  ['base64url', /^[A-Za-z0-9_-]{16,}$/],
  ['mixed', /^(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9]+$/],
  ['special', /[^A-Za-z0-9_-]/],
];

export function valueKind(value: string): string {
  return kinds.find(([, expression]) => expression.test(value))?.[0] ?? 'other';
}

function bucket(length: number): number {
  return length <= 12 ? length : length <= 16 ? 16 : length <= 20 ? 20 : length <= 32 ? (length === 32 ? 32 : 31) : length <= 40 ? 40 : length <= 64 ? 64 : 65;
}

/** How much the value repeats the name: `password = "password"` and `apiKey: "apiKey"` name things. */
function nearness({ name, value }: Assignment): string {
  const a = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const b = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (a === b) return 'same';
  if (b.length > 3 && a.includes(b)) return 'part';
  if (a.length > 3 && b.includes(a)) return 'holds';
  return wordsOf(name).some((word) => word.length > 3 && b.includes(word)) ? 'word' : 'none';
}

function ngrams(text: string, n: number): string[] {
  const padded = `^${text.slice(0, 48)}$`;
  const grams: string[] = [];
  for (let i = 0; i + n <= padded.length; i++) grams.push(padded.slice(i, i + n));
  return grams;
}

function placeFeatures({ traits }: Document, kind: string): string[] {
  const places: string[] = [];
  for (const [name, holds] of Object.entries(traits)) if (holds === true) places.push(`in=${name}`, `kind:in=${kind}:${name}`);
  return places;
}

function lineFeatures(doc: Document, { nameStart, end }: Assignment): string[] {
  const near = doc.text.slice(Math.max(0, nameStart - 80), nameStart);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  const after = doc.text.slice(end, end + 12).split('\n')[0] as string;
  const comment = /^\s*(?:#|\/\/|\*|\/\*|--|;|<!--)/.test(before);
  return [
    `before=${before.trim().slice(-3)}`, `after=${after.slice(0, 2)}`, ...(comment ? ['comment'] : []),
    ...[...before.matchAll(/[A-Za-z]{2,}/g)].slice(-5).map((word) => `lword=${word[0].toLowerCase()}`),
  ];
}
