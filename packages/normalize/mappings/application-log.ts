import { defineMapping } from '#model/unit.ts';
import { applicationLine, applicationStart } from '../application-line.ts';
import { programEvent, programOf } from '../program-log.ts';

/** Lines of programs that write a time and how grave it is: Java, Python, Go, .NET and most others. */
export default defineMapping({
  id: 'application-log',
  title: 'Log of an application',
  logsource: { service: 'log', category: 'application' },
  general: true,
  hint: { text: applicationStart },
  accepts: (value) => applicationLine(value) !== undefined,
  map(record) {
    const line = applicationLine(record.value);
    if (line === undefined) return undefined;
    const { level, logger, text } = line;
    const program = programOf(record.source);
    return programEvent(line, program, record, { message: record.value, text, level, process: program, ...(logger === undefined ? {} : { logger }) });
  },
});
