import type { DataAccess } from '#formats/data-access.ts';
import { sizeOf } from './size.ts';
import type { Pair } from './window.ts';
import { breadthOf } from './window.ts';

/** What somebody, a key or an address did lately that may be one half of a theft: an entry of the memory. */
export interface Trail {
  bulk: { readonly at: number; readonly store: string; readonly size: string } | undefined;
  leave: { readonly at: number; readonly what: string } | undefined;
  /** Who used the key or the address; one that many use links nobody. */
  readonly users: string[];
  toldAt: number;
}

/** Both halves within so long are one deed. */
const together = 12 * 3_600_000;
const mostUsers = 3;
/** What nobody reads by hand in an hour: objects, rows, bytes. */
const bulk = { objects: 100, rows: 100_000, bytes: 1e9 } as const;

export function noTrail(): Trail {
  return { bulk: undefined, leave: undefined, users: [], toldAt: 0 };
}

export function isBulk(pair: Pair): boolean {
  return breadthOf(pair) >= bulk.objects || pair.rows >= bulk.rows || pair.bytes >= bulk.bytes;
}

/** Keys of the memory under which the trail of an access is kept. */
export function trailKeys({ principal, links }: DataAccess): string[] {
  return [`trail\nwho ${principal}`, ...links.map((link) => `trail\nby ${link}`)];
}

export function noteUser(trail: Trail, principal: string): void {
  if (!trail.users.includes(principal) && trail.users.length <= mostUsers) trail.users.push(principal);
}

/** An address of an office, or of a proxy, says nothing of who it was. */
export function linksOne(trail: Trail): boolean {
  return trail.users.length < mostUsers;
}

export function noteBulk(trail: Trail, access: DataAccess, pair: Pair, now: number): void {
  trail.bulk = { at: now, store: access.store, size: sizeOf(pair) };
}

/** What the other half was; undefined where there is none, or the two were told. */
export function chainOf(trail: Trail, now: number): { readonly bulk: NonNullable<Trail['bulk']>; readonly leave: NonNullable<Trail['leave']> } | undefined {
  const { bulk: read, leave, toldAt } = trail;
  if (read === undefined || leave === undefined || Math.abs(read.at - leave.at) > together || now - Math.max(read.at, leave.at) > together) return undefined;
  return toldAt > 0 && now - toldAt < together ? undefined : { bulk: read, leave };
}
