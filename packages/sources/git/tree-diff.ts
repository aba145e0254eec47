import { isFolderMode, newCursor, readEntryAt, skipEntryAt, type TreeCursor } from './tree-object.ts';

/**
 * Called for each entry of the new tree that the old one lacks or has otherwise. `old` is set when the old tree has an entry of that
 * name and kind.
 */
export type OnChanged = (entry: TreeCursor, old: TreeCursor | undefined) => void;
export type OnRemoved = (entry: TreeCursor) => void;

const chunkBytes = 4096;

/** Compares two trees. Equal stretches are compared as memory and never looked at entry by entry on both sides. */
export function diffTrees(fresh: Buffer, old: Buffer, hashBytes: number, onChanged: OnChanged, onRemoved?: OnRemoved): void {
  const entry = newCursor();
  const oldEntry = newCursor();
  let at = 0;
  let oldAt = 0;
  while (at < fresh.length) {
    const equal = commonLength(fresh, at, old, oldAt);
    for (const end = at + equal; at < end; ) {
      const next = skipEntryAt(fresh, at, hashBytes);
      if (next > end) break;
      oldAt += next - at;
      at = next;
    }
    if (at >= fresh.length) break;
    readEntryAt(fresh, at, hashBytes, entry);
    let order = -1;
    if (oldAt < old.length) {
      readEntryAt(old, oldAt, hashBytes, oldEntry);
      order = compareNames(fresh, entry, old, oldEntry);
    }
    if (order > 0) {
      onRemoved?.(oldEntry);
      oldAt = oldEntry.next;
      continue;
    }
    at = entry.next;
    if (order === 0) oldAt = oldEntry.next;
    onChanged(entry, order === 0 ? oldEntry : undefined);
  }
  while (onRemoved !== undefined && oldAt < old.length) {
    readEntryAt(old, oldAt, hashBytes, oldEntry);
    oldAt = oldEntry.next;
    onRemoved(oldEntry);
  }
}

/** How many bytes from here on are equal. */
function commonLength(a: Buffer, aAt: number, b: Buffer, bAt: number): number {
  const most = Math.min(a.length - aAt, b.length - bAt);
  let equal = 0;
  let step = chunkBytes;
  while (equal < most) {
    const length = Math.min(step, most - equal);
    if (length <= 32) {
      while (equal < most && a[aAt + equal] === b[bAt + equal]) equal += 1;
      return equal;
    }
    if (a.compare(b, bAt + equal, bAt + equal + length, aAt + equal, aAt + equal + length) === 0) equal += length;
    else step = length >> 1;
  }
  return equal;
}

/** Git's order: a folder sorts as if its name ended in a slash. */
function compareNames(a: Buffer, one: TreeCursor, b: Buffer, other: TreeCursor): number {
  let left = one.nameAt;
  let right = other.nameAt;
  while (left < one.nameEnd && right < other.nameEnd) {
    const order = (a[left] ?? 0) - (b[right] ?? 0);
    if (order !== 0) return order;
    left += 1;
    right += 1;
  }
  return afterName(a, left, one) - afterName(b, right, other);
}

function afterName(bytes: Buffer, at: number, entry: TreeCursor): number {
  if (at < entry.nameEnd) return bytes[at] ?? 0;
  return isFolderMode(entry.mode) ? 0x2f : 0;
}
