/** What the record of GitHub's audit log says of an event; webhooks are given the same names first. */
import { ocsfClasses, statusOf, userTypes } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt } from '../json-fields.ts';
import type { Classification } from './classify.ts';

export function githubAttributes(record: JsonObject, action: string, kind: Classification): JsonObject {
  return { ...commonOf(record, action), ...attributesOf(record, kind) };
}

function commonOf(record: JsonObject, action: string): JsonObject {
  return {
    ...statusOf(/fail(?:ed|ure)?(?:_|$)|_fail/.test(action) ? 'failure' : 'success'),
    message: textAt(record, 'message'),
    actor: actorOf(record),
    src_endpoint: endpointOf(record),
    http_request: { user_agent: textAt(record, 'user_agent') },
    api: { operation: action, request: requestOf(record), service: { name: 'GitHub' } },
    cloud: {
      provider: 'GitHub',
      org: orgOf(record),
      account: { name: textAt(record, 'business'), uid: textAt(record, 'business_id') },
    },
  };
}

function requestOf(record: JsonObject): JsonObject | undefined {
  const uid = textAt(record, 'request_id');
  return uid === undefined ? undefined : { uid };
}

/** What is done without a person, such as by an app or by GitHub itself, has no `actor`. */
function actorOf(record: JsonObject): JsonObject {
  const name = textAt(record, 'actor');
  const isBot = record.actor_is_bot === true || name?.endsWith('[bot]') === true;
  const email = textAt(record, 'external_identity_nameid');
  return {
    user: {
      name: name ?? 'unknown',
      uid: textAt(record, 'actor_id'),
      type: name === undefined ? 'Unknown' : isBot ? 'Service' : 'User',
      type_id: name === undefined ? userTypes.unknown : isBot ? userTypes.service : userTypes.user,
      email_addr: email?.includes('@') === true ? email : undefined,
      credential_uid: textAt(record, 'token_id'),
    },
    session: { uid: textAt(record, 'hashed_token') },
    app_name: textAt(record, 'programmatic_access_type') ?? textAt(record, 'oauth_application_name'),
  };
}

function endpointOf(record: JsonObject): JsonObject {
  const ip = textAt(record, 'actor_ip');
  const country = textAt(record, 'actor_location', 'country_code');
  return { ...(ip === undefined ? { name: 'unknown' } : { ip }), location: country === undefined ? undefined : { country } };
}

function attributesOf(record: JsonObject, { class: ocsfClass }: Classification): JsonObject {
  switch (ocsfClass.uid) {
    case ocsfClasses.authentication.uid:
      return { user: targetUserOf(record), service: { name: 'GitHub' }, is_remote: true };
    case ocsfClasses.accountChange.uid:
      return { user: targetUserOf(record) };
    case ocsfClasses.userAccess.uid:
      return { user: targetUserOf(record), privileges: privilegesOf(record) ?? ['member'], resources: resourcesOf(record) };
    case ocsfClasses.groupManagement.uid:
      return { group: groupOf(record), user: userOf(record), privileges: privilegesOf(record) };
    case ocsfClasses.entityManagement.uid:
      return { entity: entityOf(record) };
    default:
      return { resources: resourcesOf(record) };
  }
}

/** The user that the action is about; the actor when it names nobody else. */
function targetUserOf(record: JsonObject): JsonObject {
  return userOf(record) ?? { name: textAt(record, 'actor') ?? 'unknown', uid: textAt(record, 'actor_id') };
}

function userOf(record: JsonObject): JsonObject | undefined {
  const name = textAt(record, 'user');
  return name === undefined ? undefined : { name, uid: textAt(record, 'user_id') };
}

function privilegesOf(record: JsonObject): readonly string[] | undefined {
  const granted = ['permission', 'role', 'new_role', 'new_repo_permission'].map((key) => textAt(record, key)).find((text) => text !== undefined);
  return granted === undefined ? undefined : [granted];
}

function orgOf(record: JsonObject): JsonObject {
  return { name: textAt(record, 'org'), uid: textAt(record, 'org_id') };
}

function groupOf(record: JsonObject): JsonObject {
  const team = textAt(record, 'team');
  const org = textAt(record, 'org') ?? textAt(record, 'business') ?? 'unknown';
  return team === undefined ? { name: org, uid: textAt(record, 'org_id'), type: 'Organization' } : { name: team, type: 'Team' };
}

function entityOf(record: JsonObject): JsonObject {
  const org = textAt(record, 'org');
  const name = org ?? textAt(record, 'business') ?? textAt(record, 'name') ?? 'unknown';
  return { name, uid: textAt(record, 'org_id') ?? textAt(record, 'business_id'), type: 'Organization', type_id: 4, org: org === undefined ? undefined : orgOf(record) };
}

function resourcesOf(record: JsonObject): readonly JsonObject[] {
  const found = [
    { name: textAt(record, 'repo'), uid: textAt(record, 'repo_id'), type: 'Repository' },
    { name: textAt(record, 'name'), uid: textAt(record, 'hook_id') ?? textAt(record, 'key_id'), type: 'Setting' },
    { name: textAt(record, 'runner') ?? textAt(record, 'runner_name'), uid: undefined, type: 'Host' },
    { name: textAt(record, 'org'), uid: textAt(record, 'org_id'), type: 'Organization' },
  ];
  return found.filter(({ name }) => name !== undefined);
}
