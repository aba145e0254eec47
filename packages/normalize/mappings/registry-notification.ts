import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { addressAndPort, knownMethod } from '../http-exchange.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, named, numberAt, userOf, withNames } from '../parts.ts';

const activities: ReadonlyMap<string, number> = new Map([['push', 1], ['mount', 1], ['pull', 2], ['delete', 4]]);

/** Notifications of a container registry that is built on Docker's distribution: one event, or an envelope of one. */
export default defineMapping({
  id: 'registry-notification',
  title: 'Container registry notification',
  logsource: { product: 'docker', service: 'registry' },
  hint: { keys: ['target', 'events'] },
  accepts: (value) => eventOf(value) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const event = eventOf(value);
    const time = timeOf(event?.timestamp);
    const action = textAt(event, 'action');
    if (record === undefined || event === undefined || time === undefined || action === undefined) return undefined;
    const [client, port] = addressAndPort(textAt(event, 'request', 'addr'));
    const names = namesOf(event, client);
    return buildEvent({
      class: ocsfClasses.apiActivity, activity: activities.get(action) ?? 99, activityName: action, severity: 'informational', time,
      metadata: { product: { name: 'Distribution', vendor_name: 'CNCF' }, uid: textAt(event, 'id'), log_name: 'registry', log_source: textAt(event, 'source', 'addr'), event_code: action },
      attributes: {
        ...statusOf('success'),
        actor: { user: userOf(textAt(event, 'actor', 'name')) },
        src_endpoint: endpointOf(client, { port }),
        http_request: { http_method: knownMethod(textAt(event, 'request', 'method')), user_agent: textAt(event, 'request', 'useragent'), uid: textAt(event, 'request', 'id') },
        api: { operation: action, service: { name: textAt(event, 'request', 'host') ?? 'registry' } },
        resources: named([{ name: textAt(names, 'image'), uid: textAt(event, 'target', 'digest'), type: textAt(event, 'target', 'mediaType') }]),
        unmapped: withNames(record, names),
      },
    });
  },
});

/** `repository:tag`, as a person writes it. */
function namesOf(event: JsonObject, client: string | undefined): JsonObject {
  const [repository, tag] = [textAt(event, 'target', 'repository'), textAt(event, 'target', 'tag')];
  const image = repository === undefined || tag === undefined ? repository : `${repository}:${tag}`;
  return {
    action: textAt(event, 'action'), repository, tag, image, digest: textAt(event, 'target', 'digest'), size: numberAt(event, 'target', 'size'), user: textAt(event, 'actor', 'name'), src_ip: client, user_agent: textAt(event, 'request', 'useragent'),
  };
}

function eventOf(value: unknown): JsonObject | undefined {
  const events = listAt(value, 'events');
  const event = events.length === 1 ? asObject(events[0]) : asObject(value);
  const complete = objectAt(event, 'target') !== undefined && objectAt(event, 'request') !== undefined && textAt(event, 'action') !== undefined && timeOf(event?.timestamp) !== undefined;
  return complete ? event : undefined;
}
