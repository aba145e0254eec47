/**
 * Checks OCSF events (JSON lines) against a checkout of the schema, https://github.com/ocsf/ocsf-schema at tag 1.8.0:
 *
 *     node bench/ocsf-check.ts SCHEMA_DIR EVENTS.jsonl
 *
 * Attributes known, required ones there, types, enums and constraints, through classes, profiles and nested objects.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Attribute {
  readonly requirement?: string;
  readonly profile?: string | null;
  readonly enum?: { readonly [value: string]: unknown };
  readonly type?: string;
  readonly is_array?: boolean;
}
interface Definition {
  readonly name?: string;
  readonly uid?: number;
  /** Number of the extension that the class is part of; it goes before the class's own. */
  readonly extension?: number;
  readonly category?: string;
  readonly extends?: string;
  readonly attributes?: { readonly [name: string]: Attribute | readonly string[] };
  readonly constraints?: { readonly [kind: string]: readonly string[] };
  readonly types?: { readonly attributes: { readonly [name: string]: { readonly type?: string } } };
}
interface Shape {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly constraints: { readonly [kind: string]: readonly string[] };
}

const [schemaDir = '', eventsFile = ''] = process.argv.slice(2);
const read = (path: string): Definition => JSON.parse(readFileSync(join(schemaDir, path), 'utf8')) as Definition;
const dictionary = read('dictionary.json');
const categories = read('categories.json').attributes as unknown as { readonly [name: string]: { readonly uid: number } };
const below = (folder: string): Definition[] =>
  readdirSync(join(schemaDir, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).map((file) => read(join(folder, file)));
const extensions = ['windows'].map((folder) => ({ ...read(`extensions/${folder}/extension.json`), folder: `extensions/${folder}` }));
const classes = [...below('events'), ...extensions.flatMap(({ folder, uid = 0 }) => below(`${folder}/events`).map((definition) => ({ ...definition, extension: uid })))];
const objects = new Map(below('objects').map((definition) => [definition.name ?? '', definition]));
for (const { folder } of extensions) {
  Object.assign(dictionary.attributes ?? {}, read(`${folder}/dictionary.json`).attributes);
  for (const definition of below(`${folder}/objects`)) {
    // Without a name of its own it adds to the object that it extends.
    const base = objects.get(definition.name ?? definition.extends ?? '');
    const name = definition.name ?? definition.extends ?? '';
    objects.set(name, base === undefined ? definition : { ...base, attributes: { ...base.attributes, ...definition.attributes } });
  }
}
const classNames = new Map(classes.map((definition) => [definition.name ?? '', definition]));

function shapeOf(definition: Definition, among: ReadonlyMap<string, Definition>): Shape {
  const parent = definition.extends === undefined ? undefined : among.get(definition.extends);
  const inherited = parent === undefined ? undefined : shapeOf(parent, among);
  const attributes = new Map<string, Attribute>(inherited?.attributes);
  for (const [name, attribute] of Object.entries(definition.attributes ?? {})) {
    if (name !== '$include') attributes.set(name, { ...attributes.get(name), ...(attribute as Attribute) });
    else for (const path of attribute as readonly string[]) include(path, attributes);
  }
  return { attributes, constraints: { ...inherited?.constraints, ...definition.constraints } };
}

function include(path: string, attributes: Map<string, Attribute>): void {
  const profile = read(path);
  for (const [name, attribute] of Object.entries(profile.attributes ?? {})) {
    if (name !== '$include') attributes.set(name, { profile: profile.name ?? path, ...(attribute as Attribute), ...attributes.get(name) });
  }
}

function categoryOf(definition: Definition): number {
  const own = definition.category ?? (definition.extends === undefined ? undefined : String(categoryOf(classNames.get(definition.extends) ?? {})));
  return own === undefined ? 0 : (categories[own]?.uid ?? (Number(own) || 0));
}

const problems = new Map<string, number>();
const report = (problem: string): void => void problems.set(problem, (problems.get(problem) ?? 0) + 1);

function checkObject(value: object, shape: Shape, at: string, profiles: ReadonlySet<string>): void {
  const active = (attribute: Attribute): boolean => typeof attribute.profile !== 'string' || profiles.has(attribute.profile);
  for (const [name, attribute] of shape.attributes) {
    if (attribute.requirement === 'required' && active(attribute) && !Object.hasOwn(value, name)) report(`${at}.${name} is required`);
  }
  for (const [name, member] of Object.entries(value)) {
    const attribute = shape.attributes.get(name);
    if (attribute === undefined || !active(attribute)) report(`${at}.${name} is not an attribute here`);
    else checkValue(member, { ...(dictionary.attributes?.[name] as Attribute | undefined), ...attribute }, `${at}.${name}`, profiles);
  }
  const { at_least_one: some, just_one: single } = shape.constraints;
  if (some !== undefined && !some.some((name) => Object.hasOwn(value, name))) report(`${at} needs one of ${some.join(', ')}`);
  if (single !== undefined && single.filter((name) => Object.hasOwn(value, name)).length !== 1) report(`${at} needs just one of ${single.join(', ')}`);
}

function checkValue(value: unknown, attribute: Attribute, at: string, profiles: ReadonlySet<string>): void {
  if (attribute.is_array === true) {
    if (!Array.isArray(value)) return report(`${at} must be a list`);
    return value.forEach((item) => checkValue(item, { ...attribute, is_array: false }, `${at}[]`, profiles));
  }
  const type = attribute.type ?? '';
  const values = { ...(dictionary.attributes?.[at.split('.').at(-1) ?? ''] as Attribute | undefined)?.enum, ...attribute.enum };
  // The schema's compiler makes these enums from the classes and types; the sources hold only the base's.
  const compiled = ['.class_uid', '.category_uid', '.observables[].type_id'].some((end) => at.endsWith(end));
  if (!compiled && Object.keys(values).length > 0 && !Object.hasOwn(values, String(value))) report(`${at} must not be ${String(value)}`);
  if (type === 'json_t' || type === 'object') return;
  const object = objects.get(type);
  if (object !== undefined) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return report(`${at} must be an object`);
    return checkObject(value, shapeOf(object, objects), at, profiles);
  }
  const base = dictionary.types?.attributes[type]?.type ?? type;
  const kinds = new Map([['string_t', 'string'], ['integer_t', 'number'], ['long_t', 'number'], ['float_t', 'number'], ['boolean_t', 'boolean']]);
  if (kinds.has(base) && typeof value !== kinds.get(base)) report(`${at} must be a ${kinds.get(base)}, not ${typeof value}`);
}

const lines = readFileSync(eventsFile, 'utf8').split('\n').filter((line) => line !== '');
for (const line of lines) {
  const event = JSON.parse(line) as { class_uid: number; class_name: string; metadata: { profiles?: string[] } };
  const found = classes.find((definition) => definition.uid !== undefined && (definition.extension ?? 0) * 100_000 + categoryOf(definition) * 1000 + definition.uid === event.class_uid)
    ?? (event.class_uid === 0 ? classNames.get('base_event') : undefined);
  if (found === undefined) report(`class ${event.class_uid} is not known`);
  else checkObject(event, shapeOf(found, classNames), event.class_name, new Set(event.metadata.profiles));
}
for (const [problem, count] of [...problems].sort((a, b) => b[1] - a[1])) process.stdout.write(`${count}\t${problem}\n`);
process.stdout.write(`${lines.length} events, ${problems.size} kinds of problems\n`);
process.exitCode = problems.size === 0 ? 0 : 1;
