import { constructFromEvents, CORE_SCHEMA, EVENT_ID, getScalarValue, parseEvents, realMapTag } from 'js-yaml';
import { yamlErrorOf } from './yaml.ts';

type YamlEvent = ReturnType<typeof parseEvents>[number];

/** Mappings are `Map`s here (law 7), so that a key such as `__proto__` is only a key. */
const schema = CORE_SCHEMA.withTags(realMapTag);

/** One document of a YAML stream, which can say on which line something stands. */
export interface YamlDocument {
  readonly value: unknown;
  /** 1-based line of the node that a path of keys and indexes leads to, or of its nearest parent. */
  lineOf(path: readonly (string | number)[]): number;
}

/** Parses a stream of YAML documents into plain data with `Map`s. Throws `YamlError`. */
export function parseYamlDocuments(text: string): YamlDocument[] {
  let events: YamlEvent[];
  let values: unknown[];
  try {
    events = parseEvents(text, { maxDepth: 64 });
    values = constructFromEvents(events, { source: text, schema, maxAliases: 100 });
  } catch (cause) {
    throw yamlErrorOf(cause);
  }
  return values.map((value, index) => ({
    value,
    lineOf: (path) => lineAt(text, locate(text, events, index, path)),
  }));
}

/** Offset of the node at `path` in document `index`. Walked only when something has to be reported. */
function locate(text: string, events: readonly YamlEvent[], index: number, path: readonly (string | number)[]): number {
  let at = documentStart(events, index) + 1;
  let found = startOf(events[at]);
  for (const step of path) {
    const next = childOf(text, events, at, step);
    if (next === undefined) break;
    found = startOf(events[next.key]);
    at = next.value;
  }
  return Math.max(found, 0);
}

function documentStart(events: readonly YamlEvent[], index: number): number {
  let seen = -1;
  return events.findIndex((event) => event.type === EVENT_ID.DOCUMENT && ++seen === index);
}

function childOf(
  text: string, events: readonly YamlEvent[], parent: number, step: string | number,
): { readonly key: number; readonly value: number } | undefined {
  const kind = events[parent]?.type;
  if (kind !== EVENT_ID.MAPPING && kind !== EVENT_ID.SEQUENCE) return undefined;
  let at = parent + 1;
  for (let position = 0; at < events.length && events[at]?.type !== EVENT_ID.POP; position++) {
    const value = kind === EVENT_ID.MAPPING ? after(events, at) : at;
    const key = events[at];
    const matches = kind === EVENT_ID.SEQUENCE
      ? position === step
      : key?.type === EVENT_ID.SCALAR && getScalarValue(text, key) === String(step);
    if (matches) return { key: at, value };
    at = after(events, value);
  }
  return undefined;
}

/** Index of the event that follows the whole node at `at`. */
function after(events: readonly YamlEvent[], at: number): number {
  let depth = 0;
  for (let index = at; index < events.length; index++) {
    const type = events[index]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    if (type === EVENT_ID.POP) depth--;
    if (depth === 0) return index + 1;
  }
  return events.length;
}

function startOf(event: YamlEvent | undefined): number {
  if (event?.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) return event.start;
  return event?.type === EVENT_ID.ALIAS ? event.anchorStart : 0;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
