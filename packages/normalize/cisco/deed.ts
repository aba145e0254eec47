/** What a message of a Cisco device says that somebody did. */
import { isAddress } from '../parts.ts';
import type { Outcome } from '../parts.ts';
import type { CiscoMessage } from './message.ts';

export interface CiscoDeed {
  readonly user: string | undefined;
  /** Address or name of where it was done from. */
  readonly source: string | undefined;
  /** Undefined: it was a login. */
  readonly command: string | undefined;
  readonly outcome: Outcome;
}

/** A login, or an attempt at one. */
export function loginOf({ mnemonic, facility, text }: CiscoMessage): CiscoDeed | undefined {
  const outcome = outcomeOf(mnemonic, text);
  if (outcome === undefined) return undefined;
  const boxed = /\[user: ?([^\]]{0,128})\](?: \[Source: ?([^\]]{0,128})\])?/.exec(text);
  const said = boxed ?? /\buser '?([^\s',]{1,128})'?(?:.{0,64}? from ([^\s,;]{1,64}))?/i.exec(text);
  if (said === null || (boxed === null && !/^(?:SSH|AUTHPRIV|AAA|TAC|TPLUS|RADIUS|LOGIN|SEC_LOGIN)/.test(facility))) return undefined;
  return { user: nonEmpty(said[1]), source: address(said[2]), command: undefined, outcome };
}

/** A command that was given, where the device tells of each, and the end of a change of its configuration. */
export function commandOf({ mnemonic, text }: CiscoMessage): CiscoDeed | undefined {
  const logged = /^User: ?(\S{0,128}) {1,4}logged command: ?(.{1,4096})$/s.exec(text);
  if (logged !== null) return { user: nonEmpty(logged[1]), source: undefined, command: (logged[2] ?? '').trim(), outcome: 'success' };
  if (!mnemonic.endsWith('CONFIG_I')) return undefined;
  const changed = /^Configured from \S{1,64}(?: by ([^\s(]{1,128}))?(?: on (\S{1,64}))?(?: \(([^)]{1,64})\))?/.exec(text);
  return changed === null ? undefined : { user: nonEmpty(changed[1]), source: address(changed[3]) ?? address(changed[2]?.split('@')[0]), command: 'configure terminal', outcome: 'success' };
}

function outcomeOf(mnemonic: string, text: string): Outcome | undefined {
  if (/LOGIN_SUCCESS|AUTH_PASSED/.test(mnemonic)) return 'success';
  if (/LOGIN_FAILED|LOGINFAIL|AUTH_FAIL/.test(mnemonic)) return 'failure';
  const ended = /\b(?:authentication|login)\b.{0,200}?\b(succeeded|successful|failed|failure|denied)\b/is.exec(text)?.[1]?.toLowerCase();
  return ended === undefined ? undefined : ended.startsWith('succ') ? 'success' : 'failure';
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function address(text: string | undefined): string | undefined {
  return text !== undefined && isAddress(text) ? text : undefined;
}
