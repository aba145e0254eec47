/** What an OCSF event says was done, as a clause for a person: who did what to what, from where. Identifiers only, never the content of a request. */
import type { Event } from '#model/event.ts';
import { clip } from './clip.ts';
import { foreignAccess } from './data-leaving.ts';
import { memberAt, memberText } from './ocsf-member.ts';
import { visibleText } from './visible-text.ts';

/** What is said where the event does not say it. */
const [nobody, acted] = ['somebody', 'acted'];

/** Names are told apart by their beginning, paths also by their end. */
const [longestPart, longestEnd] = [80, 51];

export function deedOf(event: Event): string {
  return event.class_uid === 2004 ? foundOf(event) : actOf(event);
}

/** What another product found: about whom or what, from where to where. Empty where it says nothing of that. */
function foundOf(event: Event): string {
  const of = (first: string, ...rest: readonly string[]): string | undefined => named(text(event, 'evidences', '0', first, ...rest) ?? text(event, first, ...rest));
  const [host, origin, destination] = [machineOf(event), of('src_endpoint', 'ip') ?? of('src_endpoint', 'hostname'), of('dst_endpoint', 'ip') ?? of('dst_endpoint', 'hostname')];
  const [user, program, file, name] = [of('actor', 'user', 'name'), of('process', 'name') ?? of('actor', 'process', 'name'), of('file', 'path'), of('query', 'hostname') ?? of('url', 'hostname')];
  const place = text(event, 'resources', '0', 'type') === 'Agent' ? undefined : named(text(event, 'resources', '0', 'name'));
  return said([
    user, program === undefined ? undefined : user === undefined ? program : `with ${program}`, file === undefined || (user ?? program) === undefined ? file : `and the file ${file}`, name === undefined ? undefined : `about ${name}`, place === undefined || place === host ? undefined : `in ${place}`,
    origin === undefined || origin === host ? undefined : `from ${origin}`, destination === undefined || destination === host ? undefined : `to ${destination}`, host === undefined ? undefined : `on ${host}`,
  ]);
}

function actOf(event: Event): string {
  const target = objectOf(event);
  const origin = 'src_endpoint' in event ? text(event, 'src_endpoint', 'ip') ?? text(event, 'src_endpoint', 'hostname') ?? named(text(event, 'src_endpoint', 'name')) : undefined;
  const host = machineOf(event);
  const [subject, verb] = [subjectOf(event), verbOf(event)];
  // Of a record that no mapping knows, nothing is known but where it came from.
  if (subject === nobody && verb === acted && (target ?? '') === '' && origin === undefined) return recordOf(event);
  const clause = said([subject, verb, target, origin === undefined || origin === host ? undefined : `from ${origin}`, host === undefined || host === 'unknown' ? undefined : `on ${host}`]);
  if (event.status_id === 2) return `${clause} (it failed)`;
  const opened = openedBy(event);
  return opened === undefined ? clause : `${clause}, which ${opened}`;
}

/** To whom a call opened what it was about. */
function openedBy(event: Event): string | undefined {
  const operation = memberText(event, 'api', 'operation');
  const request = memberAt(event, 'unmapped', 'requestParameters');
  const found = operation === undefined || request === undefined ? undefined : foreignAccess(operation, request, memberText(event, 'cloud', 'account', 'uid'));
  return found === undefined ? undefined : visibleText(clip(found.what, 2 * longestPart));
}

function recordOf(event: Event): string {
  const [source, host] = [text(event, 'metadata', 'log_source'), machineOf(event)];
  const name = source?.replace(/^.*[\\/](?=[^\\/])/, '');
  const number = memberAt(event, 'metadata', 'sequence');
  return said([typeof number === 'number' && name !== undefined ? `record ${number}` : 'a record', name === undefined ? undefined : `of ${name}`, host === undefined || host === 'unknown' ? undefined : `on ${host}`]);
}

function machineOf(event: Event): string | undefined {
  return 'device' in event ? text(event, 'device', 'hostname') ?? text(event, 'device', 'name') : undefined;
}

function said(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** The actor, or the program that acted where no one is named. */
function subjectOf(event: Event): string {
  const hasActor = 'actor' in event;
  const actor = hasActor ? named(text(event, 'actor', 'user', 'name')) ?? text(event, 'actor', 'user', 'email_addr') ?? text(event, 'actor', 'user', 'uid') : undefined;
  const user = actor ?? ('process' in event ? named(text(event, 'process', 'user', 'name')) : undefined);
  const program = hasActor ? named(text(event, 'actor', 'process', 'name')) : undefined;
  if (event.class_uid === 3002) return signerOf(event, user) ?? program ?? nobody;
  if (user !== undefined) return program === undefined ? user : `${user} with ${program}`;
  const app = text(event, 'actor', 'app_name');
  // A browser is nobody.
  return program ?? (hasActor ? text(event, 'actor', 'invoked_by') ?? (app?.startsWith('Mozilla/') === true ? undefined : app) : undefined) ?? nobody;
}

/** Who logs on; where a person takes another's account, both. A machine that lets somebody in does not log on. */
function signerOf(event: Event, actor: string | undefined): string | undefined {
  const user = named(text(event, 'user', 'name')) ?? text(event, 'user', 'uid');
  if (actor === undefined || user === undefined || actor.toLowerCase() === user.toLowerCase()) return user ?? actor;
  return /\$$|^(?:SYSTEM|LOCAL SERVICE|NETWORK SERVICE)$/i.test(actor) ? user : actor;
}

type Verb = string | ((event: Event) => string);

/** By class and activity (OCSF 1.8.0); 0 stands for every other activity of the class. */
const verbs: ReadonlyMap<number, ReadonlyMap<number, Verb>> = new Map([
  [1001, words({ 0: 'touched', 1: (event) => (isPipe(event) ? 'made' : 'wrote'), 2: 'read', 3: 'changed', 4: 'deleted', 5: 'renamed', 6: 'set attributes of', 7: 'set rights of', 14: 'opened' })],
  [1006, words({ 0: 'acted on the job', 1: 'made the job', 2: 'changed the job', 3: 'deleted the job', 4: 'enabled the job', 5: 'disabled the job', 6: 'started a job' })],
  [1005, words({ 0: 'loaded', 2: 'unloaded' })],
  [1007, words({ 0: 'acted on', 1: 'started', 2: 'ended', 3: 'opened the memory of', 4: 'injected code into', 5: 'changed the user of' })],
  [1008, words({ 0: 'acted on the event log', 1: 'cleared the event log', 2: 'deleted the event log', 10: 'disabled the event log' })],
  [1009, words({ 0: 'ran a script' })],
  [201_001, words({ 0: 'changed the registry key', 4: 'deleted the registry key', 2: 'read the registry key' })],
  [201_002, words({ 0: 'set the registry value', 1: 'read the registry value', 4: 'deleted the registry value' })],
  [201_004, words({ 0: 'acted on the service', 1: 'installed the service', 2: 'changed the service', 3: 'started the service', 4: 'stopped the service', 7: 'deleted the service' })],
  [3001, words({ 0: 'changed an account', 1: 'made an account', 2: 'enabled an account', 3: 'changed the password', 4: 'reset the password', 5: 'disabled an account', 6: 'deleted an account', 7: 'attached a policy to an account', 8: 'took a policy from an account', 9: 'locked an account', 10: 'set up a second factor', 11: 'turned off the second factor', 12: 'unlocked an account' })],
  [3002, words({ 0: 'signed in', 1: signedIn, 2: 'signed out', 3: 'asked for a ticket', 4: 'asked for a service ticket', 7: signedIn })],
  [3004, words({ 0: 'changed', 1: 'made', 2: 'read', 4: 'deleted', 5: 'moved', 6: 'enrolled', 7: 'took out', 8: 'enabled', 9: 'disabled', 10: 'activated', 11: 'deactivated', 12: 'suspended', 13: 'resumed' })],
  [3005, words({ 0: 'changed rights', 1: 'gave rights', 2: 'took away rights' })],
  [3006, words({ 0: 'changed the group', 3: (event) => addedTo(event, 'added'), 4: (event) => addedTo(event, 'removed'), 5: 'deleted the group', 6: 'made the group' })],
  [4001, words({ 0: 'talked', 1: 'connected', 2: 'ended a connection', 5: 'was refused a connection', 6: 'sent traffic' })],
  [4002, words({ 0: 'requested', 2: 'sent DELETE to', 6: 'posted to', 7: 'put to' })],
  [4003, words({ 0: 'asked for the name' })],
  [6002, words({ 0: 'changed', 1: 'installed', 2: 'removed', 3: 'started', 4: 'stopped', 5: 'restarted', 6: 'enabled', 7: 'disabled', 8: 'updated' })],
  [6005, words({ 0: 'used', 1: 'read', 2: 'changed', 3: 'connected to', 4: 'queried', 5: 'wrote', 6: 'made', 7: 'deleted', 8: 'listed', 9: 'encrypted', 10: 'decrypted' })],
  [6008, words({ 0: 'met an error' })],
  [4007, words({ 0: 'used SSH', 1: 'opened an SSH connection' })],
]);

function words(table: Readonly<Record<number, Verb>>): ReadonlyMap<number, Verb> {
  return new Map(Object.entries(table).map(([activity, verb]) => [Number(activity), verb]));
}

/** Calls of an API by their own name; what has no class by the source's word for it. */
function verbOf(event: Event): string {
  const operation = text(event, 'api', 'operation');
  const table = verbs.get(event.class_uid);
  const verb = table?.get(event.activity_id) ?? table?.get(0);
  if (operation !== undefined) return verb === signedIn ? `signed in (${operation})` : `called ${operation}`;
  if (verb !== undefined) return typeof verb === 'string' ? verb : verb(event);
  const word = text(event, 'activity_name');
  if (word !== undefined && !['Unknown', 'Other'].includes(word)) return `did ${word}`;
  const code = text(event, 'metadata', 'event_code');
  return code === undefined ? acted : `acted (event ${code} of ${text(event, 'metadata', 'log_name') ?? 'its log'})`;
}

/** Who came into a group, and who went. */
function addedTo(event: Event, verb: string): string {
  const member = named(text(event, 'user', 'name')) ?? text(event, 'user', 'uid') ?? 'a member';
  return `${verb} ${member} ${verb === 'added' ? 'to' : 'from'} the group`;
}

function signedIn(event: Event): string {
  return event.status_id === 2 ? 'tried to sign in' : 'signed in';
}

const objects: readonly (readonly [first: string, ...rest: readonly string[]])[] = [
  ['file', 'path'], ['module', 'file', 'path'], ['reg_value', 'path'], ['reg_key', 'path'], ['query', 'hostname'],
  ['win_service', 'name'], ['log_name'], ['process', 'name'], ['resources', '0', 'name'], ['resources', '0', 'uid'], ['http_request', 'url', 'path'], ['entity', 'name'], ['group', 'name'],
];

/** What it was done to: the first of what the class is about, by its name. */
function thingOf(event: Event): string | undefined {
  let found: string | undefined;
  for (const path of objects) if (Object.hasOwn(event, path[0])) found ??= named(text(event, ...path));
  // The command line of a job of cron is its name.
  if (Object.hasOwn(event, 'job') && text(event, 'job', 'cmd_line') === undefined) found ??= named(text(event, 'job', 'name'));
  if (found === undefined) return undefined;
  // What stands behind a question mark is content.
  if (Object.hasOwn(event, 'http_request')) return found.replace(/\?.*$/s, '');
  const value = text(event, 'reg_value', 'name');
  if (value !== undefined && !found.endsWith(`\\${value}`)) return `${found}\\${value}`;
  return isPipe(event) ? `the pipe ${found}` : found;
}

/** What it was done to, for whom, with what and where to. */
function objectOf(event: Event): string | undefined {
  const found = thingOf(event);
  const whom = !('user' in event) ? undefined : named(text(event, 'user', 'name')) ?? text(event, 'user', 'uid');
  const isMember = event.class_uid === 3006 && (event.activity_id === 3 || event.activity_id === 4) && text(event, 'api', 'operation') === undefined;
  const user = isMember || whom === undefined || whom === (event.class_uid === 3002 ? subjectOf(event) : text(event, 'actor', 'user', 'name')) ? undefined : whom;
  const policy = named(text(event, 'policies', '0', 'name'));
  const destination = event.class_uid === 4001 || event.class_uid === 4007 ? text(event, 'dst_endpoint', 'ip') ?? text(event, 'dst_endpoint', 'hostname') : undefined;
  const to = destination === undefined ? undefined : `to ${destination}${portOf(event)}`;
  if (found === undefined && user === undefined && to === undefined) return undefined;
  const things = [...new Set([found === undefined || text(event, 'api', 'operation') === undefined ? found : `on ${found}`, user === undefined ? undefined : `${event.class_uid === 3002 ? 'as' : 'for'} ${user}`, policy === undefined ? undefined : `with the policy ${policy}`, to])];
  return things.filter((thing) => thing !== undefined).join(' ');
}

/** `type_id` 6 of a file is a named pipe. */
function isPipe(event: Event): boolean {
  return event.class_uid === 1001 && memberAt(event, 'file', 'type_id') === 6;
}

function portOf(event: Event): string {
  const port = memberAt(event, 'dst_endpoint', 'port');
  return typeof port === 'number' ? ` port ${port}` : '';
}

function named(name: string | undefined): string | undefined {
  return name === undefined || name === 'unknown' || name === '-' ? undefined : name;
}

/** Most of what is asked for is in no event of a class. */
function text(event: Event, first: string, ...rest: readonly string[]): string | undefined {
  if (!Object.hasOwn(event, first)) return undefined;
  const found = memberText(event, first, ...rest);
  if (found === undefined) return undefined;
  const isPath = rest.at(-1) === 'path' && found.length > longestPart;
  return visibleText(isPath ? `${found.slice(0, longestPart - longestEnd - 1)}…${found.slice(-longestEnd)}` : clip(found, longestPart));
}
