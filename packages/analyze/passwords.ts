import type { ProofResult } from '#model/unit.ts';
import { entropy } from './entropy.ts';
import { placeholderReason } from './placeholders.ts';

/** What tutorials, defaults and format strings put where a password goes. */
const stock = /^(?:pass(?:w(?:or)?d)?|passphrase|pwd|pw|secret|token|credentials?|user(?:name)?|usr|admin(?:istrator)?|root|guest|login|auth|key|api[_-]?key|hunter2|p4ssw0rd|p@ssw0rd|letmein|qwerty|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|redis|rabbit(?:mq)?|test(?:er|ing)?|demo|dev|local(?:host)?|default|none|null|nil|empty|blank|string|value|hidden|masked|removed|filtered|bar|baz|foo|qux|abc|xyz)[0-9]{0,4}$/i;
const named = /^[a-z]*[_-]?(?:db|user|my|the|your|new|old|some|actual|real|app|database|service)?[_-]?(?:pass(?:w(?:or)?d)?|pwd|secret|token|api[_-]?key)$/i;
const formatted = /^[:$%<[{*]|[>\]}*]$|%[sdvq]|\{[^}]*\}|\$[({]|\$[A-Z_]{3}|^\W+$|["'+]\s*\+|\.\.\.|…|^[xX]+$/;

/** Judges a password by itself, without the place where it stands. */
export function judgePassword(password: string): ProofResult {
  if (password.length < 3) return { verdict: 'invalid', detail: 'too short for a password' };
  if (formatted.test(password)) return { verdict: 'invalid', detail: 'refers to a value kept elsewhere' };
  if (stock.test(password) || named.test(password)) return { verdict: 'invalid', detail: 'a stock word, not a secret' };
  const placeholder = placeholderReason(password);
  if (placeholder !== undefined) return { verdict: 'invalid', detail: placeholder };
  if (looksGenerated(password)) return { verdict: 'valid', detail: 'the password looks generated' };
  return { verdict: 'unknown', detail: 'the password may be a word' };
}

function looksGenerated(password: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^0-9A-Za-z]/].filter((kind) => kind.test(password)).length;
  return password.length >= 12 && classes >= 2 && /\d/.test(password) && entropy(password) >= 3;
}

/** Undoes percent-encoding (RFC 3986 §2.1); what is no encoding stays as it is. */
export function decodePercent(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
