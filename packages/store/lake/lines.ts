const smallest = 16 * 1024;
/** Most bytes that are kept for the next blocks. */
const mostKept = 32 * 1024 * 1024;

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

/** Bytes that grow by being written to: texts become bytes at once, so that nothing of an event is kept as an object until it is flushed. */
export class Lines {
  readonly #rooms: Rooms;
  #bytes: Buffer;
  #length = 0;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#bytes = rooms.take(smallest);
  }

  add(text: string): void {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    const most = this.#length + text.length * 3 + 1;
    if (most > this.#bytes.length) this.#grow(most);
    this.#length += this.#bytes.write(text, this.#length);
    this.#bytes[this.#length++] = 10;
  }

  get size(): number {
    return this.#length;
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
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
