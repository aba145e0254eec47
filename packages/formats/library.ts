import type { Language } from '#model/ir.ts';
import type { ApiAnswer, ApiConvention, ApiGuard, ApiPath, ApiSanitizer, ApiSink, ApiSource, ApiSummary, ApiView, Classes, LibraryKnowledge } from '#model/library.ts';
import type { SourceKind } from '#model/program.ts';
import { choice, flag, listOf, record, ShapeError, text, type Decoder } from './closed-shape.ts';
import { conditions, Mistakes, oneOrMore, path, place, places } from './code-conditions.ts';
import { entriesOf, readMapping } from './yaml.ts';

export type LibraryResult = { readonly library: LibraryKnowledge } | { readonly errors: readonly string[] };

export const sourceKinds: readonly Exclude<SourceKind, 'parameter'>[] = ['request', 'argument', 'environment', 'file', 'message', 'page', 'network', 'database'];
export const languages: readonly Language[] = ['javascript', 'java', 'python'];

const keys = ['title', 'versions', 'references', 'sources', 'sinks', 'summaries', 'sanitizers', 'guards', 'views', 'answers', 'types', 'aliases', 'conventions'];
const mostEntries = 1_000;

export const className = text(60, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const allBut = record({ except: oneOrMore(className, 20) });
const classes: Decoder<Classes> = (value, at) => {
  if (value === 'all') return 'all';
  return entriesOf(value) === undefined ? oneOrMore(className, 60)(value, at) : allBut(value, at);
};

/**
 * Reads the knowledge of one library; `name` is `<language>/<id>`, the place of its file. Every mistake is named, and a file with a mistake
 * is never used in part. Classes are checked against the rules by whoever has both.
 */
export function parseLibrary(name: string, yaml: string): LibraryResult {
  const [folder, id = ''] = name.split('/');
  const language = languages.find((one) => one === folder);
  if (language === undefined) return { errors: [`there is no language "${folder}"; the folders are ${languages.join(', ')}`] };
  const mapping = readMapping(yaml, 'knowledge of a library');
  if ('errors' in mapping) return mapping;
  const top = mapping.entries;
  const read = new Mistakes();
  for (const key of top.keys()) if (!keys.includes(key)) read.errors.push(`unknown key \`${key}\`; known: ${keys.join(', ')}`);
  const library = libraryOf(id, language, top, read);
  return read.errors.length > 0 ? { errors: read.errors } : { library };
}

function libraryOf(id: string, language: Language, top: Map<string, unknown>, read: Mistakes): LibraryKnowledge {
  const of = <T>(key: string, decode: Decoder<readonly T[]>): readonly T[] => read.each(decode, top.get(key), key, mostEntries).flat();
  const paths = oneOrMore(path(language), 60);
  const pair = perPath(record({ path: paths, is: path(language) }));
  return {
    id,
    language,
    title: read.take(text(120, /\S/), top.get('title'), 'title') ?? '',
    versions: top.has('versions') ? (read.take(text(80), top.get('versions'), 'versions') ?? '') : '',
    references: read.take(listOf(text(300, /^https:\/\/\S+$/), 40), top.get('references'), 'references') ?? [],
    sources: of('sources', sources(paths)),
    sinks: of('sinks', sinks(language, paths)),
    summaries: of('summaries', summaries(paths)),
    sanitizers: of('sanitizers', sanitizers(language, paths)),
    guards: of('guards', perPath(record({ path: paths, argument: place, when: guardResult, classes }))),
    views: of('views', views(language, paths)),
    answers: of('answers', answers(language, paths)),
    same: [...of('types', pair), ...of('aliases', pair)],
    conventions: read.each(convention(language), top.get('conventions'), 'conventions', mostEntries),
  };
}

function sources(paths: Decoder<readonly ApiPath[]>): Decoder<readonly ApiSource[]> {
  const decode = perPath(record({ path: paths, kind: choice(sourceKinds) }, { except: listOf(text(60), 20), declared: flag }));
  return (value, at) => decode(value, at).map(({ except = [], declared = false, ...source }) => ({ ...source, except, declared }));
}

/** One entry for each path of the list that stands there. */
function perPath<T extends { readonly path: readonly ApiPath[] }>(decode: Decoder<T>): Decoder<readonly (Omit<T, 'path'> & { readonly path: ApiPath })[]> {
  return (value, at) => {
    const { path: paths, ...rest } = decode(value, at);
    return paths.map((one) => ({ ...rest, path: one }));
  };
}

type Paths = Decoder<readonly ApiPath[]>;
const classNames = oneOrMore(className, 20);

function answers(language: Language, paths: Paths): Decoder<readonly ApiAnswer[]> {
  const decode = perPath(record({ path: paths }, { media: place, when: conditions(language) }));
  return (value, at) => decode(value, at).map(({ media, when, ...rest }) => ({ ...rest, ...(media === undefined ? {} : { media }), when: when ?? [] }));
}

function views(language: Language, paths: Paths): Decoder<readonly ApiView[]> {
  const globals = listOf(record({ name: text(60), is: path(language) }), 20);
  const endings: Decoder<ApiView['encodes']> = (value, at) => (value === 'all' ? 'all' : oneOrMore(text(20, /^[a-z]+$/), 20)(value, at));
  const decode = perPath(record({ path: paths, name: places }, { locals: places, named: flag, globals, encodes: endings, shared: paths, sets: places }));
  return (value, at) => decode(value, at).map(({ locals, named, globals: seen, encodes, shared, sets, ...rest }) => ({ ...rest, sets: sets ?? [], shared: shared ?? [], locals: locals ?? [], named: named ?? false, globals: seen ?? [], encodes: encodes ?? 'all' }));
}

function sinks(language: Language, paths: Paths): Decoder<readonly ApiSink[]> {
  const decode = perPath(record({ path: paths, argument: places, class: className }, { when: conditions(language), lesser: flag }));
  return (value, at) => decode(value, at).map(({ argument, when, lesser, ...rest }) => ({ ...rest, arguments: argument, when: when ?? [], lesser: lesser ?? false }));
}

function summaries(paths: Paths): Decoder<readonly ApiSummary[]> {
  const decode = perPath(record({ path: paths, from: places }, { to: places, same: flag, except: classNames }));
  return (value, at) => decode(value, at).map(({ to, same, except, ...rest }) => ({ ...rest, to: to ?? [place('result', at)], same: same ?? false, except: except ?? [] }));
}

function sanitizers(language: Language, paths: Paths): Decoder<readonly ApiSanitizer[]> {
  const decode = perPath(record({ path: paths, classes }, { when: conditions(language) }));
  return (value, at) => decode(value, at).map(({ when, ...rest }) => ({ ...rest, when: when ?? [] }));
}

const guardResult: Decoder<ApiGuard['when']> = (value, at) => {
  if (value === true || value === false || value === 'return') return value;
  throw new ShapeError(at, 'must be true, false or return');
};

function convention(language: Language): Decoder<ApiConvention> {
  const byPlace = record({ files: oneOrMore(text(200), 20), exports: oneOrMore(text(80), 40), is: path(language) });
  const byForm = record({ parameters: listOf(oneOrMore(text(80), 20), 8), is: path(language) });
  return (value, at) => (entriesOf(value)?.has('parameters') === true ? byForm : byPlace)(value, at);
}
