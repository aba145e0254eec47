import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What one kind of unit looks like when it is new. */
export interface Template {
  readonly kind: string;
  /** What may follow the kind on the command line. */
  readonly usage: string;
  /** The form that the argument must have; its last group is the unit's name. */
  readonly argument: RegExp;
  /** Where the unit goes, without its extension. */
  place(argument: string): string;
  readonly extension: 'ts' | 'yaml';
  /** Where the second file goes, where it is no file of cases beside the unit. */
  twin?(argument: string): string;
  unit(argument: string): string;
  /** Cases that fail until somebody has written the unit. */
  cases(argument: string): string;
}

export class ScaffoldError extends Error {}

/** Writes the unit and its cases below `root` and gives their paths. Never overwrites. */
export function scaffold(root: string, template: Template, argument: string): string[] {
  if (!template.argument.test(argument)) throw new ScaffoldError(`'${argument}' does not fit: npm run new -- ${template.usage}`);
  const [unit, cases] = filesOf(template, argument);
  const files = new Map([
    [unit, template.unit(argument)],
    [cases, template.cases(argument)],
  ]);
  const taken = [...files.keys()].find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new ScaffoldError(`${taken} is there already; choose another name`);
  for (const [path, text] of files) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
  return [...files.keys()];
}

/** The paths of both files. */
export function filesOf(template: Template, argument: string): readonly [unit: string, cases: string] {
  const stem = template.place(argument);
  return [`${stem}.${template.extension}`, template.twin?.(argument) ?? `${stem}.cases.${template.extension}`];
}

/** `acme-token` as words: `Acme token`. */
export function words(name: string): string {
  const text = (name.split('/').at(-1) ?? name).replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const kebab = '[a-z0-9]+(?:-[a-z0-9]+)*';
