/** One JSON object that carries many records, as clouds and registries hand them on. */
type Members = { readonly [name: string]: unknown };

/** Undefined: the object is a record itself. */
export function bundledRecords(value: object): readonly unknown[] | undefined {
  const members = value as Members;
  // CloudTrail's files, and Azure's exports in either case.
  if (Array.isArray(own(members, 'Records'))) return members.Records as readonly unknown[];
  const records = filled(own(members, 'records'));
  if (records !== undefined && Object.keys(members).length === 1) return records;
  return logEvents(members) ?? items(members) ?? notifications(members);
}

function own(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function filled(list: unknown): readonly unknown[] | undefined {
  return Array.isArray(list) && list.length > 0 ? (list as readonly unknown[]) : undefined;
}

/** A subscription of CloudWatch Logs: what all events share is given to each. */
function logEvents(members: Members): readonly unknown[] | undefined {
  const events = filled(own(members, 'logEvents'));
  if (events === undefined || own(members, 'logGroup') === undefined) return undefined;
  const { logGroup, logStream, owner } = members;
  return events.map((event) => (typeof event === 'object' && event !== null ? { ...event, logGroup, logStream, owner } : event));
}

/** Lists of the API server of Kubernetes (its webhook backend for audit), and of Google's Reports API. */
function items(members: Members): readonly unknown[] | undefined {
  const kind = own(members, 'kind');
  return kind === 'EventList' || kind === 'admin#reports#activities' ? filled(own(members, 'items')) : undefined;
}

/** Envelopes of container registries, event hooks of Okta, log streams of Auth0. */
function notifications(members: Members): readonly unknown[] | undefined {
  const names = Object.keys(members);
  const events = names.length === 1 ? filled(own(members, 'events')) : undefined;
  if (events?.every((event) => typeof event === 'object' && event !== null && 'target' in event && 'action' in event) === true) return events;
  const hook = own(members, 'eventType') === 'com.okta.event_hook' ? own(members, 'data') : undefined;
  if (typeof hook === 'object' && hook !== null) return filled(own(hook as Members, 'events'));
  const logs = names.length === 1 ? filled(own(members, 'logs')) : undefined;
  return logs?.every((log) => typeof log === 'object' && log !== null && 'log_id' in log) === true ? logs : undefined;
}
