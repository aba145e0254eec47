import { buildEvent } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { classify } from '../github-audit/classify.ts';
import { githubAttributes } from '../github-audit/event.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { withNames } from '../parts.ts';
import { runOfAuditEntry } from '../pipeline-run/github.ts';

/** Entries of GitHub's audit log: exported, streamed, or from the REST API. */
export default defineMapping({
  id: 'github-audit',
  title: 'GitHub audit log',
  logsource: { product: 'github', service: 'audit' },
  hint: { keys: ['action'] },
  accepts: (value) => /^[a-z0-9_]+\.[a-z0-9_.]+$/.test(textAt(value, 'action') ?? '') && timeField(value) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const time = timeField(value);
    const action = textAt(record, 'action');
    if (record === undefined || time === undefined || action === undefined) return undefined;
    const kind = classify(action);
    return buildEvent({
      ...kind,
      activityName: action,
      severity: 'informational',
      time,
      metadata: {
        product: { name: 'GitHub', vendor_name: 'GitHub' },
        uid: textAt(record, '_document_id'),
        log_name: 'audit',
        event_code: action,
        profiles: ['cloud'],
      },
      attributes: { ...githubAttributes(record, action, kind), unmapped: withNames(record, { pipeline_run: runOfAuditEntry(record, action) }) },
    });
  },
});

function timeField(value: unknown): number | undefined {
  return timeOf(fieldAt(value, '@timestamp')) ?? timeOf(fieldAt(value, 'created_at'));
}
