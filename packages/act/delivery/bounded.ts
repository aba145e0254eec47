import { clip } from '#formats/clip.ts';

export interface Bounds {
  /** UTF-16 code units of one text. */
  readonly text: number;
  /** Items of one list, members of one object. */
  readonly items: number;
  readonly depth: number;
  /** UTF-16 code units of everything as JSON. */
  readonly whole: number;
}

export const usualBounds: Bounds = { text: 8_192, items: 200, depth: 24, whole: 200_000 };

/** The same value, cut so that its JSON keeps to the bounds; `cut` says that something was left out. */
export function bounded(value: unknown, bounds: Bounds = usualBounds): { readonly value: unknown; readonly cut: boolean } {
  let { text, items } = bounds;
  let cut = false;
  for (;;) {
    const result = trim(value, { text, items, depth: bounds.depth });
    cut ||= result.cut;
    if (text <= 16 || JSON.stringify(result.value).length <= bounds.whole) return { value: result.value, cut };
    text = Math.floor(text / 4);
    items = Math.max(4, Math.floor(items / 2));
    cut = true;
  }
}

function trim(value: unknown, bounds: Omit<Bounds, 'whole'>): { readonly value: unknown; readonly cut: boolean } {
  let cut = false;
  const visit = (item: unknown, depth: number): unknown => {
    if (typeof item === 'string') {
      cut ||= item.length > bounds.text;
      return clip(item, bounds.text).toWellFormed();
    }
    if (typeof item !== 'object' || item === null) return item;
    if (depth === 0) {
      cut = true;
      return '…';
    }
    if (Array.isArray(item)) {
      cut ||= item.length > bounds.items;
      return item.slice(0, bounds.items).map((member) => visit(member, depth - 1));
    }
    const members = Object.entries(item);
    cut ||= members.length > bounds.items;
    return Object.fromEntries(members.slice(0, bounds.items).map(([name, member]) => [clip(name, 256).toWellFormed(), visit(member, depth - 1)]));
  };
  return { value: visit(value, bounds.depth), cut };
}
