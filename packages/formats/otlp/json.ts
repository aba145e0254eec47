import { BoundedRecords, type RecordBounds } from '../bounded-records.ts';
import { type Attributes, type MetricKind, type MetricPoint, type MetricRecord, type OtlpLog, type OtlpOrigin, samplesOf } from './records.ts';

/** Requests of OTLP in JSON, already parsed (OTLP, "JSON Protobuf Encoding"): whole numbers of 64 bits may be texts, ids are hexadecimal. */

type Json = Readonly<Record<string, unknown>>;

const depthLimit = 32;

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Json : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function member(value: unknown, name: string): unknown {
  const object = objectOf(value);
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A count of nanoseconds. */
function nanosOf(value: unknown): string {
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  return typeof value === 'number' && Number.isSafeInteger(Math.trunc(value / 1e6)) && value >= 0 ? BigInt(Math.trunc(value)).toString() : '0';
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : undefined;
}

/** AnyValue. */
function valueOf(value: unknown, depth = 0): unknown {
  if (depth > depthLimit) throw new RangeError(`a value is nested deeper than ${depthLimit}`);
  const int = member(value, 'intValue');
  if (int !== undefined) return Number.isSafeInteger(Number(int)) ? Number(int) : textOf(int);
  const list = member(value, 'arrayValue');
  if (list !== undefined) return listOf(member(list, 'values')).map((one) => valueOf(one, depth + 1));
  const map = member(value, 'kvlistValue');
  if (map !== undefined) return attributesOf(member(map, 'values'), depth + 1);
  for (const name of ['stringValue', 'boolValue', 'doubleValue', 'bytesValue']) {
    const found = member(value, name);
    if (found !== undefined && typeof found !== 'object') return found;
  }
  return null;
}

function attributesOf(list: unknown, depth = 0): Attributes {
  return Object.fromEntries(listOf(list).map((one) => [textOf(member(one, 'key')), valueOf(member(one, 'value'), depth)]));
}

function sizeOf(value: unknown): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}

/** `kind` is `Logs`, `Metrics` or `Spans`. */
function eachItem(request: unknown, kind: string, items: string, item: (value: unknown, origin: OtlpOrigin, originBytes: number) => void): void {
  const groups = member(request, `resource${kind}`);
  if (groups !== undefined && !Array.isArray(groups)) throw new TypeError(`resource${kind} is no list`);
  for (const group of listOf(groups)) {
    const resource = attributesOf(member(member(group, 'resource'), 'attributes'));
    const resourceBytes = sizeOf(resource);
    for (const scoped of listOf(member(group, `scope${kind}`))) {
      const scope = textOf(member(member(scoped, 'scope'), 'name'));
      for (const value of listOf(member(scoped, items))) item(value, { resource, scope }, resourceBytes + scope.length);
    }
  }
}

export function readJsonLogs(request: unknown, bounds: RecordBounds): BoundedRecords<OtlpLog> {
  const found = new BoundedRecords<OtlpLog>(bounds);
  eachItem(request, 'Logs', 'logRecords', (value, otlp, originBytes) => {
    const event = textOf(member(value, 'eventName'));
    const attributes = attributesOf(member(value, 'attributes'));
    const record: OtlpLog = {
      otlp,
      timeUnixNano: nanosOf(member(value, 'timeUnixNano')),
      observedTimeUnixNano: nanosOf(member(value, 'observedTimeUnixNano')),
      severityNumber: numberOf(member(value, 'severityNumber')) ?? 0,
      severityText: textOf(member(value, 'severityText')),
      body: valueOf(member(value, 'body')),
      attributes: event === '' ? attributes : { ...attributes, 'event.name': event },
      traceId: textOf(member(value, 'traceId')).slice(0, 32),
      spanId: textOf(member(value, 'spanId')).slice(0, 16),
    };
    found.add(record, originBytes + sizeOf(value));
  });
  return found;
}

const kinds: readonly (readonly [string, MetricKind])[] = [
  ['gauge', 'gauge'], ['sum', 'sum'], ['histogram', 'histogram'], ['exponentialHistogram', 'exponential-histogram'], ['summary', 'summary'],
];

export function readJsonMetrics(request: unknown, bounds: RecordBounds): BoundedRecords<MetricRecord> {
  const found = new BoundedRecords<MetricRecord>(bounds);
  eachItem(request, 'Metrics', 'metrics', (metric, origin, originBytes) => {
    const name = textOf(member(metric, 'name'));
    for (const [key, kind] of kinds) {
      for (const value of listOf(member(member(metric, key), 'dataPoints'))) {
        const size = originBytes + name.length + sizeOf(value);
        for (const sample of samplesOf(name, kind, pointOf(value), origin)) found.add(sample, size);
      }
    }
  });
  return found;
}

function pointOf(value: unknown): MetricPoint {
  const numbers = (name: string): number[] => listOf(member(value, name)).map((one) => numberOf(one) ?? Number.NaN);
  const optional = { value: numberOf(member(value, 'asDouble')) ?? numberOf(member(value, 'asInt')), count: numberOf(member(value, 'count')), sum: numberOf(member(value, 'sum')) };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, one]) => one !== undefined)),
    attributes: attributesOf(member(value, 'attributes')),
    timeUnixNano: nanosOf(member(value, 'timeUnixNano')),
    bucketCounts: numbers('bucketCounts'),
    explicitBounds: numbers('explicitBounds'),
    quantiles: listOf(member(value, 'quantileValues')).map((one) => ({ quantile: numberOf(member(one, 'quantile')) ?? 0, value: numberOf(member(one, 'value')) ?? Number.NaN })),
  };
}

export function countJsonSpans(request: unknown): number {
  let count = 0;
  eachItem(request, 'Spans', 'spans', () => (count += 1));
  return count;
}
