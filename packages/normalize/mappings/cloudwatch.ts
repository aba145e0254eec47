import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { withInnerJson } from '../inner-json.ts';
import { asObject, textAt, timeOf } from '../json-fields.ts';
import { awsAccount } from '../cloudtrail/identity.ts';
import { withNames } from '../parts.ts';

/** One event of a log group of CloudWatch, as subscriptions, exports and the API give it; what it carries is tried first. */
export default defineMapping({
  id: 'cloudwatch',
  title: 'Amazon CloudWatch log event',
  logsource: { product: 'aws', service: 'cloudwatch' },
  hint: { keys: ['logGroup', 'logGroupName', '@logStream', 'logStreamName', 'logStream'] },
  accepts: (value) => messageIn(value) !== undefined && (streamIn(value) ?? textAt(value, 'logGroup') ?? textAt(value, 'logGroupName')) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const message = messageIn(value);
    if (record === undefined || message === undefined) return undefined;
    const group = textAt(record, 'logGroup') ?? textAt(record, 'logGroupName') ?? textAt(record, '@log');
    return buildEvent({
      class: ocsfClasses.baseEvent, activity: 0, severity: 'informational', time: timeIn(value),
      metadata: { product: { name: 'CloudWatch Logs', vendor_name: 'AWS' }, uid: textAt(record, 'id') ?? textAt(record, 'eventId'), log_name: group, log_source: streamIn(value), profiles: ['cloud'] },
      attributes: { message, cloud: { provider: 'AWS', account: awsAccount(textAt(record, 'owner')) }, unmapped: withNames(record, { message }) },
    });
  },
  inner({ value }) {
    const inner = withInnerJson(messageIn(value));
    return inner === undefined ? undefined : { value: inner, time: timeIn(value) };
  },
});

function messageIn(value: unknown): string | undefined {
  return textAt(value, 'message') ?? textAt(value, '@message');
}

function streamIn(value: unknown): string | undefined {
  return textAt(value, 'logStream') ?? textAt(value, 'logStreamName') ?? textAt(value, '@logStream');
}

function timeIn(value: unknown): number {
  const record = asObject(value);
  return timeOf(record?.timestamp) ?? timeOf(record?.['@timestamp']) ?? 0;
}
