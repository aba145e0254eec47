import { fromPcre } from '#formats/pcre.ts';

/** A place in a rule file: keys and indexes from the top. */
export type RulePath = readonly (string | number)[];

/** Thrown for a mistake in a rule; the rule is named and skipped. */
export class RuleMistake extends Error {
  readonly path: RulePath;

  constructor(path: RulePath, message: string) {
    super(message);
    this.path = path;
  }
}

export type RuleMap = ReadonlyMap<unknown, unknown>;

export function mapAt(value: unknown, path: RulePath): RuleMap {
  if (value instanceof Map) return value as RuleMap;
  throw new RuleMistake(path, `\`${nameOf(path)}\` must be a mapping`);
}

export function listAt(value: unknown, path: RulePath): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RuleMistake(path, `\`${nameOf(path)}\` must be a list`);
}

/** Text; a number or truth value that YAML made of a plain word is text again. */
export function textAt(value: unknown, path: RulePath): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new RuleMistake(path, `\`${nameOf(path)}\` must be text`);
}

export function textsAt(value: unknown, path: RulePath): readonly string[] {
  return Array.isArray(value) ? value.map((one, at) => textAt(one, [...path, at])) : [textAt(value, path)];
}

export function flagAt(map: RuleMap, key: string, path: RulePath): boolean | undefined {
  const value = map.get(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new RuleMistake([...path, key], `\`${key}\` must be true or false`);
}

export function numberAt(map: RuleMap, key: string, path: RulePath): number | undefined {
  const value = map.get(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RuleMistake([...path, key], `\`${key}\` must be a number`);
}

/** An expression that JavaScript can run; the text as written. */
export function regexAt(value: unknown, path: RulePath): string {
  const source = textAt(value, path);
  try {
    fromPcre(source, true);
  } catch (error) {
    throw new RuleMistake(path, `\`${nameOf(path)}\` is an expression that cannot be run here: ${error instanceof Error ? error.message : String(error)}`);
  }
  return source;
}

export function metavariableAt(value: unknown, path: RulePath): string {
  const name = textAt(value, path);
  if (/^\$(?:\.\.\.)?[A-Za-z_][A-Za-z_0-9]*$|^\$\d+$/.test(name)) return name;
  throw new RuleMistake(path, `\`${nameOf(path)}\` must be a metavariable such as $X`);
}

export function nameOf(path: RulePath): string {
  return String(path.findLast((step) => typeof step === 'string') ?? 'rule');
}
