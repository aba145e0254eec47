import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { syslogLine, syslogStart } from '../syslog-line.ts';

/** Severities 0 to 7 of RFC 5424, section 6.2.1. */
const severities: readonly Severity[] = ['critical', 'critical', 'critical', 'high', 'medium', 'informational', 'informational', 'informational'];

/** A line of syslog of any program. */
export default defineMapping({
  id: 'syslog',
  title: 'Syslog',
  logsource: { product: 'linux', service: 'syslog' },
  general: true,
  hint: { text: syslogStart },
  accepts: (value) => syslogLine(value) !== undefined,
  map({ value }) {
    const line = syslogLine(value);
    if (line === undefined) return undefined;
    return buildEvent({
      class: ocsfClasses.baseEvent,
      activity: 0,
      severity: severities[line.severity ?? 6] ?? 'informational',
      time: line.time,
      metadata: { product: { name: line.app, vendor_name: 'unknown' }, log_name: 'syslog', original_time: line.written, loggers: [{ name: line.host }] },
      attributes: { message: line.message, raw_data: value, unmapped: { message: line.message, host: line.host, process: line.app } },
    });
  },
});
