import { absorb, generaliseAll } from './miner.ts';
import { addTemplate } from './candidates.ts';
import { point, templateOf, type Pointer, type Template, type TemplateEntry, type TemplateShelf } from './shelf.ts';

/** A shelf that can be walked through. */
export interface WholeShelf extends TemplateShelf {
  entries(): Iterable<readonly [key: string, entry: TemplateEntry]>;
}

/**
 * Takes over what another machine knows: its templates become one with those of the same statement, and each key of either still leads to its template.
 * The other shelf stays as it is.
 */
export function joinShelves(into: TemplateShelf, other: WholeShelf): void {
  const entries = [...other.entries()];
  for (const [, entry] of entries) if ('tokens' in entry) takeOver(into, entry);
  for (const [key, entry] of entries) if ('to' in entry && into.get(key) === undefined) takePointer(into, key, entry);
}

function takeOver(into: TemplateShelf, entry: Template): void {
  const copy: Template = { ...entry, tokens: [...entry.tokens], ...(entry.shown === undefined ? {} : { shown: [...entry.shown] }) };
  const same = absorb(into, copy);
  if (same !== undefined) {
    if (same.key !== copy.key && into.get(copy.key) === undefined) point(into, copy.key, same.key);
    return;
  }
  // The same line founded both, and they have moved apart: what is not common is open.
  const namesake = templateOf(into, copy.key);
  if (namesake !== undefined) generaliseAll(into, namesake, copy);
  else addTemplate(into, copy);
}

function takePointer(into: TemplateShelf, key: string, { to }: Pointer): void {
  const template = templateOf(into, to);
  if (template !== undefined) point(into, key, template.key);
}
