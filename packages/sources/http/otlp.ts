import type { BoundedRecords } from '#formats/bounded-records.ts';
import { RecordLimit } from '#formats/bounded-records.ts';
import { countJsonSpans, readJsonLogs, readJsonMetrics } from '#formats/otlp/json.ts';
import { answerOf, countSpans, readLogs, readMetrics, statusOf } from '#formats/otlp/protobuf.ts';
import { type Answer, type Arrival, mediaTypeOf, Refusal, type RefusalKind, statuses } from './exchange.ts';
import { readJson } from './json.ts';
import type { Reception } from './reception.ts';
import type { Route } from './route.ts';

/** OTLP 1.9, "OTLP/HTTP". */

export const otlpSignals = ['logs', 'metrics', 'traces'] as const;
export type OtlpSignal = typeof otlpSignals[number];

export const spansLetGo = 'spans are taken and not kept';

const protobuf = 'application/x-protobuf';

const readers = { logs: { protobuf: readLogs, json: readJsonLogs }, metrics: { protobuf: readMetrics, json: readJsonMetrics } } as const;

/** Of google.rpc.Code. */
export const statusCodes: Readonly<Record<RefusalKind, number>> = {
  busy: 14, 'too-large': 8, unreadable: 3, unauthorized: 16, forbidden: 7, unsupported: 3, missing: 12, method: 12,
};

export const otlpRoutes: readonly Route[] = otlpSignals.map((signal) => ({
  methods: ['POST'],
  path: new RegExp(`^/v1/${signal}/?$`),
  proof: 'token',
  serve: (arrival, reception) => serve(signal, arrival, reception),
  refuse: (refusal, { headers }) => answer(statuses[refusal.kind], mediaTypeOf(headers) === protobuf, statusOf(statusCodes[refusal.kind], refusal.message), { code: statusCodes[refusal.kind], message: refusal.message }),
}));

/** "If the request was in protobuf the response MUST be too", and so with JSON. */
function answer(status: number, binary: boolean, bytes: Uint8Array, value: unknown): Answer {
  return binary ? { status, type: protobuf, body: bytes } : { status, type: 'application/json', body: JSON.stringify(value) };
}

async function serve(signal: OtlpSignal, { headers, body }: Arrival, reception: Reception): Promise<Answer> {
  const type = mediaTypeOf(headers);
  if (type !== protobuf && type !== 'application/json') throw new Refusal('unsupported', `content-type may be ${protobuf} or application/json`);
  const binary = type === protobuf;
  const taken = await takeOtlp(signal, binary ? body : readJson(body), reception);
  return answer(200, binary, taken.bytes, taken.value);
}

/** Reads a request, in protobuf or parsed from JSON, and hands its records in. What may be answered is given in both forms. */
export async function takeOtlp(signal: OtlpSignal, request: unknown, reception: Reception): Promise<{ readonly bytes: Uint8Array; readonly value: unknown }> {
  const binary = request instanceof Uint8Array;
  if (signal === 'traces') {
    const spans = reading(() => (binary ? countSpans(request) : countJsonSpans(request)));
    if (spans > 0) reception.tell('source-limit', spansLetGo, spans);
    return { bytes: answerOf(0, spans > 0 ? spansLetGo : ''), value: spans > 0 ? { partialSuccess: { rejectedSpans: '0', errorMessage: spansLetGo } } : {} };
  }
  const bounds = { records: reception.limits['max-records'], bytes: reception.limits['max-expanded'] };
  const found: BoundedRecords<unknown> = reading(() => (binary ? readers[signal].protobuf(request, bounds) : readers[signal].json(request, bounds)));
  await reception.take(found.records, found.bytes);
  return { bytes: answerOf(0, ''), value: {} };
}

function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    // The decoder's own message may quote what it read.
    if (error instanceof RecordLimit) throw new Refusal('too-large', `${error.message}, which is the limit (max-records, max-expanded); send fewer at once`);
    throw new Refusal('unreadable', 'the body is no request of OTLP');
  }
}
