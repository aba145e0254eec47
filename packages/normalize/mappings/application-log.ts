import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { applicationLine, applicationStart } from '../application-line.ts';
import type { ApplicationLine } from '../application-line.ts';
import { severityOfWord } from '../error-line.ts';
import type { JsonObject } from '../json-fields.ts';
import { programOf } from '../program-of.ts';

/** Lines of programs that write a time and how grave it is: Java, Python, Go, .NET and most others. */
export default defineMapping({
  id: 'application-log',
  title: 'Log of an application',
  logsource: { service: 'log', category: 'application' },
  general: true,
  hint: { text: applicationStart },
  accepts: (value) => applicationLine(value) !== undefined,
  map({ value, source }) {
    const line = applicationLine(value);
    if (line === undefined) return undefined;
    return buildEvent({
      class: ocsfClasses.baseEvent, activity: 0, severity: severityOfWord(line.level), time: line.time,
      metadata: { product: { name: programOf(source), vendor_name: 'unknown' }, log_name: line.logger, log_level: line.level, log_source: source },
      attributes: { message: line.text, raw_data: value, unmapped: recordOf(line, value, source) },
    });
  },
});

function recordOf({ level, logger, text }: ApplicationLine, message: unknown, source: string): JsonObject {
  return { message, text, level, process: programOf(source), ...(logger === undefined ? {} : { logger }) };
}
