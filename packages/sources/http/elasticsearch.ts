import { type Answer, type Arrival, jsonAnswer, type Refusal, statuses } from './exchange.ts';
import { isObject, linesOf, tryJson } from './json.ts';
import type { Reception } from './reception.ts';
import type { Route } from './route.ts';

/** As much of Elasticsearch as agents ask for before they send and while they do: its bulk interface, its version, its license. */

/** Clients refuse a server that does not name itself so. */
const product = { 'x-elastic-product': 'Elasticsearch' };
const version = { number: '8.17.0', build_flavor: 'default', build_type: 'tar', lucene_version: '9.12.0', minimum_wire_compatibility_version: '7.17.0', minimum_index_compatibility_version: '7.0.0' };
const uuid = 'AAAAAAAAAAAAAAAAAAAAAA';

const types: Readonly<Record<string, string>> = { busy: 'es_rejected_execution_exception', unauthorized: 'security_exception', forbidden: 'security_exception' };

const refuse = ({ kind, message }: Refusal): Answer => {
  const error = { type: types[kind] ?? 'illegal_argument_exception', reason: message };
  return jsonAnswer(statuses[kind], { error: { root_cause: [error], ...error }, status: statuses[kind] }, product);
};

const tell = (path: RegExp, value: unknown): Route => ({ methods: ['GET', 'HEAD'], path, proof: 'token', refuse, serve: () => jsonAnswer(200, value, product) });

export const elasticsearchRoutes: readonly Route[] = [
  tell(/^\/$/, { name: 'watchward', cluster_name: 'watchward', cluster_uuid: uuid, version, tagline: 'You Know, for Search' }),
  tell(/^\/_license\/?$/, { license: { status: 'active', uid: '00000000-0000-0000-0000-000000000000', type: 'basic', mode: 'basic', issuer: 'elasticsearch', issued_to: 'watchward', max_nodes: 1000 } }),
  tell(/^\/_cluster\/health\/?$/, { cluster_name: 'watchward', status: 'green', timed_out: false, number_of_nodes: 1, number_of_data_nodes: 1 }),
  { methods: ['POST', 'PUT'], path: /^\/(?:[^/_][^/]{0,254}\/(?:_doc\/)?)?_bulk\/?$/, proof: 'token', refuse, serve: takeBulk },
];

const actions = ['index', 'create', 'update', 'delete'] as const;
type Action = typeof actions[number];

interface Item {
  readonly action: Action;
  readonly index: string;
  readonly id: string;
  readonly problem?: string;
}

async function takeBulk({ body, path }: Arrival, reception: Reception): Promise<Answer> {
  const began = reception.now;
  const index = path.startsWith('/_bulk') ? '' : path.slice(1).split('/')[0] ?? '';
  const items: Item[] = [];
  const values: unknown[] = [];
  const lines = linesOf(body);
  for (let line = lines.next(); line.done !== true; line = lines.next()) {
    reception.count(items.length);
    const item = itemOf(line.value, index, items.length);
    if (item === undefined) return refuseLine(items.length);
    if (item.action === 'delete') {
      items.push({ ...item, problem: 'nothing is ever deleted here' });
      continue;
    }
    const source = lines.next();
    const found = source.done === true ? undefined : tryJson(source.value);
    const value: unknown = item.action === 'update' && isObject(found?.value) ? found.value['doc'] : found?.value;
    if (isObject(value)) values.push(value);
    else reception.drop(source.done === true ? line.value : source.value, 'a document of a bulk request is no JSON object');
    items.push(isObject(value) ? item : { ...item, problem: 'the document is no JSON object' });
  }
  await reception.take(values, body.length);
  return jsonAnswer(200, { took: Math.max(0, reception.now - began), errors: items.some(({ problem }) => problem !== undefined), items: items.map(resultOf) }, product);
}

function refuseLine(at: number): Answer {
  const error = { type: 'illegal_argument_exception', reason: `the action of item ${at + 1} is no index, create, update or delete` };
  return jsonAnswer(400, { error: { root_cause: [error], ...error }, status: 400 }, product);
}

function itemOf(line: Buffer, index: string, at: number): Item | undefined {
  const found = tryJson(line);
  if (!isObject(found?.value)) return undefined;
  const { value } = found;
  const action = actions.find((name) => Object.hasOwn(value, name));
  if (action === undefined) return undefined;
  const target = value[action];
  const [own, id] = isObject(target) ? [target['_index'], target['_id']] : [];
  return { action, index: typeof own === 'string' ? own.slice(0, 255) : index, id: typeof id === 'string' ? id.slice(0, 512) : String(at) };
}

function resultOf({ action, index, id, problem }: Item): object {
  const named = { _index: index, _id: id };
  if (problem !== undefined) return { [action]: { ...named, status: 400, error: { type: 'document_parsing_exception', reason: problem } } };
  return { [action]: { ...named, _version: 1, result: 'created', _shards: { total: 1, successful: 1, failed: 0 }, _seq_no: 0, _primary_term: 1, status: 201 } };
}
