import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { ciJobLine } from '../ci-job-line.ts';
import type { CiJobLine } from '../ci-job-line.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';

/** Lines of the logs of CI jobs: GitHub Actions and GitLab. */
export default defineMapping({
  id: 'ci-job-log',
  title: 'CI job log',
  logsource: { service: 'job_log', category: 'application' },
  hint: { text: '\ufeff\u001b12s' },
  accepts: (value) => ciJobLine(value) !== undefined,
  map({ value, source }) {
    const line = ciJobLine(value);
    if (line === undefined) return undefined;
    const { forge, command } = line;
    return buildEvent({
      class: ocsfClasses.baseEvent, activity: 0, severity: command === 'error' ? 'low' : 'informational', time: line.time,
      metadata: { product: forge === 'github' ? { name: 'GitHub Actions', vendor_name: 'GitHub' } : { name: 'GitLab CI', vendor_name: 'GitLab' }, log_name: 'job', event_code: command },
      attributes: { message: line.text, raw_data: value, unmapped: recordOf(line, value, source) },
    });
  },
  glance({ value, source }) {
    const line = ciJobLine(value);
    return line === undefined ? undefined : { logsource: { product: line.forge, service: 'job_log', category: 'application' }, time: line.time, record: recordOf(line, value, source) };
  },
});

/** `log`: the file or listener that the line came by; jobs write a log each. */
function recordOf({ forge, text, command, run }: CiJobLine, message: unknown, log: string): JsonObject {
  return { message, text, forge, log, ...(command === undefined ? {} : { command }), ...(run === undefined ? {} : { run }) };
}
