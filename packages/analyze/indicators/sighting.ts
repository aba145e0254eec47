/** What of a record may be an indicator, and whether one is listed. */
import { urlHost, urlKey } from '#formats/indicator.ts';
import type { IndicatorSet, ListedIndicator } from './set.ts';

export interface Sighting {
  readonly indicator: ListedIndicator;
  /** As the record writes it. */
  readonly value: string;
  /** Names of the members that lead to it. */
  readonly field: string;
}

export interface Sightings {
  readonly found: readonly Sighting[];
  /** The record holds more than is looked at. */
  readonly cut: boolean;
}

const leafLimit = 1_000;
const depthLimit = 8;
const textLimit = 8_192;
const tokenLimit = 200;
const foundLimit = 20;

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-f]{0,4}:[0-9a-f]{0,4}:)[0-9a-f:.]{3,64})$/i;
const withPort = /^\[?([0-9a-f:.]{7,64}?)\]?:\d{1,5}$/i;
const name = /^(?=.{4,253}\.?$)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}\.?$/i;
const digest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const url = /^[a-z][a-z0-9+.-]{1,15}:\/\//i;
const email = /^[^\s@]{1,64}@([^\s@]{4,253})$/;
/** Words in running text; digests are often written as `SHA256=...`. */
const token = /[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>\\)\]}]{3,2040}|[a-z0-9_][a-z0-9_.:@-]{2,253}[a-z0-9]/gi;

export function sightings(record: unknown, set: IndicatorSet): Sightings {
  const found = new Map<string, Sighting>();
  let left = leafLimit;
  let cut = false;
  const look = (value: unknown, field: string, depth: number): void => {
    if (typeof value === 'string') {
      if ((left -= 1) < 0) cut = true;
      else cut = search(value, field, set, found) || cut;
    } else if (typeof value === 'object' && value !== null) {
      if (depth === depthLimit) cut = true;
      else if (Array.isArray(value)) for (const item of value) { if (left < 0) break; look(item, field, depth + 1); }
      else for (const key in value) { if (left < 0) break; look((value as { readonly [name: string]: unknown })[key], field === '' ? key : `${field}.${key}`, depth + 1); }
    }
  };
  look(record, '', 0);
  return { found: [...found.values()], cut };
}

/** True when the text is longer than what is looked at. */
function search(text: string, field: string, set: IndicatorSet, found: Map<string, Sighting>): boolean {
  if (text.length < 4) return false;
  const note = (indicator: ListedIndicator | undefined, value: string): void => {
    if (indicator !== undefined && found.size < foundLimit && !found.has(indicator.value)) found.set(indicator.value, { indicator, value, field });
  };
  if (text.length <= 2_048 && !text.includes(' ') && isWhole(text, set, note)) return false;
  if (!/[.:=]/.test(text)) return false;
  let count = 0;
  for (const [word] of text.slice(0, textLimit).matchAll(token)) {
    if ((count += 1) > tokenLimit) return true;
    isWhole(word, set, note);
  }
  return text.length > textLimit;
}

/** True when the text is one value of a known form, listed or not. */
function isWhole(text: string, set: IndicatorSet, note: (indicator: ListedIndicator | undefined, value: string) => void): boolean {
  if (address.test(text)) {
    note(set.networks.get(text), text);
    return true;
  }
  if (digest.test(text)) {
    note(set.find('hash', text.toLowerCase()), text);
    return true;
  }
  if (url.test(text)) {
    note(set.find('url', urlKey(text)), text);
    const host = urlHost(text);
    if (host !== undefined) note(set.networks.get(host) ?? set.domain(host), text);
    return true;
  }
  if (name.test(text)) {
    note(set.domain(text.toLowerCase().replace(/\.$/, '')), text);
    return true;
  }
  const ported = withPort.exec(text)?.[1];
  if (ported !== undefined) {
    note(set.networks.get(ported), ported);
    return true;
  }
  const host = email.exec(text)?.[1]?.toLowerCase();
  if (host === undefined) return false;
  note(set.find('email', text.toLowerCase()) ?? set.domain(host), text);
  return true;
}
