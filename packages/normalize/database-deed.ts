/** What a database says was done: a sign-in, a statement, an error. */
import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { EventSeed } from '#formats/ocsf.ts';
import type { Event } from '#model/event.ts';
import { severityOfWord } from './error-line.ts';
import type { JsonObject } from './json-fields.ts';
import { endpointOf, userOf } from './parts.ts';
import type { Outcome } from './parts.ts';

export interface DatabaseDeed {
  readonly kind: 'logon' | 'logoff' | 'statement' | 'other';
  readonly time: number;
  readonly level: string;
  readonly message: string;
  readonly outcome: Outcome;
  readonly user?: string | undefined;
  readonly database?: string | undefined;
  readonly client?: string | undefined;
  readonly clientPort?: number | undefined;
  readonly app?: string | undefined;
  readonly statement?: string | undefined;
  /** What the statement touched, as the log names it. */
  readonly object?: string | undefined;
  readonly code?: string | undefined;
  /** How many rows it gave or touched, where the log counts them. */
  readonly rows?: number | undefined;
}

const verbs: readonly (readonly [RegExp, number])[] = [
  [/^(?:select|with|show|explain|fetch|table|values)\b/i, 1], [/^(?:insert|load|copy|import|replace|merge)\b/i, 5], [/^(?:update|alter|grant|revoke|set|rename|comment|reindex|vacuum)\b/i, 2], [/^(?:create)\b/i, 6], [/^(?:delete|drop|truncate)\b/i, 7],
];

export function databaseEvent(deed: DatabaseDeed, metadata: EventSeed['metadata'], attributes: JsonObject): Event {
  const { kind, statement = '' } = deed;
  const user = userOf(deed.user);
  const server = { name: metadata.product.name };
  const shared = { ...statusOf(deed.outcome), status_code: deed.code, message: deed.message, ...attributes };
  const base = { severity: severityOfWord(deed.level), time: deed.time, metadata: { ...metadata, log_level: deed.level } };
  const from = endpointOf(deed.client, { port: deed.clientPort });
  if (kind === 'logon' || kind === 'logoff') {
    return buildEvent({ ...base, severity: 'informational', class: ocsfClasses.authentication, activity: kind === 'logon' ? 1 : 2, attributes: { user, service: server, src_endpoint: from, is_remote: deed.client !== undefined, ...shared } });
  }
  if (kind === 'other') return buildEvent({ ...base, class: ocsfClasses.applicationError, activity: 1, attributes: shared });
  const verb = /^\s{0,64}(?:\/\*.{0,512}?\*\/\s{0,64})?([A-Za-z]{2,16})/s.exec(statement)?.[1]?.toUpperCase();
  return buildEvent({
    ...base, class: ocsfClasses.datastoreActivity, activity: verbs.find(([pattern]) => pattern.test(verb ?? ''))?.[1] ?? 4,
    attributes: {
      actor: { user, app_name: deed.app }, src_endpoint: from,
      // Attribute `type_id` of the database object: 1 is relational.
      database: { name: deed.database ?? 'unknown', type: 'Relational', type_id: 1 },
      query_info: { name: verb ?? 'unknown', query_string: statement },
      table: deed.object === undefined ? undefined : { name: deed.object },
      ...shared,
    },
  });
}

/** Names for rules of Sigma's category `database`, alike for every product. */
export function databaseNames({ user, database, client, app, statement, object, level, code, message, rows }: DatabaseDeed): JsonObject {
  return { ...(rows === undefined ? {} : { rows }), message, user, database, client_ip: client, application_name: app, statement, object_name: object, level, state_code: code };
}
