import { defineMapping } from '#model/unit.ts';
import { keyValueLine } from '../key-value-line.ts';
import { programEvent, programOf } from '../program-log.ts';

/** Lines of `key=value` (logfmt), as many programs in Go and others write them, also within syslog. */
export default defineMapping({
  id: 'key-value',
  title: 'Log of key=value',
  logsource: { service: 'log', category: 'application' },
  general: true,
  hint: { text: true },
  accepts: (value) => keyValueLine(value) !== undefined,
  map(record) {
    const line = keyValueLine(record.value);
    if (line === undefined) return undefined;
    const { fields, level, text, host } = line;
    const program = line.app ?? programOf(record.source);
    const names = { ...fields, message: record.value, text, ...(level === undefined ? {} : { level }), process: program, ...(host === undefined ? {} : { host }) };
    return programEvent({ ...line, logger: fields.logger ?? fields.component }, program, record, names);
  },
});
