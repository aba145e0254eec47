/** System messages of Cisco devices: `%FACILITY-SEVERITY-MNEMONIC: text` behind whatever relays and clocks put before it. */
import { timeOf } from '../json-fields.ts';
import { recallLast } from '../recall-last.ts';

export interface CiscoMessage {
  /** `%SYS-5-CONFIG_I` without its percent sign. */
  readonly code: string;
  readonly facility: string;
  /** 0 (the device is unusable) to 7 (for debugging). */
  readonly severity: number;
  readonly mnemonic: string;
  readonly text: string;
  /** Of Sigma's logsource, product cisco. */
  readonly service: string;
  /** 0 when the line names no year. */
  readonly time: number;
  readonly written: string | undefined;
  readonly host: string | undefined;
  readonly whole: string;
}

const message = /^%([A-Z][A-Z0-9_]{1,31}(?:-[A-Z][A-Z0-9_]{1,31}){0,2})-([0-7])-([A-Z0-9_]{1,48}): ?(.{0,32768})$/s;
/** The head is short: what comes later is another's text that quotes a message. */
const headLimit = 160;
const relayed = /^(?:<\d{1,3}>)?(?:(?:[JFMASOND][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,16}) )?(?:([\w.-]{1,255}|[\da-f:.]{2,45}) )?/i;
const stamp = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?|(\d{4} )?([JFMASOND][a-z]{2}) {1,2}(\d{1,2})( \d{4})? (\d\d:\d\d:\d\d)(?:\.\d{1,6})?)/g;

export const ciscoMessage: (value: unknown) => CiscoMessage | undefined = recallLast((value) => {
  const percent = value.indexOf('%');
  if (percent < 0 || percent > headLimit || value.length > 65_536) return undefined;
  const found = message.exec(value.slice(percent));
  if (found === null || !/(?:^|[:\s])$/.test(value.slice(0, percent))) return undefined;
  const [, facility = '', severity = '', mnemonic = '', text = ''] = found;
  const head = value.slice(0, percent);
  return { code: `${facility}-${severity}-${mnemonic}`, facility, severity: Number(severity), mnemonic, text, service: serviceOf(facility, text), ...timeIn(head), host: hostIn(head), whole: value };
});

/** What says who came in and what they did is accounting; of sessions of routing, messages of TCP name only the port. */
function serviceOf(facility: string, text: string): string {
  if (/^(?:AAA|TAC|TPLUS|RADIUS|SEC_LOGIN|LOGIN|PARSER|SSH|AUTHPRIV|VSHD|HA_EM|DOT1X|AUTHMGR|SYS)/.test(facility)) return 'aaa';
  if (/^(?:IP-)?TCP$/.test(facility)) return text.includes('646') ? 'ldp' : 'bgp';
  return /BGP/.test(facility) ? 'bgp' : /LDP/.test(facility) ? 'ldp' : facility.toLowerCase();
}

/** The last time before the message is the device's own; those before it are of relays. */
function timeIn(head: string): Pick<CiscoMessage, 'time' | 'written'> {
  const last = [...head.matchAll(stamp)].at(-1);
  if (last === undefined) return { time: 0, written: undefined };
  const [, whole = '', before, month = '', day = '', after, clock = ''] = last;
  if (month === '') return { time: timeOf(whole) ?? 0, written: whole };
  const written = `${month} ${day.padStart(2)} ${clock}`;
  const year = (before ?? after)?.trim();
  return { time: year === undefined ? 0 : dated(`${year} ${written} UTC`), written };
}

function dated(text: string): number {
  const time = Date.parse(text);
  return Number.isNaN(time) ? 0 : time;
}

/** Who sent it, where a relay says so; a number that devices count messages by is no name. */
function hostIn(head: string): string | undefined {
  const name = relayed.exec(head)?.[1];
  return name === undefined || /^(?:\d{1,12}|[JFMASOND][a-z]{2})$/.test(name) ? undefined : name;
}
