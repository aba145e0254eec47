import { memberAt, memberText } from '#formats/ocsf-member.ts';

/** One sample as a record of the mapping `metric` has it. */
export interface Sample {
  /** Name and labels, of bounded length: what tells series apart. */
  readonly key: string;
  readonly name: string;
  /** Whom it is about: host, pod, service. */
  readonly subject: string;
  readonly value: number;
  /** It only grows: what counts is by how much. */
  readonly grows: boolean;
}

const mostLabels = 32;
const longestKey = 400;
/** The first that is there names whom a series is about. */
const subjects: readonly string[] = ['runner', 'runner_name', 'instance', 'host.name', 'host', 'node', 'nodename', 'pod', 'k8s.pod.name', 'container', 'service.name', 'service', 'job'];

/** Undefined where the record is no sample, or one of a histogram's buckets, of which the count and the sum say enough. */
export function sampleOf(record: unknown): Sample | undefined {
  const name = memberText(record, 'metric', 'name');
  const value = memberAt(record, 'metric', 'value');
  if (name === undefined || name === '' || typeof value !== 'number' || !Number.isFinite(value) || name.endsWith('_bucket')) return undefined;
  const labels = labelsOf(memberAt(record, 'metric', 'labels'));
  return { key: bounded(`${name}${labels.map(([label, text]) => `\n${label}=${text}`).join('')}`), name, subject: subjectOf(labels), value, grows: isCounter(name, memberText(record, 'metric', 'type')) };
}

function labelsOf(labels: unknown): [string, string][] {
  if (typeof labels !== 'object' || labels === null) return [];
  return Object.entries(labels).slice(0, mostLabels).map(([label, value]): [string, string] => [label, String(value)]).sort(([a], [b]) => (a < b ? -1 : 1));
}

function subjectOf(labels: readonly (readonly [string, string])[]): string {
  const known = new Map(labels);
  const label = subjects.find((one) => (known.get(one) ?? '') !== '');
  return label === undefined ? '' : (known.get(label) ?? '');
}

/** As Prometheus names counters; the sums of OpenTelemetry most often are. */
function isCounter(name: string, type: string | undefined): boolean {
  return type === 'counter' || type === 'sum' || /_(?:total|count|sum)$/.test(name);
}

/** Keys come from outside: a long one keeps its beginning, and two hashes of the whole. */
function bounded(text: string): string {
  if (text.length <= longestKey) return text;
  let [first, second] = [0x811c9dc5, 0x01234567];
  for (let i = 0; i < text.length; i++) {
    first = Math.imul(first ^ text.charCodeAt(i), 0x01000193);
    second = Math.imul(second ^ text.charCodeAt(i), 0x85ebca6b) ^ (second >>> 13);
  }
  return `${text.slice(0, longestKey).toWellFormed()}\n${(first >>> 0).toString(36)}${(second >>> 0).toString(36)}`;
}
