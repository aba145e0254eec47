/** Records that are made of OpenTelemetry's data, whichever way it was encoded (OTLP 1.9; opentelemetry.proto). */

/** Names to values, as plain JSON. Made by `Object.fromEntries`, which defines even `__proto__` as a member of its own. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface OtlpOrigin {
  readonly resource: Attributes;
  readonly scope: string;
}

export interface OtlpLog {
  readonly otlp: OtlpOrigin;
  /** Counts of nanoseconds, which are no safe numbers. */
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: unknown;
  readonly attributes: Attributes;
  /** In hexadecimal; empty where there is none. */
  readonly traceId: string;
  readonly spanId: string;
}

/** One sample of a metric, whatever system took it. */
export interface MetricRecord {
  readonly metric: {
    readonly name: string;
    readonly value: number;
    readonly labels: Attributes;
    /** Milliseconds since the epoch. */
    readonly time: number;
    readonly type?: string;
  };
}

export type MetricKind = 'gauge' | 'sum' | 'histogram' | 'exponential-histogram' | 'summary';

export interface MetricPoint {
  readonly attributes: Attributes;
  readonly timeUnixNano: string;
  readonly value?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly bucketCounts?: readonly number[];
  readonly explicitBounds?: readonly number[];
  readonly quantiles?: readonly { readonly quantile: number; readonly value: number }[];
}

/** The samples of a point, named as Prometheus names the parts of histograms and summaries. */
export function samplesOf(name: string, kind: MetricKind, point: MetricPoint, origin: OtlpOrigin): MetricRecord[] {
  const time = Math.floor(Number(point.timeUnixNano) / 1e6);
  const labels = { ...origin.resource, ...point.attributes };
  const samples: MetricRecord[] = [];
  const add = (suffix: string, value: number | undefined, more: Attributes = {}): void => {
    // No value was recorded, or it is no number that JSON has.
    if (value === undefined || !Number.isFinite(value)) return;
    samples.push({ metric: { name: name + suffix, value, labels: { ...labels, ...more }, time, type: kind } });
  };
  if (kind === 'gauge' || kind === 'sum') add('', point.value);
  else {
    add('_count', point.count);
    add('_sum', point.sum);
  }
  let total = 0;
  (point.bucketCounts ?? []).forEach((count, at) => add('_bucket', (total += count), { le: String(point.explicitBounds?.[at] ?? '+Inf') }));
  for (const { quantile, value } of point.quantiles ?? []) add('', value, { quantile: String(quantile) });
  return samples;
}
