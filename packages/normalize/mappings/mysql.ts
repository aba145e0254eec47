import { defineMapping } from '#model/unit.ts';
import { databaseEvent, databaseNames } from '../database-deed.ts';
import { asObject } from '../json-fields.ts';
import { mysqlEntry } from '../mysql/entry.ts';
import { withNames } from '../parts.ts';

/** MySQL, MariaDB, Percona Server and Aurora: error log, general log, audit log. */
export default defineMapping({
  id: 'mysql',
  title: 'MySQL and MariaDB logs',
  logsource: { product: 'mysql', service: 'mysql', category: 'database' },
  hint: { text: '12', keys: ['audit_record', 'class'] },
  accepts: (value) => mysqlEntry(value) !== undefined,
  map({ value }) {
    const deed = mysqlEntry(value);
    if (deed === undefined) return undefined;
    const record = typeof value === 'string' ? { ...databaseNames(deed), message: value } : withNames(asObject(value) ?? {}, databaseNames(deed));
    return databaseEvent(deed, { product: { name: 'MySQL', vendor_name: 'Oracle' }, log_name: 'mysql' }, { ...(typeof value === 'string' ? { raw_data: value } : {}), unmapped: record });
  },
});
