import { defineMapping } from '#model/unit.ts';
import { awsAccount } from '../cloudtrail/identity.ts';
import { queryEvent, queryNames, withoutRoot } from '../dns-query.ts';
import type { DnsQuery } from '../dns-query.ts';
import { portAt } from '../flow.ts';
import { asObject, listAt, textAt, timeOf } from '../json-fields.ts';
import { withNames } from '../parts.ts';

const logsource = { product: 'aws', service: 'route53', category: 'dns' };

/** Query logs of the Route 53 Resolver ("Values that appear in Resolver query logs"). */
export default defineMapping({
  id: 'route53-resolver',
  title: 'Route 53 resolver query log',
  logsource,
  hint: { keys: ['query_name'] },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const query = read(value);
    if (record === undefined || query === undefined) return undefined;
    const metadata = { product: { name: 'Route 53 Resolver', vendor_name: 'AWS' }, log_name: 'resolver_query', log_version: textAt(record, 'version'), event_code: textAt(record, 'firewall_rule_action'), profiles: ['cloud'] };
    return queryEvent(query, metadata, { cloud: { provider: 'AWS', region: textAt(record, 'region'), account: awsAccount(textAt(record, 'account_id')) }, unmapped: withNames(record, queryNames(query)) });
  },
  glance({ value }) {
    const record = asObject(value);
    const query = read(value);
    return record === undefined || query === undefined ? undefined : { logsource, time: query.time, record: withNames(record, queryNames(query)) };
  },
});

function read(value: unknown): DnsQuery | undefined {
  const name = textAt(value, 'query_name');
  const time = timeOf(textAt(value, 'query_timestamp'));
  if (name === undefined || time === undefined || textAt(value, 'rcode') === undefined) return undefined;
  const answers = listAt(value, 'answers').slice(0, 100).flatMap((answer) => {
    const rdata = textAt(answer, 'Rdata');
    return rdata === undefined ? [] : [{ rdata, type: textAt(answer, 'Type') }];
  });
  return {
    time, name: withoutRoot(name), type: textAt(value, 'query_type'), class: textAt(value, 'query_class'), client: textAt(value, 'srcaddr'), clientPort: portAt(value, 'srcport'), protocol: textAt(value, 'transport'), code: textAt(value, 'rcode'), answers,
    blocked: textAt(value, 'firewall_rule_action') === 'BLOCK',
  };
}
