import { defineMapping } from '#model/unit.ts';
import { databaseEvent, databaseNames } from '../database-deed.ts';
import { asObject, textAt } from '../json-fields.ts';
import { withNames } from '../parts.ts';
import { postgresEntry } from '../postgresql/entry.ts';

/** PostgreSQL's log as text, CSV or JSON, with what pgaudit adds. */
export default defineMapping({
  id: 'postgresql',
  title: 'PostgreSQL log',
  logsource: { product: 'postgresql', service: 'postgresql', category: 'database' },
  hint: { text: '12', keys: ['error_severity'] },
  accepts: (value) => postgresEntry(value) !== undefined,
  map({ value }) {
    const entry = postgresEntry(value);
    if (entry === undefined) return undefined;
    const names = { ...databaseNames(entry), pid: entry.pid };
    const record = typeof value === 'string' ? { ...names, message: value, detail: entry.message } : withNames(asObject(value) ?? {}, names);
    return databaseEvent(entry, { product: { name: 'PostgreSQL', vendor_name: 'PostgreSQL' }, log_name: 'postgresql', correlation_uid: textAt(value, 'session_id') }, { ...(typeof value === 'string' ? { raw_data: value } : {}), unmapped: record });
  },
});
