import { defineMapping } from '#model/unit.ts';
import { errorEvent } from '../error-line.ts';
import type { ErrorLine } from '../error-line.ts';
import { timeOf } from '../json-fields.ts';

const line = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) \[(debug|info|notice|warn|error|crit|alert|emerg)\] \d{1,10}#\d{1,10}: (?:\*\d{1,15} )?(.{0,32768})$/s;
const context = /, (client|server|request|upstream|host|referrer): ("(?:[^"\\]|\\.){0,8192}"|[^,]{1,512})/g;

/** nginx's error log; what it was doing for whom stands at the end of the line. */
export default defineMapping({
  id: 'nginx-error',
  title: 'nginx error log',
  logsource: { product: 'nginx', service: 'nginx', category: 'webserver' },
  hint: { text: '12' },
  accepts: (value) => typeof value === 'string' && line.test(value),
  map({ value }) {
    const found = read(value);
    return found === undefined ? undefined : errorEvent(found, { product: { name: 'nginx', vendor_name: 'nginx' }, log_name: 'error' }, value);
  },
});

function read(value: unknown): ErrorLine | undefined {
  const found = typeof value === 'string' ? line.exec(value) : null;
  const time = timeOf(`${found?.[1]}-${found?.[2]}-${found?.[3]}T${found?.[4]}Z`);
  if (found === null || time === undefined) return undefined;
  const text = found[6] ?? '';
  const names = new Map([...text.matchAll(context)].slice(0, 12).map(([, name = '', part = '']) => [name, part.replace(/^"|"$/g, '')]));
  return { time, level: found[5] ?? '', text: text.replace(/, client: .*$/s, ''), client: names.get('client'), names: Object.fromEntries(names) };
}
