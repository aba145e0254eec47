import { BinaryReader } from '@bufbuild/protobuf/wire';
import { BoundedRecords, type RecordBounds } from '../bounded-records.ts';
import type { MetricRecord } from '../otlp/records.ts';
import { readMessage, readNested, tagOf } from '../protobuf-message.ts';

const series = tagOf(1, 'bytes');
const part = { label: tagOf(1, 'bytes'), sample: tagOf(2, 'bytes'), histogram: tagOf(4, 'bytes') };
const sampleTag = { value: tagOf(1, 'fixed64'), time: tagOf(2, 'varint') };
const histogramTag = { countInt: tagOf(1, 'varint'), countFloat: tagOf(2, 'fixed64'), sum: tagOf(3, 'fixed64'), time: tagOf(15, 'varint') };

/** WriteRequest of Prometheus remote write 1.0, unpacked. Of native histograms only count and sum are kept. */
export function readWriteRequest(bytes: Uint8Array, bounds: RecordBounds): BoundedRecords<MetricRecord> {
  const found = new BoundedRecords<MetricRecord>(bounds);
  const reader = new BinaryReader(bytes);
  readMessage(reader, reader.len, (tag) => {
    if (tag === series) readSeries(reader, found);
    return tag === series;
  });
  return found;
}

interface Sample {
  readonly suffix: string;
  readonly value: number;
  readonly time: number;
}

function readSeries(reader: BinaryReader, found: BoundedRecords<MetricRecord>): void {
  const from = reader.pos;
  const labels: [string, string][] = [];
  const samples: Sample[] = [];
  let labelBytes = 0;
  readNested(reader, (tag) => {
    const start = reader.pos;
    if (tag === part.label) {
      labels.push(readLabel(reader));
      labelBytes += reader.pos - start;
    } else if (tag === part.sample) samples.push(readSample(reader));
    else if (tag === part.histogram) samples.push(...readHistogram(reader));
    else return false;
    return true;
  });
  const name = labels.find(([key]) => key === '__name__')?.[1];
  if (name === undefined) throw new TypeError(`a series at byte ${from} has no __name__`);
  const rest = Object.fromEntries(labels.filter(([key]) => key !== '__name__'));
  for (const { suffix, value, time } of samples) {
    // NaN says that there is no value: a series that ended (a "staleness marker"), a quantile of nothing. JSON has no infinity.
    if (Number.isFinite(value)) found.add({ metric: { name: name + suffix, value, labels: rest, time } }, labelBytes + 32);
  }
}

function readLabel(reader: BinaryReader): [string, string] {
  let [name, value] = ['', ''];
  readNested(reader, (tag) => {
    if (tag === tagOf(1, 'bytes')) name = reader.string();
    else if (tag === tagOf(2, 'bytes')) value = reader.string();
    else return false;
    return true;
  });
  return [name, value];
}

function readSample(reader: BinaryReader): Sample {
  let [value, time] = [0, 0];
  readNested(reader, (tag) => {
    if (tag === sampleTag.value) value = reader.double();
    else if (tag === sampleTag.time) time = Number(reader.int64());
    else return false;
    return true;
  });
  return { suffix: '', value, time };
}

function readHistogram(reader: BinaryReader): Sample[] {
  let [count, sum, time] = [0, 0, 0];
  readNested(reader, (tag) => {
    if (tag === histogramTag.countInt) count = Number(reader.uint64());
    else if (tag === histogramTag.countFloat) count = reader.double();
    else if (tag === histogramTag.sum) sum = reader.double();
    else if (tag === histogramTag.time) time = Number(reader.int64());
    else return false;
    return true;
  });
  return [{ suffix: '_count', value: count, time }, { suffix: '_sum', value: sum, time }];
}
