import { buildEvent, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { auditEntry } from '../auditd/entry.ts';
import type { AuditEntry } from '../auditd/entry.ts';
import { auditAttributes, auditKind, auditOutcome } from '../auditd/event.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, textAt } from '../json-fields.ts';
import { withNames } from '../parts.ts';

const logsource = { product: 'linux', service: 'auditd' };

const line = /type=\w{2,32} (?:msg=)?audit\(\d{9,11}\.\d{3}:/;

/** The Linux audit system: lines of auditd, and the JSON of auditbeat and of laurel. */
export default defineMapping({
  id: 'auditd',
  title: 'Linux audit',
  logsource,
  hint: { text: true, keys: ['auditd', 'ID'] },
  accepts: (value) => (typeof value === 'string' ? value.includes('audit(') && line.test(value) : auditEntry(value) !== undefined),
  map({ value }) {
    const entry = auditEntry(value);
    if (entry === undefined) return undefined;
    const kind = auditKind(entry);
    return buildEvent({
      ...kind,
      activityName: entry.types[0] ?? 'audit',
      severity: 'informational',
      time: entry.time,
      metadata: { product: { name: 'Linux Audit', vendor_name: 'Linux' }, log_name: 'audit', event_code: entry.types[0], correlation_uid: entry.serial, tags: tagsOf(entry) },
      attributes: { ...statusOf(auditOutcome(entry)), ...auditAttributes(entry, kind), ...(typeof value === 'string' ? { raw_data: value } : {}), unmapped: recordOf(value, entry) },
    });
  },
  glance({ value }) {
    const entry = auditEntry(value);
    return entry === undefined ? undefined : { logsource, time: entry.time, record: recordOf(value, entry) };
  },
});

function recordOf(value: unknown, { fields, host }: AuditEntry): JsonObject {
  return typeof value === 'string' ? withNames({ ...fields, message: value }, { host }) : withNames(asObject(value) ?? {}, fields);
}

/** The key of the rule that had the kernel write the record. */
function tagsOf({ fields }: AuditEntry): readonly JsonObject[] | undefined {
  const key = textAt(fields, 'key');
  return key === undefined || key === '(null)' ? undefined : [{ name: 'key', value: key }];
}
