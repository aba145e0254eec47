import { basename } from 'node:path';
import { Reader } from 'mmdb-lib';
import type { Response } from 'mmdb-lib';
import { indicatorDetector } from '#analyze/indicators/detector.ts';
import { IndicatorSet } from '#analyze/indicators/set.ts';
import { readIndicatorJson, readIndicatorText } from '#formats/indicator-list.ts';
import type { IndicatorList } from '#formats/indicator-list.ts';
import { readStix } from '#formats/stix.ts';
import { readTable } from '#formats/table.ts';
import type { Table } from '#formats/table.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event } from '#model/event.ts';
import type { StreamUnit } from '#model/stream.ts';
import { enrich } from '#normalize/enrich/enrich.ts';
import { AssetBook, IdentityBook } from '#normalize/enrich/parties.ts';
import { placeOf } from '#normalize/enrich/places.ts';
import type { Place } from '#normalize/enrich/places.ts';
import { readRegular } from '#sources/read-file.ts';
import { EngineError } from './errors.ts';
import { modifiedAt } from './modified-at.ts';

/** Files that the user names; each kind may be given several times, and what comes first goes first. */
export interface EnrichmentOptions {
  /** Databases in the format of MaxMind (`.mmdb`): cities, countries, networks. */
  readonly geo?: readonly string[];
  /** Tables of machines: CSV or JSON with address or host, owner, criticality, environment. */
  readonly assets?: readonly string[];
  /** Tables of people and programs: CSV or JSON with user, department, privileged. */
  readonly identities?: readonly string[];
  /** STIX 2.1 bundles, or plain lists of indicators. */
  readonly indicators?: readonly string[];
}

export interface Enrichment {
  /** The event with what is known about its parties; the same event when no file was given. */
  readonly enrich: (event: Event) => Event;
  /** Tell of indicators; they run beside all other detectors on the stream. */
  readonly detectors: readonly StreamUnit[];
  readonly counts: { readonly databases: number; readonly assets: number; readonly identities: number; readonly indicators: number };
  readonly diagnostics: readonly Diagnostic[];
}

const fileLimit = 512 * 1024 * 1024;
const rowLimit = 1_000_000;
const indicatorLimit = 5_000_000;
const placeLimit = 50_000;
const shownProblems = 3;

/** Reads them once, before the first event. Throws EngineError when a file can't be used at all. */
export function loadEnrichment({ geo = [], assets = [], identities = [], indicators = [] }: EnrichmentOptions): Enrichment {
  const diagnostics: Diagnostic[] = [];
  const place = placesOf(geo);
  const machines = new AssetBook();
  const people = new IdentityBook();
  const counts = {
    databases: geo.length,
    assets: sum(assets.map((path) => addTable(path, machines, 'assets with `ip` or `hostname`', diagnostics))),
    identities: sum(identities.map((path) => addTable(path, people, 'identities with `user` or `email`', diagnostics))),
    indicators: 0,
  };
  const set = new IndicatorSet();
  for (const path of indicators) addIndicators(path, set, diagnostics);
  const knowledge = {
    ...(place === undefined ? {} : { place }),
    ...(assets.length === 0 ? {} : { asset: machines.find.bind(machines) }),
    ...(identities.length === 0 ? {} : { identity: people.find.bind(people) }),
  };
  const isSilent = Object.keys(knowledge).length === 0;
  return { enrich: isSilent ? (event) => event : (event) => enrich(event, knowledge), detectors: set.size === 0 ? [] : [indicatorDetector(set)], counts: { ...counts, indicators: set.size }, diagnostics };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function read(path: string, what: string): Buffer {
  let bytes: Buffer | undefined;
  try {
    bytes = readRegular(path, { limit: fileLimit });
  } catch (cause) {
    throw new EngineError('enrichment-unusable', `${path} (${what}) cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (bytes === undefined) throw new EngineError('enrichment-unusable', `${path} (${what}) does not exist; correct the path or leave it out`);
  return bytes;
}

/** Several databases say different things about one address: the first that knows a place, and the first that knows a network. */
function placesOf(paths: readonly string[]): ((address: string) => Place | undefined) | undefined {
  if (paths.length === 0) return undefined;
  const readers = paths.map(openDatabase);
  const known = new Map<string, Place | undefined>();
  return (address) => {
    if (known.has(address)) return known.get(address);
    const found = readers.flatMap((reader) => lookUp(reader, address) ?? []);
    const location = found.find((one) => one.location !== undefined)?.location;
    const network = found.find((one) => one.network !== undefined)?.network;
    const place = location === undefined && network === undefined ? undefined : { location, network };
    if (known.size >= placeLimit) known.delete(known.keys().next().value ?? '');
    known.set(address, place);
    return place;
  };
}

function openDatabase(path: string): Reader<Response> {
  const bytes = read(path, 'database of addresses');
  try {
    return new Reader<Response>(bytes);
  } catch (cause) {
    throw new EngineError('enrichment-unusable', `${path} is no database in the format of MaxMind, or is damaged; download it again or leave it out`, { cause });
  }
}

/** A text that is no address, and a damaged part of the tree, are as good as unknown. */
function lookUp(reader: Reader<Response>, address: string): Place | undefined {
  try {
    const found = reader.get(address);
    return found === null ? undefined : placeOf(found);
  } catch {
    return undefined;
  }
}

function addTable(path: string, book: AssetBook | IdentityBook, what: string, diagnostics: Diagnostic[]): number {
  const table = tableOf(path, what);
  const { used, unusable } = book.add(table, basename(path));
  if (used === 0) throw new EngineError('enrichment-unusable', `${path} lists no ${what}: its columns are named in the first line of CSV, or as members of JSON objects`);
  if (unusable.length > 0) diagnostics.push(unused(path, unusable.map((at) => ({ at, reason: `it is none of the ${what}` }))));
  if (table.omitted > 0) diagnostics.push(overLimit(path, table.omitted, rowLimit));
  return used;
}

function tableOf(path: string, what: string): Table {
  const text = textOf(path, what);
  try {
    return readTable(text, rowLimit);
  } catch (cause) {
    throw new EngineError('enrichment-unusable', `${path} cannot be used as a table of ${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function textOf(path: string, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(read(path, what));
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('enrichment-unusable', `${path} (${what}) is not text in UTF-8; save it as UTF-8`, { cause });
  }
}

function addIndicators(path: string, set: IndicatorSet, diagnostics: Diagnostic[]): void {
  const found = indicatorsOf(path, Math.max(0, indicatorLimit - set.size));
  const list = { name: basename(path), date: modifiedAt(path) };
  for (const indicator of found.indicators) set.add(indicator, list);
  if (found.problems.length > 0) diagnostics.push(unused(path, found.problems));
  if (found.omitted > 0) diagnostics.push(overLimit(path, found.omitted, indicatorLimit));
  if (found.indicators.length + found.omitted > 0) return;
  const [first] = found.problems;
  const why = first === undefined ? 'it is empty' : `entry ${first.at}: ${first.reason}`;
  throw new EngineError('enrichment-unusable', `${path} holds no indicator that can be looked for (${why}); give a STIX 2.1 bundle, or one address, network, domain, URL or digest a line`);
}

function indicatorsOf(path: string, limit: number): IndicatorList {
  const text = textOf(path, 'list of indicators');
  if (!/^\ufeff?\s*[[{]/.test(text)) return readIndicatorText(text, limit);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new EngineError('enrichment-unusable', `${path} begins like JSON but is none; a STIX bundle is one JSON object`, { cause });
  }
  const found = Array.isArray(value) ? readIndicatorJson(value, limit) : readStix(value, limit);
  if (found === undefined) throw new EngineError('enrichment-unusable', `${path} is JSON but no bundle of STIX 2.1: it has no list \`objects\``);
  return found;
}

function unused(path: string, problems: readonly { readonly at: number; readonly reason: string }[]): Diagnostic {
  const shown = problems.slice(0, shownProblems).map(({ at, reason }) => `entry ${at}: ${reason}`).join('; ');
  const more = problems.length > shownProblems ? `; and ${problems.length - shownProblems} more` : '';
  return { code: 'list-entry-unused', path, count: problems.length, message: `entries that are not used: ${shown}${more}` };
}

function overLimit(path: string, omitted: number, limit: number): Diagnostic {
  return { code: 'list-limit', path, count: omitted, message: `${omitted} entries beyond the limit of ${limit} were left out` };
}
