import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { numberAt, withNames } from '../parts.ts';
import type { Deed, Program } from '../programs/program.ts';
import { programs } from '../programs/programs.ts';

/** Severities 0 to 7 of RFC 5424, section 6.2.1. */
const severities: readonly Severity[] = ['critical', 'critical', 'critical', 'high', 'medium', 'informational', 'informational', 'informational'];

interface Entry {
  readonly record: JsonObject;
  readonly time: number;
  readonly app: string;
  readonly host: string;
  readonly message: string;
  readonly deed: Deed | undefined;
  readonly program: Program | undefined;
}

/** Entries of the systemd journal (`journalctl --output=json`, `systemd-journal-upload`). */
export default defineMapping({
  id: 'journald',
  title: 'systemd journal',
  logsource: { product: 'linux' },
  hint: { keys: ['__REALTIME_TIMESTAMP', '_SOURCE_REALTIME_TIMESTAMP'] },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const entry = read(value);
    if (entry === undefined) return undefined;
    const { deed, record, message } = entry;
    return buildEvent({
      class: deed?.class ?? ocsfClasses.baseEvent, activity: deed?.activity ?? 0, activityName: deed?.activityName ?? entry.app,
      severity: severities[numberAt(record, 'PRIORITY') ?? 6] ?? 'informational',
      time: entry.time,
      metadata: { product: entry.program?.product ?? { name: entry.app, vendor_name: 'unknown' }, log_name: 'journal', uid: textAt(record, '__CURSOR'), loggers: [{ name: entry.host }] },
      attributes: { ...statusOf(deed?.outcome ?? 'unknown'), message, ...deed?.attributes, unmapped: recordOf(entry) },
    });
  },
  /** Each program is a service of its own; the kernel's audit messages and all others are those of the system's log. */
  glance({ value }) {
    const entry = read(value);
    return entry === undefined ? undefined : { logsource: { product: 'linux', service: entry.program?.service ?? 'syslog' }, time: entry.time, record: recordOf(entry) };
  },
  /** The audit system's messages come through the journal as auditd writes them, but for their type. */
  inner({ value }) {
    const entry = read(value);
    return entry?.message.includes('type=') === true && entry.message.includes('audit(') ? { value: entry.message, time: entry.time } : undefined;
  },
});

function recordOf({ record, app, host, message, deed }: Entry): JsonObject {
  return withNames(record, { ...deed?.names, message, host, process: app });
}

function read(value: unknown): Entry | undefined {
  const record = asObject(value);
  const time = timeOf(textAt(record, '_SOURCE_REALTIME_TIMESTAMP')) ?? timeOf(textAt(record, '__REALTIME_TIMESTAMP'));
  if (record === undefined || time === undefined) return undefined;
  const line = {
    app: textAt(record, 'SYSLOG_IDENTIFIER') ?? textAt(record, '_COMM') ?? 'unknown', host: textAt(record, '_HOSTNAME') ?? 'unknown', message: messageOf(record), pid: numberAt(record, '_PID') ?? numberAt(record, 'SYSLOG_PID'),
  };
  for (const program of programs) {
    const deed = program.read(line);
    if (deed !== undefined) return { record, time, ...line, deed, program };
  }
  return { record, time, ...line, deed: undefined, program: undefined };
}

/** A message that is no valid text is written as a list of its bytes. */
function messageOf(record: JsonObject): string {
  const message = fieldAt(record, 'MESSAGE');
  if (!Array.isArray(message)) return textAt(record, 'MESSAGE') ?? '';
  const bytes = message.slice(0, 65_536).filter((byte): byte is number => typeof byte === 'number' && byte >= 0 && byte < 256);
  return bytes.map((byte) => String.fromCharCode(byte)).join('');
}
