/** Lines of syslog: RFC 5424, and the older form that RFC 3164 describes. */
import { timeOf } from './json-fields.ts';
import { recallLast } from './recall-last.ts';

export interface SyslogLine {
  readonly severity: number | undefined;
  /** 0 when the line names no year: the stream then finds it by `written`. */
  readonly time: number;
  readonly written: string;
  readonly host: string;
  readonly app: string;
  readonly pid: number | undefined;
  readonly message: string;
}

/** What a line may begin with: a priority, the name of a month, or a year. */
export const syslogStart = '<JFMASOND0123456789';

const modern = /^<(\d{1,3})>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|(?:\[[^\]]*\])+) ?(.*)$/s;
const old = /^(?:<(\d{1,3})>)?([JFMASOND][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,16}) (\S{1,255}) ([\w./()-]{1,48})(?:\[(\d{1,10})\])?: (.*)$/s;

/** What some write has no name of a program (RFC 3164, section 5.2, has an example). */
const untagged = /^(?:<(\d{1,3})>)?([JFMASOND][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) ((?!\S{0,255}: )\S{1,255}) {1,2}(.*)$/s;

export const syslogLine: (value: unknown) => SyslogLine | undefined = recallLast((value) => {
  if (value.length > 65_536) return undefined;
  const found = (value.startsWith('<') ? modern.exec(value) : null) ?? old.exec(value) ?? withoutTag(value);
  if (found === null) return undefined;
  const [, priority, written = '', host = '', app = '', pid, message = ''] = found;
  return {
    severity: priority === undefined || priority === '' ? undefined : Number(priority) % 8,
    time: timeOf(written) ?? 0, written, host, app, pid: pid !== undefined && /^\d+$/.test(pid) ? Number(pid) : undefined, message,
  };
});

function withoutTag(value: string): readonly string[] | null {
  const found = untagged.exec(value);
  return found === null ? null : ['', found[1] ?? '', found[2] ?? '', found[3] ?? '', 'unknown', '', found[4] ?? ''];
}
