import type { Event } from '#model/event.ts';

/** Where events without a day that can be believed lie. */
export const undated = '1970-01-01';
const earliest = Date.UTC(1990, 0, 1);
const dayLength = 86_400_000;

/** `api_activity/2026-11-28`: the folder of an event, by class and day. */
export function partitionOf(event: Event, now: number): string {
  return `${classSlug(event.class_name, event.class_uid)}/${dayOf(event.time, now)}`;
}

const slugs = new Map<string, string>();
const slugLimit = 1000;

/** `API Activity` as `api_activity`. Names come from mappings; one that can't be a folder goes by its number. */
export function classSlug(name: string, uid: number): string {
  const known = slugs.get(name);
  if (known !== undefined) return known;
  const made = String(name).toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  const slug = /^[a-z][a-z0-9_]{0,63}$/.test(made) ? made : `class_${Number.isSafeInteger(uid) ? Math.abs(uid) : 0}`;
  if (slugs.size < slugLimit) slugs.set(name, slug);
  return slug;
}

let last: { from: number; day: string } = { from: 0, day: undated };

/** UTC. A clock that was wrong must not make folders for days that never were. */
export function dayOf(time: number, now: number): string {
  if (!(time >= earliest && time < now + 2 * dayLength)) return undated;
  const from = time - (time % dayLength);
  if (last.from !== from) last = { from, day: new Date(from).toISOString().slice(0, 10) };
  return last.day;
}

/** `class=api_activity/day=2026-11-28`, as readers of Parquet expect it. */
export function folderOf(partition: string): string {
  const [name = '', day = ''] = partition.split('/');
  return `class=${name}/day=${day}`;
}

export function isPartition(text: string): boolean {
  return /^[a-z0-9_]{1,80}\/\d{4}-\d\d-\d\d$/.test(text);
}
