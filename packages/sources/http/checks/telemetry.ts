import { deepEqual, equal } from 'node:assert/strict';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import snappy from 'snappyjs';
import type { EventSourceCheck } from '../../event-source-cases.ts';
import { any, post } from './ask.ts';

/** Messages as a client of OTLP or of remote write makes them. */

type Part = (writer: BinaryWriter) => BinaryWriter;

export const bytes = (...parts: readonly Part[]): Uint8Array => parts.reduce((writer, part) => part(writer), new BinaryWriter()).finish();
export const message = (field: number, ...parts: readonly Part[]): Part => (writer) => parts.reduce((inner, part) => part(inner), writer.tag(field, WireType.LengthDelimited).fork()).join();
export const text = (field: number, value: string): Part => (writer) => writer.tag(field, WireType.LengthDelimited).string(value);
export const binary = (field: number, value: Uint8Array): Part => (writer) => writer.tag(field, WireType.LengthDelimited).bytes(value);
export const fixed = (field: number, value: bigint): Part => (writer) => writer.tag(field, WireType.Bit64).fixed64(value);
export const double = (field: number, value: number): Part => (writer) => writer.tag(field, WireType.Bit64).double(value);
export const varint = (field: number, value: number): Part => (writer) => writer.tag(field, WireType.Varint).int64(value);

const nanos = 1_772_600_767_250_000_001n;
const attribute = (field: number, name: string, value: Part): Part => message(field, text(1, name), message(2, value));
const resource = message(1, attribute(1, 'service.name', text(1, 'shop')));
const scope = message(1, text(1, 'app'));

const fullLog = message(
  2, fixed(1, nanos), varint(2, 17), text(3, 'ERROR'), message(5, text(1, 'payment refused')), attribute(6, 'n', varint(3, -5)), attribute(6, 'list', message(5, message(1, varint(2, 1)), message(1, double(4, 0.5)))),
  attribute(6, 'map', message(6, message(1, text(1, '__proto__'), message(2, text(1, 'x'))))), binary(9, Uint8Array.from({ length: 16 }, (_, at) => at)), binary(10, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255)),
  fixed(11, nanos), text(12, 'pay'), varint(99, 1), text(100, 'unknown fields are passed over'),
);

/** ExportLogsServiceRequest with one record. The resource may stand behind what belongs to it. */
export const logsRequest = bytes(message(1, message(2, fullLog, scope), resource));

const map: unknown = JSON.parse('{"__proto__":"x"}');
export const logRecord = {
  otlp: { resource: { 'service.name': 'shop' }, scope: 'app' }, timeUnixNano: String(nanos), observedTimeUnixNano: String(nanos), severityNumber: 17, severityText: 'ERROR', body: 'payment refused',
  attributes: { n: -5, list: [true, 0.5], map, 'event.name': 'pay' }, traceId: '000102030405060708090a0b0c0d0e0f', spanId: '01020304050607ff',
};

const jsonLogs = {
  resourceLogs: [{
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
    scopeLogs: [{ scope: { name: 'app' }, logRecords: [{
      timeUnixNano: String(nanos), observedTimeUnixNano: String(nanos), severityNumber: 17, severityText: 'ERROR', body: { stringValue: 'payment refused' }, eventName: 'pay',
      attributes: [
        { key: 'n', value: { intValue: '-5' } }, { key: 'list', value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 0.5 }] } } },
        { key: 'map', value: { kvlistValue: { values: [{ key: '__proto__', value: { stringValue: 'x' } }] } } },
      ],
      traceId: '000102030405060708090a0b0c0d0e0f', spanId: '01020304050607ff',
    }] }],
  }],
};

const number = (...parts: readonly Part[]): Part => message(1, fixed(3, nanos), attribute(7, 'host', text(1, 'web-1')), ...parts);
export const metricsRequest = bytes(message(1, resource, message(2, scope,
  message(2, text(1, 'load'), message(5, number(double(4, 3.5)))),
  message(2, text(1, 'requests'), message(7, number((writer) => writer.tag(6, WireType.Bit64).sfixed64(7)), varint(3, 1))),
  message(2, message(9, message(1, fixed(3, nanos), fixed(4, 3n), double(5, 1.5), (writer) => writer.tag(6, WireType.LengthDelimited).fork().fixed64(1n).fixed64(2n).join(), double(7, 0.1))), text(1, 'latency')),
  message(2, text(1, 'sizes'), message(11, message(1, fixed(3, nanos), fixed(4, 2n), double(5, 9), message(6, double(1, 0.5), double(2, 4)), message(6, double(1, 0.9), double(2, Number.NaN))))),
)));

const time = 1_772_600_767_250;
const sample = (name: string, value: number, type: string, labels: object = {}): object => ({ metric: { name, value, labels: { 'service.name': 'shop', ...labels }, time, type } });
export const metricRecords = [
  sample('load', 3.5, 'gauge', { host: 'web-1' }), sample('requests', 7, 'sum', { host: 'web-1' }), sample('latency_count', 3, 'histogram'), sample('latency_sum', 1.5, 'histogram'),
  sample('latency_bucket', 1, 'histogram', { le: '0.1' }), sample('latency_bucket', 3, 'histogram', { le: '+Inf' }), sample('sizes_count', 2, 'summary'), sample('sizes_sum', 9, 'summary'), sample('sizes', 4, 'summary', { quantile: '0.5' }),
];

const jsonMetrics = {
  resourceMetrics: [{
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
    scopeMetrics: [{ metrics: [
      { name: 'load', gauge: { dataPoints: [{ timeUnixNano: String(nanos), asDouble: 3.5, attributes: [{ key: 'host', value: { stringValue: 'web-1' } }] }] } },
      { name: 'requests', sum: { dataPoints: [{ timeUnixNano: String(nanos), asInt: '7', attributes: [{ key: 'host', value: { stringValue: 'web-1' } }] }] } },
      { name: 'latency', histogram: { dataPoints: [{ timeUnixNano: String(nanos), count: '3', sum: 1.5, bucketCounts: ['1', '2'], explicitBounds: [0.1] }] } },
      { name: 'sizes', summary: { dataPoints: [{ timeUnixNano: String(nanos), count: '2', sum: 9, quantileValues: [{ quantile: 0.5, value: 4 }, { quantile: 0.9, value: 'NaN' }] }] } },
    ] }],
  }],
};

const protobuf = { 'content-type': 'application/x-protobuf' };

export const otlpChecks: readonly EventSourceCheck[] = [
  {
    name: 'OTLP: logs in protobuf and in JSON are the same records',
    async run(stage) {
      const address = await stage.listen(any);
      const reply = await post(address, '/v1/logs', logsRequest, protobuf);
      deepEqual([reply.status, reply.headers.get('content-type'), reply.bytes.length], [200, 'application/x-protobuf', 0]);
      const other = await post(address, '/v1/logs', JSON.stringify(jsonLogs));
      deepEqual([other.status, other.headers.get('content-type'), other.text], [200, 'application/json', '{}']);
      deepEqual(await stage.values(2), [logRecord, logRecord]);
    },
  },
  {
    name: 'OTLP: metrics of every kind in protobuf and in JSON are the same samples',
    async run(stage) {
      const address = await stage.listen(any);
      equal((await post(address, '/v1/metrics', metricsRequest, protobuf)).status, 200);
      equal((await post(address, '/v1/metrics', JSON.stringify(jsonMetrics))).status, 200);
      deepEqual(await stage.values(2 * metricRecords.length), [...metricRecords, ...metricRecords]);
    },
  },
  {
    name: 'OTLP: spans are taken, counted and not kept, and the answer says so',
    async run(stage) {
      const address = await stage.listen(any);
      const reply = await post(address, '/v1/traces', bytes(message(1, resource, message(2, scope, message(2, text(5, 'a')), message(2, text(5, 'b'))))), protobuf);
      equal(reply.status, 200);
      const reader = new BinaryReader(reply.bytes);
      deepEqual(reader.tag(), [1, WireType.LengthDelimited]);
      equal((await post(address, '/v1/traces', '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}')).text, '{"partialSuccess":{"rejectedSpans":"0","errorMessage":"spans are taken and not kept"}}');
      await stage.until(() => stage.said(/spans are taken and not kept/), () => 'a diagnostic');
      equal(stage.records.length, 0);
    },
  },
  {
    name: 'OTLP: refusals are a google.rpc.Status in the encoding of the request',
    async run(stage) {
      const address = await stage.listen(any);
      const reply = await post(address, '/v1/logs', Uint8Array.of(0x0a, 0xff, 0x01), protobuf);
      equal(reply.status, 400);
      const reader = new BinaryReader(reply.bytes);
      deepEqual([reader.tag(), reader.int32()], [[1, WireType.Varint], 3]);
      equal((await post(address, '/v1/logs', '{')).text, '{"code":3,"message":"the body is not valid JSON"}');
      equal((await post(address, '/v1/logs', 'x', { 'content-type': 'text/plain' })).status, 415);
      stage.refuse();
      equal((await post(address, '/v1/logs', logsRequest, protobuf)).status, 503);
    },
  },
];

const label = (name: string, value: string): Part => message(1, text(1, name), text(2, value));
export const writeRequest = bytes(message(1, label('__name__', 'up'), label('job', 'node'), message(2, double(1, 1), varint(2, time)), message(2, double(1, Number.NaN), varint(2, time + 1)), message(3, text(1, 'an exemplar'))));

export const remoteWriteChecks: readonly EventSourceCheck[] = [
  {
    name: 'Prometheus remote write: samples with their labels; what has no value is no sample',
    async run(stage) {
      const address = await stage.listen(any);
      const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0' };
      equal((await post(address, '/api/v1/write', snappy.compress(writeRequest), headers)).status, 204);
      deepEqual(await stage.values(1), [{ metric: { name: 'up', value: 1, labels: { job: 'node' }, time } }]);
      equal((await post(address, '/api/v1/write', writeRequest, headers)).status, 400);
      equal((await post(address, '/api/v1/write', snappy.compress(writeRequest), { ...headers, 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request' })).status, 415);
      stage.refuse();
      equal((await post(address, '/api/v1/write', snappy.compress(writeRequest), headers)).status, 503);
    },
  },
];
