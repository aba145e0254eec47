import { isoTime } from '#formats/iso-time.ts';
import { clip } from '#formats/clip.ts';
import type { Severity } from '#model/severity.ts';
import type { Told } from '../notice-words.ts';

/** RFC 5424 §6.2.1: facility 13 is the audit log. */
const facility = 13;
const severities = { critical: 2, high: 3, medium: 4, low: 5, informational: 6 } as const satisfies Record<Severity, number>;

/** RFC 5424 §6.3.2 wants a private enterprise number; 32473 is the one that RFC 5612 sets aside for those who have none. */
const enterprise = 32_473;

export interface SyslogFrame {
  readonly host: string;
  readonly kind: 'signal' | 'incident';
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Bytes of the whole message. */
  readonly most: number;
}

/** One message as RFC 5424 writes it; its text is cut where it grows too long, between characters. */
export function syslogMessage(told: Told, { host, kind, most, time }: SyslogFrame): Buffer {
  const head = `<${facility * 8 + severities[told.severity]}>1 ${isoTime(time)} ${printable(host, 255)} watchward - ${kind}`;
  const data = element([
    ['key', told.group], ['revision', String(told.revision)], ['state', told.state], ['severity', told.severity], ['risk', String(told.risk)], ['rule', told.rule ?? ''],
    ['stages', told.stages.join(',')], ['techniques', told.techniques.join(',')], ['who', told.entities.slice(0, 4).map(({ kind: of, name }) => `${of} ${name}`).join(', ')],
  ]);
  // §6.4: the byte order mark says that the text is UTF-8.
  const text = Buffer.from(`${head} ${data} \ufeff${told.title}: ${told.summary}`);
  return text.length <= most ? text : cutUtf8(text, most);
}

/** §6.2.4: printable US-ASCII, or `-` when nothing is known. */
function printable(text: string, most: number): string {
  return text.replaceAll(/[^!-~]/g, '').slice(0, most) || '-';
}

/** §6.3.3: a quotation mark, a backslash and a closing bracket are escaped. */
function element(parameters: readonly (readonly [string, string])[]): string {
  const written = parameters.filter(([, value]) => value !== '').map(([name, value]) => ` ${name}="${clip(value, 200).replaceAll(/["\\\]]/g, '\\$&')}"`);
  return `[watchward@${enterprise}${written.join('')}]`;
}

/** Ends before the first byte of the character that would be cut. */
function cutUtf8(bytes: Buffer, most: number): Buffer {
  let end = most;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}
