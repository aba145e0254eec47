import { defaultLimits, highestLimits } from '#engine/options.ts';
import type { FileSuppression, Limits } from '#engine/options.ts';
import { CliError } from './command.ts';
import type { Place } from './config-file.ts';
import { didYouMean } from './suggest.ts';

const suppressionKeys = ['rule', 'paths', 'fingerprints', 'reason', 'owner', 'until'];

type Keys = readonly (string | number)[];

/** `suppressions:` a list in which every entry says what, why, who and until when. */
export function readSuppressions(value: unknown, place: Place): FileSuppression[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new CliError('config', `${place(['suppressions'])}: \`suppressions\` must be a list`);
  return value.map((item, index) => {
    const at: Keys = ['suppressions', index];
    const entry = mapping(item, suppressionKeys, at, place, 'a suppression');
    const text = (key: string): string => {
      const found = entry.get(key);
      if (typeof found === 'string' && found.trim() !== '') return found.trim();
      throw new CliError('config', `${place([...at, key])}: a suppression needs \`${key}\` (text, not empty)`, cures.get(key));
    };
    const paths = texts(entry.get('paths'), [...at, 'paths'], place);
    const fingerprints = texts(entry.get('fingerprints'), [...at, 'fingerprints'], place);
    if (paths.length + fingerprints.length === 0) {
      throw new CliError('config', `${place(at)}: a suppression needs \`paths\` or \`fingerprints\``, 'Say which findings it is about; `paths: ["**"]` is all of the rule\'s.');
    }
    return { rule: text('rule'), paths, fingerprints, reason: text('reason'), owner: text('owner'), until: date(text('until'), [...at, 'until'], place) };
  });
}

const cures = new Map([
  ['reason', 'Say why the finding can stay.'],
  ['owner', 'Say who answers for it.'],
  ['until', 'Say until when it holds: an ISO date such as 2027-01-31.'],
]);

function date(text: string, at: Keys, place: Place): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new CliError('config', `${place(at)}: "${text}" is no date`, cures.get('until'));
}

/** `gate:` names who may pass it with a reason. */
export function readGate(value: unknown, place: Place): readonly string[] {
  if (value === undefined || value === null) return [];
  const gate = mapping(value, ['bypass'], ['gate'], place, '`gate`');
  return texts(gate.get('bypass'), ['gate', 'bypass'], place);
}

/** `limits:` in the spelling of files: `file-bytes: 1000000`. */
export function readLimits(value: unknown, place: Place): Partial<Limits> {
  if (value === undefined || value === null) return {};
  const names = new Map(Object.keys(defaultLimits).map((name) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), name]));
  const limits: [string, number][] = [];
  for (const [key, limit] of mapping(value, [...names.keys()], ['limits'], place, '`limits`')) {
    if (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 1) {
      throw new CliError('config', `${place(['limits', key])}: \`${key}\` must be a whole number above 0`);
    }
    const name = (names.get(key) ?? key) as keyof Limits;
    if (limit > highestLimits[name]) throw new CliError('config', `${place(['limits', key])}: \`${key}\` can be at most ${highestLimits[name]}`);
    limits.push([name, limit]);
  }
  return Object.fromEntries(limits);
}

function mapping(value: unknown, known: readonly string[], at: Keys, place: Place, what: string): Map<string, unknown> {
  if (!(value instanceof Map)) throw new CliError('config', `${place(at)}: ${what} must be a mapping`);
  const entries = new Map<string, unknown>();
  for (const [key, item] of value as Map<unknown, unknown>) {
    const name = String(key);
    if (!known.includes(name)) {
      throw new CliError('config', `${place([...at, name])}: ${what} has no \`${name}\``, didYouMean(name, known) ?? `Known are ${known.join(', ')}.`);
    }
    entries.set(name, item);
  }
  return entries;
}

function texts(value: unknown, at: Keys, place: Place): readonly string[] {
  if (value === undefined || value === null) return [];
  const list = typeof value === 'string' ? [value] : value;
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw new CliError('config', `${place(at)}: \`${String(at.at(-1))}\` must be a list of texts`);
}
