import { bundledRecords } from '#formats/bundled-records.ts';
import { type Answer, type Arrival, jsonAnswer, mediaTypeOf, Refusal } from './exchange.ts';
import { isObject, linesOf, objectsOf, readJson, tryJson } from './json.ts';
import type { Reception } from './reception.ts';
import type { Route } from './route.ts';

/**
 * Records as JSON: one object, a list, objects line by line or one behind the other, `{"Records": [...]}`; and as lines of text, when the
 * peer calls them text/plain. What is broken costs only itself, and is counted in the answer.
 */
export const plainJsonRoute: Route = { methods: ['POST', 'PUT'], path: /^\/$/, proof: 'token', serve };

async function serve({ headers, body }: Arrival, reception: Reception): Promise<Answer> {
  const found = new Found(reception);
  if (mediaTypeOf(headers) === 'text/plain') for (const line of linesOf(body)) found.text(line);
  else if (firstByte(body) === 0x5b) readList(body, found);
  else for (const piece of piecesOf(body)) found.json(piece);
  const { values, rejected } = found;
  if (values.length === 0 && rejected > 0) throw new Refusal('unreadable', 'the body holds no JSON object');
  await reception.take(values, body.length);
  return jsonAnswer(200, { accepted: values.length, rejected });
}

function firstByte(body: Buffer): number | undefined {
  let at = 0;
  while (at < body.length && (body[at] ?? 0) <= 0x20) at += 1;
  return body[at];
}

/** Lines, unless the first is no value of its own: then objects, wherever they end. */
function piecesOf(body: Buffer): Generator<Buffer> {
  const { value: first, done } = linesOf(body).next();
  return done !== true && tryJson(first) === undefined ? objectsOf(body) : linesOf(body);
}

function readList(body: Buffer, found: Found): void {
  const list = readJson(body);
  if (!Array.isArray(list)) throw new Refusal('unreadable', 'the body is not valid JSON');
  for (const value of list) found.value(value, () => Buffer.from(JSON.stringify(value)));
}

class Found {
  readonly values: unknown[] = [];
  rejected = 0;
  readonly #reception: Reception;

  constructor(reception: Reception) {
    this.#reception = reception;
  }

  text(line: Buffer): void {
    this.#add(line.toString('utf8'));
  }

  json(piece: Buffer): void {
    const parsed = tryJson(piece);
    if (parsed === undefined) this.#reject(piece, 'it is no JSON, or too much of it');
    else this.value(parsed.value, () => piece);
  }

  /** `bytes`: what it was, for the dead letters. */
  value(value: unknown, bytes: () => Buffer): void {
    if (typeof value === 'string') this.#add(value);
    else if (!isObject(value)) this.#reject(bytes(), 'it is no JSON object');
    else {
      // As CloudTrail's files and Azure's exports wrap theirs.
      const records = bundledRecords(value);
      if (records === undefined) this.#add(value);
      else for (const record of records) this.value(isObject(record) && bundledRecords(record) !== undefined ? null : record, () => Buffer.from(JSON.stringify(record)));
    }
  }

  #add(value: unknown): void {
    this.values.push(value);
    this.#reception.count(this.values.length);
  }

  #reject(bytes: Buffer, reason: string): void {
    this.rejected += 1;
    this.#reception.count(this.rejected);
    this.#reception.drop(bytes, reason);
  }
}
