import type { Language } from '#model/ir.ts';
import type { ApiConvention, ApiGuard, ApiSanitizer, ApiSink, ApiSource, ApiSummary, LibraryKnowledge } from '#model/library.ts';
import type { SourceKind } from '#model/program.ts';
import { choice, flag, listOf, record, ShapeError, text, type Decoder } from './closed-shape.ts';
import { conditions, Mistakes, oneOrMore, path, place, places } from './code-conditions.ts';
import { entriesOf, parseYaml, YamlError } from './yaml.ts';

export type LibraryResult = { readonly library: LibraryKnowledge } | { readonly errors: readonly string[] };

export const sourceKinds: readonly Exclude<SourceKind, 'parameter'>[] = ['request', 'argument', 'environment', 'file', 'message', 'network', 'database'];
export const languages: readonly Language[] = ['javascript', 'java', 'python'];

const keys = ['title', 'versions', 'references', 'sources', 'sinks', 'summaries', 'sanitizers', 'guards', 'types', 'aliases', 'conventions'];
const mostEntries = 1_000;

export const className = text(60, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const classes: Decoder<readonly string[] | 'all'> = (value, at) => (value === 'all' ? 'all' : oneOrMore(className, 60)(value, at));

/**
 * Reads the knowledge of one library; `name` is `<language>/<id>`, the place of its file. Every mistake is named, and a file with a mistake
 * is never used in part. Classes are checked against the rules by whoever has both.
 */
export function parseLibrary(name: string, yaml: string): LibraryResult {
  const [folder, id = ''] = name.split('/');
  const language = languages.find((one) => one === folder);
  if (language === undefined) return { errors: [`there is no language "${folder}"; the folders are ${languages.join(', ')}`] };
  let data: unknown;
  try {
    data = parseYaml(yaml);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { errors: [`not YAML${error.line === undefined ? '' : ` (line ${error.line})`}: ${error.message}`] };
  }
  const top = entriesOf(data);
  if (top === undefined) return { errors: ['knowledge of a library must be a mapping'] };
  const read = new Mistakes();
  for (const key of top.keys()) if (!keys.includes(key)) read.errors.push(`unknown key \`${key}\`; known: ${keys.join(', ')}`);
  const library = libraryOf(id, language, top, read);
  return read.errors.length > 0 ? { errors: read.errors } : { library };
}

function libraryOf(id: string, language: Language, top: Map<string, unknown>, read: Mistakes): LibraryKnowledge {
  const of = <T>(key: string, decode: Decoder<T>): readonly T[] => read.each(decode, top.get(key), key, mostEntries);
  const pair = record({ path: path(language), is: path(language) });
  return {
    id,
    language,
    title: read.take(text(120, /\S/), top.get('title'), 'title') ?? '',
    versions: top.has('versions') ? (read.take(text(80), top.get('versions'), 'versions') ?? '') : '',
    references: read.take(listOf(text(300, /^https:\/\/\S+$/), 40), top.get('references'), 'references') ?? [],
    sources: of('sources', source(language)),
    sinks: of('sinks', sink(language)),
    summaries: of('summaries', summary(language)),
    sanitizers: of('sanitizers', sanitizer(language)),
    guards: of('guards', guard(language)),
    same: [...of('types', pair), ...of('aliases', pair)],
    conventions: of('conventions', convention(language)),
  };
}

function source(language: Language): Decoder<ApiSource> {
  return record({ path: path(language), kind: choice(sourceKinds) });
}

function sink(language: Language): Decoder<ApiSink> {
  const decode = record({ path: path(language), argument: places, class: className }, { when: conditions(language) });
  return (value, at) => {
    const { argument, when, ...rest } = decode(value, at);
    return { ...rest, arguments: argument, when: when ?? [] };
  };
}

function summary(language: Language): Decoder<ApiSummary> {
  const decode = record({ path: path(language), from: places }, { to: places, same: flag });
  return (value, at) => {
    const { from, to, same, ...rest } = decode(value, at);
    return { ...rest, from, to: to ?? [place('result', at)], same: same ?? false };
  };
}

function sanitizer(language: Language): Decoder<ApiSanitizer> {
  const decode = record({ path: path(language), classes }, { when: conditions(language) });
  return (value, at) => {
    const { when, ...rest } = decode(value, at);
    return { ...rest, when: when ?? [] };
  };
}

function guard(language: Language): Decoder<ApiGuard> {
  const when: Decoder<ApiGuard['when']> = (value, at) => {
    if (value === true || value === false || value === 'return') return value;
    throw new ShapeError(at, 'must be true, false or return');
  };
  return record({ path: path(language), argument: place, when, classes });
}

function convention(language: Language): Decoder<ApiConvention> {
  return record({ files: oneOrMore(text(200), 20), exports: oneOrMore(text(80), 40), is: path(language) });
}
