import type { Observation } from '#model/stream.ts';

/** A line that a program wrote for people, and who wrote it. */
export interface LogText {
  readonly text: string;
  readonly program: string;
  readonly host: string;
}

/** Services whose events are lines of text and not more. */
const services: ReadonlySet<string> = new Set(['syslog', 'job_log', 'log', 'cloudwatch', 'apache', 'nginx']);

/** Lines of text of unknown origin have an empty logsource. */
export function isLogText({ logsource, record }: Observation): boolean {
  const isText = logsource.service === undefined ? logsource.product === undefined && logsource.category === undefined : services.has(logsource.service);
  return isText && typeof record === 'object' && record !== null && ('message' in record || 'text' in record);
}

const longestName = 64;

export function logTextOf({ logsource, record }: Observation): LogText | undefined {
  const { text, message, process, host, container_name: container } = record as Readonly<Record<string, unknown>>;
  const line = typeof text === 'string' ? text : message;
  if (typeof line !== 'string' || line === '') return undefined;
  const program = nameOf(process) ?? nameOf(container) ?? (logsource.service === undefined ? 'a source of plain text' : (logsource.product ?? logsource.service));
  return { text: line, program, host: nameOf(host) ?? '' };
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longestName) : undefined;
}
