/** One activity of Google Workspace's Reports API (resource `admin#reports#activity`). */
import type { JsonObject } from './json-fields.ts';
import { asObject, fieldAt, listAt, objectAt, textAt } from './json-fields.ts';
import { endpointOf, userKind, userOf } from './parts.ts';

export interface WorkspaceEntry {
  readonly application: string;
  /** The first of its events; the API lists several when one action made them. */
  readonly event: string;
  readonly parameters: ReadonlyMap<string, unknown>;
}

export function applicationOf(value: unknown): string | undefined {
  return objectAt(value, 'id') === undefined || listAt(value, 'events').length === 0 ? undefined : textAt(value, 'id', 'applicationName');
}

export function workspaceEntry(record: JsonObject): WorkspaceEntry | undefined {
  const application = applicationOf(record);
  const event = textAt(listAt(record, 'events')[0], 'name');
  if (application === undefined || event === undefined) return undefined;
  const parameters = new Map<string, unknown>();
  for (const item of listAt(record, 'events').slice(0, 50).flatMap((one) => listAt(one, 'parameters').slice(0, 200))) {
    const name = textAt(item, 'name');
    const value = ['value', 'boolValue', 'intValue', 'multiValue'].map((key) => fieldAt(item, key)).find((found) => found !== undefined);
    if (name !== undefined && value !== undefined && !parameters.has(name)) parameters.set(name, value);
  }
  return { application, event, parameters };
}

/** The names that public rules use: those of the same entries in Google Cloud's logging. */
export function workspaceNames({ application, event, parameters }: WorkspaceEntry): JsonObject {
  const given = [...parameters].map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => /^[a-z_]{1,64}$/.test(name));
  return { ...Object.fromEntries(given), eventService: `${application}.googleapis.com`, eventName: event };
}

export function workspaceActor(record: JsonObject): JsonObject {
  const email = textAt(record, 'actor', 'email') ?? textAt(record, 'actor', 'key');
  return { user: userOf(email, textAt(record, 'actor', 'profileId'), userKind(textAt(record, 'actor', 'callerType') === 'KEY' ? 'service' : email === undefined ? 'unknown' : 'user')) };
}

export function workspaceEndpoint(record: JsonObject): JsonObject {
  const place = asObject(record.networkInfo);
  return endpointOf(textAt(record, 'ipAddress'), { location: { country: textAt(place, 'regionCode'), region: textAt(place, 'subdivisionCode') } });
}

export function workspaceMetadata(record: JsonObject, entry: WorkspaceEntry): { readonly product: { readonly name: string; readonly vendor_name: string }; readonly [key: string]: unknown } {
  return {
    product: { name: 'Google Workspace', vendor_name: 'Google' },
    uid: textAt(record, 'id', 'uniqueQualifier'), log_name: entry.application, event_code: entry.event,
    original_time: textAt(record, 'id', 'time'), tenant_uid: textAt(record, 'id', 'customerId'), profiles: ['cloud'],
  };
}
