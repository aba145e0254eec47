/** Pieces of OCSF events that many mappings build alike. */
import { ocsfClasses, userTypes } from '#formats/ocsf.ts';
import type { OcsfClass } from '#formats/ocsf.ts';
import type { JsonObject } from './json-fields.ts';
import { fieldAt } from './json-fields.ts';

export interface Classification {
  readonly class: OcsfClass;
  readonly activity: number;
}

export type Outcome = 'success' | 'failure' | 'unknown';

const ipv4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const ipv6 = /^[0-9a-f]{0,4}(?::[0-9a-f.]{0,15}){2,8}(?:%[\w.-]{1,32})?$/i;

export function isAddress(text: string): boolean {
  return ipv4.test(text) || ipv6.test(text);
}

/** A network endpoint from an address, or from a name where a source may write either. */
export function endpointOf(address: string | undefined, more: JsonObject = {}): JsonObject {
  if (address === undefined || address === '-') return Object.values(more).some((value) => value !== undefined) ? { name: 'unknown', ...more } : { name: 'unknown' };
  return isAddress(address) ? { ip: address, ...more } : { name: address, ...more };
}

/** A whole number, also when it is written as text. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = fieldAt(value, ...path);
  const number = typeof found === 'string' && /^-?\d{1,15}$/.test(found) ? Number(found) : found;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** A user, at least by the name `unknown`; an address of e-mail is told apart from a name. */
export function userOf(name: string | undefined, uid?: string, more: JsonObject = {}): JsonObject {
  return { name: name ?? (uid === undefined ? 'unknown' : undefined), uid, email_addr: name !== undefined && isEmail(name) ? name : undefined, ...more };
}

export function isEmail(text: string): boolean {
  return /^[^\s@]{1,128}@[^\s@]{1,128}$/.test(text);
}

export function userKind(kind: 'user' | 'admin' | 'system' | 'service' | 'unknown'): JsonObject {
  return { type: kind.charAt(0).toUpperCase() + kind.slice(1), type_id: userTypes[kind] };
}

/** What an action was done to or with; a mapping gives what the source says. */
export interface Target {
  readonly user?: JsonObject | undefined;
  readonly group?: JsonObject | undefined;
  readonly entity?: JsonObject | undefined;
  readonly privileges?: readonly string[] | undefined;
  readonly policies?: readonly JsonObject[] | undefined;
  readonly resources?: readonly JsonObject[] | undefined;
  readonly service: string;
  readonly isMfa?: boolean | undefined;
}

/** The attributes that each class of identity, and API Activity, needs of its target. */
export function targetAttributes({ class: { uid } }: Classification, target: Target): JsonObject {
  const user = target.user ?? userOf(undefined);
  switch (uid) {
    case ocsfClasses.authentication.uid:
      return { user, service: { name: target.service }, is_mfa: target.isMfa, is_remote: true };
    case ocsfClasses.accountChange.uid:
      return { user, policies: target.policies };
    case ocsfClasses.userAccess.uid:
      return { user, privileges: target.privileges ?? ['unknown'], resources: target.resources };
    case ocsfClasses.groupManagement.uid:
      return { group: target.group ?? { name: 'unknown' }, user: target.user, privileges: target.privileges };
    case ocsfClasses.entityManagement.uid:
      return { entity: target.entity ?? { name: 'unknown' } };
    default:
      return { resources: target.resources };
  }
}

/** The first entry whose pattern fits decides. */
export type ActivityTable = readonly (readonly [pattern: RegExp, class_: OcsfClass, activity: number])[];

export function classifyBy(table: ActivityTable, name: string, fallback: Classification): Classification {
  const found = table.find(([pattern]) => pattern.test(name));
  return found === undefined ? fallback : { class: found[1], activity: found[2] };
}

const verbs: readonly (readonly [activity: number, pattern: RegExp])[] = [
  [4, /(?:delet|remov|destroy|purg|revok|terminat|uninstall|detach|drop|unassign|unsubscrib)/i],
  [1, /(?:creat|insert|add|regist|import|generat|issu|upload|install|invit|publish|attach|assign|launch|grant)/i],
  [2, /(?:get|list|read|view|access|download|search|query|fetch|export|lookup|describe|aggregat|watch|check|login|clone|pull)/i],
];

/** API Activity by the words of an operation's name; what none fits is an Update. */
export function apiVerb(name: string): Classification {
  return { class: ocsfClasses.apiActivity, activity: verbs.find(([, pattern]) => pattern.test(name))?.[0] ?? 3 };
}

/** The original record with the names that public rules use beside its own; its own come first. */
export function withNames(record: JsonObject, names: JsonObject): JsonObject {
  const added = Object.entries(names).filter(([name, value]) => value !== undefined && !Object.hasOwn(record, name));
  return added.length === 0 ? record : { ...Object.fromEntries(added), ...record };
}

export function named<T extends { readonly name?: unknown; readonly uid?: unknown }>(parts: readonly T[]): readonly T[] {
  return parts.filter(({ name, uid }) => name !== undefined || uid !== undefined);
}
