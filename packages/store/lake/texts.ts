const smallest = 16 * 1024;
/** Most bytes that are kept for the next blocks. */
const mostKept = 16 * 1024 * 1024;
/** Before each text stands how many bytes it has. */
export const lengthBytes = 4;

/** Rooms that were given back, by their size: made anew for each block they would be a reason to look through the whole heap, again and again. */
export class Rooms {
  readonly #free = new Map<number, Buffer[]>();
  #kept = 0;

  take(size: number): Buffer {
    const found = this.#free.get(size)?.pop();
    if (found === undefined) return Buffer.allocUnsafeSlow(size);
    this.#kept -= size;
    return found;
  }

  give(room: Buffer): void {
    if (this.#kept + room.length > mostKept) return;
    this.#kept += room.length;
    const list = this.#free.get(room.length);
    if (list === undefined) this.#free.set(room.length, [room]);
    else list.push(room);
  }
}

/**
 * Texts one behind the other as Parquet writes them plainly: their bytes' number, then their bytes. Texts become bytes at once, so that nothing of an event
 * is kept as an object until it is flushed.
 */
export class Texts {
  readonly #rooms: Rooms;
  #bytes: Buffer;
  #length = 0;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#bytes = rooms.take(smallest);
  }

  add(text: string): void {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    const most = this.#length + text.length * 3 + lengthBytes;
    if (most > this.#bytes.length) this.#grow(most);
    const written = this.#bytes.write(text, this.#length + lengthBytes);
    this.#bytes.writeUInt32LE(written, this.#length);
    this.#length += lengthBytes + written;
  }

  get size(): number {
    return this.#length;
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Nobody reads `bytes` any more; others follow in the same room. */
  clear(): void {
    this.#length = 0;
  }

  /** Nobody reads `bytes` any more, and nothing is added. */
  release(): void {
    this.#rooms.give(this.#bytes);
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
  }

  #grow(most: number): void {
    let size = this.#bytes.length * 2;
    while (size < most) size *= 2;
    const larger = this.#rooms.take(size);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#rooms.give(this.#bytes);
    this.#bytes = larger;
  }
}

/** The texts that stand one behind the other. */
export function textsIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const from = at + lengthBytes;
    at = from + bytes.readUInt32LE(at);
    found.push(bytes.subarray(from, at));
  }
  return found;
}
