import { createHash } from 'node:crypto';
import { type Answer, type Arrival, headerOf, jsonAnswer, Refusal, type RefusalKind, statuses } from './exchange.ts';
import { isObject, type JsonObject, linesOf, objectsOf, tryJson } from './json.ts';
import type { Reception } from './reception.ts';
import type { Route } from './route.ts';

/** Splunk's HTTP event collector: codes and texts are those of its documentation, "Troubleshoot HTTP Event Collector". */

const codes: Readonly<Record<RefusalKind, readonly [number, string]>> = {
  busy: [9, 'Server is busy'], 'too-large': [27, 'Request entity too large'], unreadable: [6, 'Invalid data format'], unauthorized: [4, 'Invalid token'],
  forbidden: [4, 'Invalid token'], unsupported: [6, 'Invalid data format'], missing: [404, 'Not found'], method: [404, 'Method not allowed'],
};

const refuse = ({ kind, message }: Refusal, { headers }: Omit<Arrival, 'body'>): Answer => {
  const [code, text] = kind === 'unauthorized' && headerOf(headers, 'authorization') === '' ? [2, 'Token is required'] : codes[kind];
  return jsonAnswer(statuses[kind], { text, code, detail: message });
};

/** A channel asks for acknowledgements. What was answered is on disk, so each id that was given is acknowledged at once. */
const channelLimit = 1000;

class Channels {
  readonly #given = new Map<string, number>();

  next(channel: string): number {
    const key = keyOf(channel);
    const id = this.#given.get(key) ?? 0;
    this.#given.delete(key);
    this.#given.set(key, id + 1);
    // The channel that was silent longest is forgotten first; its peer asks again, and sends again.
    const [oldest] = this.#given.keys();
    if (this.#given.size > channelLimit && oldest !== undefined) this.#given.delete(oldest);
    return id;
  }

  has(channel: string, id: unknown): boolean {
    return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < (this.#given.get(keyOf(channel)) ?? 0);
  }
}

/** As long as any, however long the peer's own. */
function keyOf(channel: string): string {
  return createHash('sha256').update(channel).digest('base64');
}

export function splunkRoutes(): Route[] {
  const channels = new Channels();
  const channelOf = ({ headers, query }: Arrival): string => headerOf(headers, 'x-splunk-request-channel') || (query.get('channel') ?? '');
  const done = (arrival: Arrival): Answer => {
    const channel = channelOf(arrival);
    return jsonAnswer(200, { text: 'Success', code: 0, ...(channel === '' ? {} : { ackId: channels.next(channel) }) });
  };
  return [
    { methods: ['POST'], path: /^\/services\/collector(?:\/event(?:\/1\.0)?)?\/?$/, proof: 'token', refuse, serve: async (arrival, reception) => (await takeEvents(arrival, reception)) ?? done(arrival) },
    { methods: ['POST'], path: /^\/services\/collector\/raw(?:\/1\.0)?\/?$/, proof: 'token', refuse, serve: async (arrival, reception) => (await takeRaw(arrival, reception)) ?? done(arrival) },
    { methods: ['GET'], path: /^\/services\/collector\/health(?:\/1\.0)?\/?$/, proof: 'none', refuse, serve: () => jsonAnswer(200, { text: 'HEC is healthy', code: 17 }) },
    { methods: ['POST'], path: /^\/services\/collector\/ack(?:\/1\.0)?\/?$/, proof: 'token', refuse, serve: (arrival) => acknowledge(arrival, channelOf(arrival), channels) },
  ];
}

function acknowledge({ body }: Arrival, channel: string, channels: Channels): Answer {
  if (channel === '') return jsonAnswer(400, { text: 'Data channel is missing', code: 10 });
  const found = tryJson(body);
  const acks: unknown = isObject(found?.value) ? found.value['acks'] : undefined;
  if (!Array.isArray(acks)) throw new Refusal('unreadable', 'the body is no {"acks": [...]}');
  return jsonAnswer(200, { acks: Object.fromEntries(acks.slice(0, 10_000).map((id) => [String(id).slice(0, 20), channels.has(channel, id)])) });
}

/** The collector takes nothing of a request with a broken event, and says which it is. */
async function takeEvents({ body }: Arrival, reception: Reception): Promise<Answer | undefined> {
  const values: unknown[] = [];
  for (const text of objectsOf(body)) {
    reception.count(values.length);
    const found = tryJson(text);
    const at = { 'invalid-event-number': values.length };
    if (!isObject(found?.value)) return jsonAnswer(400, { text: 'Invalid data format', code: 6, ...at });
    const event = Object.hasOwn(found.value, 'event') ? found.value['event'] : undefined;
    if (event === undefined) return jsonAnswer(400, { text: 'Event field is required', code: 12, ...at });
    if (event === '' || event === null) return jsonAnswer(400, { text: 'Event field cannot be blank', code: 13, ...at });
    values.push(isObject(event) ? withTime(event, found.value['time']) : event);
  }
  if (values.length === 0) return jsonAnswer(400, { text: 'No data', code: 5 });
  await reception.take(values, body.length);
  return undefined;
}

const ownTimes = ['time', 'timestamp', '@timestamp', 'eventTime', 'event_time', 'ts', 'created_at', 'TimeCreated', 'UtcTime'];

/** The collector's time is in seconds, as a number or a text. */
function withTime(event: JsonObject, time: unknown): JsonObject {
  const seconds = typeof time === 'string' ? Number(time.trim() || Number.NaN) : time;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || ownTimes.some((name) => Object.hasOwn(event, name))) return event;
  return { ...event, time: Math.round(seconds * 1000) };
}

async function takeRaw({ body }: Arrival, reception: Reception): Promise<Answer | undefined> {
  const values: string[] = [];
  for (const line of linesOf(body)) {
    reception.count(values.length);
    values.push(line.toString('utf8'));
  }
  if (values.length === 0) return jsonAnswer(400, { text: 'No data', code: 5 });
  await reception.take(values, body.length);
  return undefined;
}
