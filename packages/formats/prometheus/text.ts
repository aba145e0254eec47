import type { MetricRecord } from '../otlp/records.ts';

/** The text formats of Prometheus: 0.0.4, and OpenMetrics 1.0. */

export interface Exposition {
  readonly samples: readonly MetricRecord[];
  /** Lines that could not be read. */
  readonly broken: number;
  /** There were more lines than the limit. */
  readonly cut: boolean;
}

export interface ExpositionOptions {
  /** OpenMetrics counts seconds where the older format counts milliseconds. */
  readonly openMetrics: boolean;
  /** The time of samples that carry none, milliseconds. */
  readonly now: number;
  readonly limit: number;
  /** Labels that each sample gets: where it was asked for. */
  readonly labels: Readonly<Record<string, string>>;
}

const named = /^([a-zA-Z_:][\w:.]{0,255})/;
const quotedName = /^\s*"((?:[^"\\]|\\.){1,256})"\s*,?/;
const label = /^\s*(?:([a-zA-Z_][\w.]{0,255})|"((?:[^"\\]|\\.){1,256})")\s*=\s*"((?:[^"\\]|\\.){0,8192})"\s*,?/;
const rest = /^\s+(\S+)(?:\s+([-+]?[\d.eE+-]+))?\s*(?:#.*)?$/;
const typeLine = /^#\s+TYPE\s+(\S{1,256})\s+(\w{1,32})\s*$/;
const labelLimit = 128;
const lineLimit = 65_536;

export function readExposition(text: string, options: ExpositionOptions): Exposition {
  const types = new Map<string, string>();
  const samples: MetricRecord[] = [];
  let broken = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      const found = typeLine.exec(line);
      if (found !== null && types.size < options.limit) types.set(found[1] ?? '', found[2] ?? '');
      if (line.startsWith('# EOF')) break;
    } else if (line.trim() !== '') {
      const sample = line.length > lineLimit ? 'broken' : readSample(line.trim(), types, options);
      if (sample === 'broken') broken += 1;
      else if (sample !== 'no value') {
        if (samples.length >= options.limit) return { samples, broken, cut: true };
        samples.push(sample);
      }
    }
  }
  return { samples, broken, cut: false };
}

function readSample(line: string, types: ReadonlyMap<string, string>, options: ExpositionOptions): MetricRecord | 'broken' | 'no value' {
  let name = named.exec(line)?.[1] ?? '';
  let at = name.length;
  const labels: [string, string][] = [];
  if (line[at] === '{') {
    at += 1;
    const quoted = name === '' ? quotedName.exec(line.slice(at, at + 600)) : null;
    if (quoted !== null) {
      name = unescaped(quoted[1] ?? '');
      at += quoted[0].length;
    }
    for (let found = label.exec(line.slice(at)); found !== null; found = label.exec(line.slice(at))) {
      if (labels.length >= labelLimit) return 'broken';
      labels.push([found[1] ?? unescaped(found[2] ?? ''), unescaped(found[3] ?? '')]);
      at += found[0].length;
    }
    while (line[at] === ' ') at += 1;
    if (line[at] !== '}') return 'broken';
    at += 1;
  }
  const found = rest.exec(line[at] === ' ' || line[at] === '\t' ? line.slice(at) : ` ${line.slice(at)}`);
  const value = numberOf(found?.[1]);
  if (name === '' || value === undefined) return 'broken';
  // NaN says that there is none; JSON has no infinity.
  if (!Number.isFinite(value)) return 'no value';
  const time = timeOf(found?.[2], options);
  const type = types.get(name) ?? types.get(name.replace(/_(?:bucket|sum|count|total|created|info)$/, ''));
  return { metric: { name, value, labels: { ...Object.fromEntries(labels), ...options.labels }, time, ...(type === undefined ? {} : { type }) } };
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const special = /^([+-])?(inf|infinity|nan)$/i.exec(text);
  if (special !== null) return /^nan$/i.test(special[2] ?? '') ? Number.NaN : Number.POSITIVE_INFINITY;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function timeOf(text: string | undefined, { openMetrics, now }: ExpositionOptions): number {
  const number = numberOf(text);
  if (number === undefined || !Number.isFinite(number)) return now;
  return Math.round(openMetrics ? number * 1000 : number);
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replaceAll(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character)) : text;
}
