import { readFileSync, statSync } from 'node:fs';
import type { SigmaLogsource } from '#formats/sigma.ts';
import { entriesOf, parseYaml } from '#formats/yaml.ts';
import { EngineError } from './errors.ts';

/** What rules need to know about the place where they run. */
export interface EventRuleSettings {
  /** Values for `%name%`. */
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
  /** What the records of a logsource call the fields that rules name; the first that speaks about a field wins. */
  readonly fields: readonly { readonly logsource: SigmaLogsource; readonly names: ReadonlyMap<string, string> }[];
}

export const noSettings: EventRuleSettings = { placeholders: new Map(), fields: [] };

const largestFile = 4 * 1024 * 1024;
const mostValues = 10_000;

/**
 * Reads the user's settings for event rules:
 *
 *     placeholders:
 *       Administrators: [root, adm_*]
 *     fields:
 *       - logsource: {product: windows, category: process_creation}
 *         names: {CommandLine: process.command_line, Image: process.executable}
 */
export function readEventRuleSettings(path: string): EventRuleSettings {
  try {
    if (statSync(path).size > largestFile) throw new Error(`it is larger than ${largestFile} bytes`);
    return eventRuleSettingsOf(parseYaml(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new EngineError('rule-file-invalid', `the settings of event rules at ${path} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Throws an `Error` that says what is malformed. */
export function eventRuleSettingsOf(data: unknown): EventRuleSettings {
  const top = entriesOf(data);
  if (top === undefined) throw new Error('it must be a mapping with `placeholders` and `fields`');
  const unknown = [...top.keys()].find((key) => key !== 'placeholders' && key !== 'fields');
  if (unknown !== undefined) throw new Error(`it names \`${unknown}\`; known are \`placeholders\` and \`fields\``);
  const placeholders = top.get('placeholders') ?? {};
  const fields = top.get('fields') ?? [];
  if (!Array.isArray(fields)) throw new Error('`fields` must be a list of logsources with names');
  return {
    placeholders: new Map([...mappingOf(placeholders, '`placeholders`')].map(([name, values]) => [name, textsOf(values, `the placeholder ${name}`)])),
    fields: fields.map(fieldNamesOf),
  };
}

function fieldNamesOf(entry: unknown): EventRuleSettings['fields'][number] {
  const section = mappingOf(entry, 'each of `fields`');
  const logsource = mappingOf(section.get('logsource') ?? {}, '`logsource`');
  const part = (key: 'product' | 'service' | 'category'): SigmaLogsource => {
    const value = logsource.get(key);
    if (value === undefined) return {};
    if (typeof value !== 'string') throw new Error(`\`logsource.${key}\` must be text`);
    return { [key]: value.toLowerCase() };
  };
  const names = mappingOf(section.get('names'), '`names`');
  return {
    logsource: { ...part('product'), ...part('service'), ...part('category') },
    names: new Map([...names].map(([field, name]) => {
      if (typeof name !== 'string' || name === '') throw new Error(`the name of the field ${field} must be text`);
      return [field, name];
    })),
  };
}

function mappingOf(value: unknown, what: string): Map<string, unknown> {
  const entries = entriesOf(value);
  if (entries === undefined) throw new Error(`${what} must be a mapping`);
  return entries;
}

function textsOf(value: unknown, what: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > mostValues) throw new Error(`${what} has more than ${mostValues} values`);
  return list.map((item) => {
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') throw new Error(`${what} must be a text or a list of texts`);
    return String(item);
  });
}

/** The names for a rule: of all entries that speak about its logsource, or about one that holds it. */
export function namesFor(rule: SigmaLogsource, { fields }: EventRuleSettings): ReadonlyMap<string, string> {
  const fitting = fields.filter(({ logsource }) => (['product', 'service', 'category'] as const).every((key) => logsource[key] === undefined || logsource[key] === rule[key]));
  return new Map(fitting.toReversed().flatMap(({ names }) => [...names]));
}
