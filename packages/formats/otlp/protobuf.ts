import { type BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { BoundedRecords, type RecordBounds } from '../bounded-records.ts';
import { readFixed64s, readNested, tagOf } from '../protobuf-message.ts';
import { readKeyValue, readRequest, readValue } from './protobuf-value.ts';
import { type MetricKind, type MetricPoint, type MetricRecord, type OtlpLog, type OtlpOrigin, samplesOf } from './records.ts';

/** Requests of OTLP in protobuf. All throw on bytes that are none, and RecordLimit. */

const log = {
  time: tagOf(1, 'fixed64'), severityNumber: tagOf(2, 'varint'), severityText: tagOf(3, 'bytes'), body: tagOf(5, 'bytes'), attribute: tagOf(6, 'bytes'), traceId: tagOf(9, 'bytes'),
  spanId: tagOf(10, 'bytes'), observed: tagOf(11, 'fixed64'), eventName: tagOf(12, 'bytes'),
};

/** ExportLogsServiceRequest. */
export function readLogs(bytes: Uint8Array, bounds: RecordBounds): BoundedRecords<OtlpLog> {
  const found = new BoundedRecords<OtlpLog>(bounds);
  readRequest(bytes, (reader, origin, originBytes) => {
    const from = reader.pos;
    const record = readLog(reader, origin);
    found.add(record, originBytes + reader.pos - from);
  });
  return found;
}

function readLog(reader: BinaryReader, otlp: OtlpOrigin): OtlpLog {
  let [timeUnixNano, observedTimeUnixNano, severityNumber, severityText, traceId, spanId] = ['0', '0', 0, '', '', ''];
  let body: unknown = null;
  const attributes: [string, unknown][] = [];
  readNested(reader, (tag) => {
    if (tag === log.time) timeUnixNano = String(reader.fixed64());
    else if (tag === log.observed) observedTimeUnixNano = String(reader.fixed64());
    else if (tag === log.severityNumber) severityNumber = reader.int32();
    else if (tag === log.severityText) severityText = reader.string();
    else if (tag === log.body) body = readValue(reader);
    else if (tag === log.attribute) attributes.push(readKeyValue(reader));
    else if (tag === log.traceId) traceId = hexOf(reader.bytes());
    else if (tag === log.spanId) spanId = hexOf(reader.bytes());
    else if (tag === log.eventName) attributes.push(['event.name', reader.string()]);
    else return false;
    return true;
  });
  return { otlp, timeUnixNano, observedTimeUnixNano, severityNumber, severityText, body, attributes: Object.fromEntries(attributes), traceId, spanId };
}

/** An id has 8 or 16 bytes; what is longer is cut. */
function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, 16)) text += byte.toString(16).padStart(2, '0');
  return text;
}

const nameTag = tagOf(1, 'bytes');
const kinds = new Map<number, MetricKind>([
  [tagOf(5, 'bytes'), 'gauge'], [tagOf(7, 'bytes'), 'sum'], [tagOf(9, 'bytes'), 'histogram'], [tagOf(10, 'bytes'), 'exponential-histogram'], [tagOf(11, 'bytes'), 'summary'],
]);
const points = tagOf(1, 'bytes');

/** ExportMetricsServiceRequest. */
export function readMetrics(bytes: Uint8Array, bounds: RecordBounds): BoundedRecords<MetricRecord> {
  const found = new BoundedRecords<MetricRecord>(bounds);
  readRequest(bytes, (reader, origin, originBytes) => {
    const start = reader.pos;
    const name = nameOf(reader);
    reader.pos = start;
    readNested(reader, (tag) => {
      const kind = kinds.get(tag);
      if (kind === undefined) return false;
      readNested(reader, (inner) => {
        if (inner !== points) return false;
        const from = reader.pos;
        const point = readPoint(reader, kind);
        const size = originBytes + name.length + reader.pos - from;
        for (const sample of samplesOf(name, kind, point, origin)) found.add(sample, size);
        return true;
      });
      return true;
    });
  });
  return found;
}

/** The name of a metric may stand behind its points. */
function nameOf(reader: BinaryReader): string {
  let name = '';
  readNested(reader, (tag) => {
    if (tag !== nameTag) return false;
    name = reader.string();
    return true;
  });
  return name;
}

const number = { attribute: tagOf(7, 'bytes'), asDouble: tagOf(4, 'fixed64'), asInt: tagOf(6, 'fixed64') };
const histogram = { attribute: tagOf(9, 'bytes'), counts: 6, bounds: 7 };
const exponentialAttribute = tagOf(1, 'bytes');
const summary = { attribute: tagOf(7, 'bytes'), quantile: tagOf(6, 'bytes') };
/** The same in all kinds of points. */
const shared = { time: tagOf(3, 'fixed64'), count: tagOf(4, 'fixed64'), sum: tagOf(5, 'fixed64') };

interface Draft {
  timeUnixNano: string;
  value?: number;
  count?: number;
  sum?: number;
  readonly bucketCounts: number[];
  readonly explicitBounds: number[];
  readonly quantiles: { quantile: number; value: number }[];
}

function readPoint(reader: BinaryReader, kind: MetricKind): MetricPoint {
  const draft: Draft = { timeUnixNano: '0', bucketCounts: [], explicitBounds: [], quantiles: [] };
  const attributes: [string, unknown][] = [];
  const single = kind === 'gauge' || kind === 'sum';
  readNested(reader, (tag) => {
    if (tag === attributeTags[kind]) attributes.push(readKeyValue(reader));
    else if (tag === shared.time) draft.timeUnixNano = String(reader.fixed64());
    else return single ? readNumber(reader, tag, draft) : readDistribution(reader, tag, kind, draft);
    return true;
  });
  return { ...draft, attributes: Object.fromEntries(attributes) };
}

const attributeTags = { gauge: number.attribute, sum: number.attribute, histogram: histogram.attribute, 'exponential-histogram': exponentialAttribute, summary: summary.attribute } as const;

function readNumber(reader: BinaryReader, tag: number, draft: Draft): boolean {
  if (tag === number.asDouble) draft.value = reader.double();
  else if (tag === number.asInt) draft.value = Number(reader.sfixed64());
  else return false;
  return true;
}

function readDistribution(reader: BinaryReader, tag: number, kind: MetricKind, draft: Draft): boolean {
  if (tag === shared.count) draft.count = Number(reader.fixed64());
  else if (tag === shared.sum) draft.sum = reader.double();
  else if (kind === 'summary' && tag === summary.quantile) draft.quantiles.push(readQuantile(reader));
  else if (kind === 'histogram' && isFixed64s(tag, histogram.counts)) readFixed64s(reader, tag, (one) => draft.bucketCounts.push(Number(one.fixed64())));
  else if (kind === 'histogram' && isFixed64s(tag, histogram.bounds)) readFixed64s(reader, tag, (one) => draft.explicitBounds.push(one.double()));
  else return false;
  return true;
}

function isFixed64s(tag: number, field: number): boolean {
  return tag === tagOf(field, 'bytes') || tag === tagOf(field, 'fixed64');
}

function readQuantile(reader: BinaryReader): { quantile: number; value: number } {
  let [quantile, value] = [0, 0];
  readNested(reader, (tag) => {
    if (tag === tagOf(1, 'fixed64')) quantile = reader.double();
    else if (tag === tagOf(2, 'fixed64')) value = reader.double();
    else return false;
    return true;
  });
  return { quantile, value };
}

/** ExportTraceServiceRequest: how many spans it holds. */
export function countSpans(bytes: Uint8Array): number {
  let count = 0;
  readRequest(bytes, (reader) => {
    reader.skip(WireType.LengthDelimited);
    count += 1;
  });
  return count;
}

/** ExportLogsServiceResponse and its like: `partial_success` only when something was rejected (OTLP, "Partial Success"). */
export function answerOf(rejected: number, message: string): Uint8Array {
  if (rejected === 0 && message === '') return new Uint8Array();
  return new BinaryWriter().tag(1, WireType.LengthDelimited).fork()
    .tag(1, WireType.Varint).int64(rejected).tag(2, WireType.LengthDelimited).string(message).join().finish();
}

/** google.rpc.Status, the body of an answer that refuses (OTLP/HTTP, "Failures"). */
export function statusOf(code: number, message: string): Uint8Array {
  return new BinaryWriter().tag(1, WireType.Varint).int32(code).tag(2, WireType.LengthDelimited).string(message).finish();
}
