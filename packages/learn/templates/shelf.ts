/** A template: what lines of one statement of a program have in common. */
export interface Template {
  readonly key: string;
  /** Its skeleton, by which lines are compared: pieces, and the characters between them. */
  tokens: string[];
  /** As it is shown, with lists and units as they are in all its lines; none where they differ. */
  shown?: string[];
  lines: number;
  /** What whoever uses the miner keeps of the template: it goes when the template goes, and stays with the one that goes on when two are merged. */
  kept?: unknown;
}

/** Which template a masked line belongs to; where templates were merged, which one went on. */
export interface Pointer {
  readonly to: string;
}

/** Keys of templates that a line may be of, those founded first before others. */
export interface Bucket {
  readonly members: readonly string[];
}

/** How many templates and pointers were ever made: their next places in the rings. */
export interface Tally {
  templates: number;
  pointers: number;
}

/** A place in a ring: the key of what makes room when its turn comes. */
export interface RingPlace {
  readonly holds: string;
}

export type TemplateEntry = Template | Pointer | Bucket | Tally | RingPlace;

/** Where a miner keeps what it knows; a `Map` will do. Entries are plain data; those that were changed in place are set again. */
export interface TemplateShelf {
  get(key: string): TemplateEntry | undefined;
  set(key: string, entry: TemplateEntry): unknown;
  delete(key: string): unknown;
}

/** What a miner keeps at most. At the limit, a pointer makes room in turn, and of some templates the one with the fewest lines. */
export const mostTemplates = 5_000;
export const mostPointers = 20_000;
/** Most entries of a shelf: templates with their places and buckets, pointers with their places. */
export const mostEntries = 5 * mostTemplates + 2 * mostPointers + 1;

/** Keys of pointers for masked lines are the lines themselves; all others begin with a character that none contains. */
export const mark = '\u0002';
const tallyKey = `${mark}n`;

/** The template behind a key, through those that it was merged into. */
export function templateOf(shelf: TemplateShelf, key: string): Template | undefined {
  let at: string = key;
  for (let hops = 0; hops < 64; hops++) {
    const entry = shelf.get(at) as Template | Pointer | undefined;
    if (entry === undefined || 'tokens' in entry) return entry;
    at = entry.to;
  }
  return undefined;
}

export function point(shelf: TemplateShelf, from: string, to: string): void {
  if (shelf.get(from) === undefined) {
    const tally = tallyOf(shelf);
    const place = `${mark}r${tally.pointers++ % mostPointers}`;
    const oldest = shelf.get(place) as RingPlace | undefined;
    if (oldest !== undefined && 'to' in (shelf.get(oldest.holds) ?? {})) shelf.delete(oldest.holds);
    shelf.set(place, { holds: from });
    shelf.set(tallyKey, tally);
  }
  shelf.set(from, { to });
}

/** So many places are looked at for the template with the fewest lines. */
const mostLookedAt = 24;

/** A place for a new template; the one that must go, if any. A flood of odd lines drives out itself: what it leaves has one line each. */
export function placeTemplate(shelf: TemplateShelf, key: string): Template | undefined {
  const tally = tallyOf(shelf);
  let rarest: Template | undefined;
  let place = tally.templates % mostTemplates;
  for (let step = 0; step < mostLookedAt; step++) {
    const candidate = tally.templates++ % mostTemplates;
    const holds = (shelf.get(`${mark}p${candidate}`) as RingPlace | undefined)?.holds;
    const template = holds === undefined ? undefined : (shelf.get(holds) as Template | undefined);
    if (template !== undefined && 'tokens' in template && rarest !== undefined && template.lines >= rarest.lines) continue;
    place = candidate;
    rarest = template !== undefined && 'tokens' in template ? template : undefined;
    if (rarest === undefined) break;
  }
  shelf.set(`${mark}p${place}`, { holds: key });
  shelf.set(tallyKey, tally);
  return rarest;
}

function tallyOf(shelf: TemplateShelf): Tally {
  return (shelf.get(tallyKey) as Tally | undefined) ?? { templates: 0, pointers: 0 };
}

/** Key of a template that begins with this text: the same on every machine. */
export function keyOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b) ^ (high >>> 13);
  }
  return `${mark}t${(low >>> 0).toString(36)}-${(high >>> 0).toString(36)}`;
}

/** Most tokens of a line by which it is compared. */
export const mostTokens = 256;
