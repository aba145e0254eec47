import { lengthBytes, Texts, textsIn } from './texts.ts';
import type { Rooms } from './texts.ts';
import { compressed, decompressed } from './zstd.ts';

/** Texts of events as a page of a part holds them: packed once, when they are flushed, they go into Parquet as they are. */
export interface EventPage {
  readonly rows: number;
  /** Before they were packed. */
  readonly size: number;
  /** A frame of Zstandard. */
  readonly packed: Uint8Array;
}

/** A page has about so many bytes before it is packed: more saves next to nothing, and whoever reads one row unpacks all of its page. */
const pageBytes = 512 * 1024;
/** Smaller pages are put together before they become a part. */
const smallBytes = pageBytes / 4;
const headBytes = 12;

/** Packs texts that stand one behind the other. */
export function packTexts(texts: Buffer): EventPage[] {
  const pages: EventPage[] = [];
  let from = 0;
  let rows = 0;
  for (let at = 0; at < texts.length; ) {
    at += lengthBytes + texts.readUInt32LE(at);
    rows++;
    if (at - from < pageBytes && at < texts.length) continue;
    pages.push({ rows, size: at - from, packed: compressed(texts.subarray(from, at)) });
    [from, rows] = [at, 0];
  }
  return pages;
}

/** Packs events while they come: no more than a page of them waits, and none of the work for the end. */
export class PagesBuilder {
  /** Bytes of all events, before they are packed. */
  size = 0;
  readonly #texts: Texts;
  readonly #pages: EventPage[] = [];
  #rows = 0;

  constructor(rooms: Rooms) {
    this.#texts = new Texts(rooms);
  }

  add(text: string): void {
    const before = this.#texts.size;
    this.#texts.add(text);
    this.size += this.#texts.size - before;
    this.#rows++;
    if (this.#texts.size >= pageBytes) this.#pack();
  }

  /** All pages; nothing is added any more. */
  finish(): readonly EventPage[] {
    if (this.#rows > 0) this.#pack();
    this.#texts.release();
    return this.#pages;
  }

  #pack(): void {
    this.#pages.push({ rows: this.#rows, size: this.#texts.size, packed: compressed(this.#texts.bytes) });
    this.#texts.clear();
    this.#rows = 0;
  }
}

/** For each page its rows, its size and its packed size, four bytes each, and the page. */
export function encodePages(pages: readonly EventPage[]): Buffer[] {
  return pages.flatMap(({ rows, size, packed }) => {
    const head = Buffer.alloc(headBytes);
    head.writeUInt32LE(rows, 0);
    head.writeUInt32LE(size, 4);
    head.writeUInt32LE(packed.length, 8);
    return [head, Buffer.from(packed.buffer, packed.byteOffset, packed.length)];
  });
}

/** What `encodePages` wrote. */
export function decodePages(bytes: Buffer): EventPage[] {
  const pages: EventPage[] = [];
  for (let at = 0; at < bytes.length; ) {
    const from = at + headBytes;
    const end = from + bytes.readUInt32LE(at + 8);
    pages.push({ rows: bytes.readUInt32LE(at), size: bytes.readUInt32LE(at + 4), packed: bytes.subarray(from, end) });
    at = end;
  }
  return pages;
}

export function unpacked({ packed, size }: EventPage): Buffer {
  return decompressed(packed, size);
}

/** The same rows in pages of which none is small beside another small one: where little happens, an epoch has few events. */
export function joinSmall(pages: readonly EventPage[]): EventPage[] {
  const joined: EventPage[] = [];
  let waiting: EventPage[] = [];
  let size = 0;
  const join = (): void => {
    if (waiting.length === 1) joined.push(...waiting);
    else if (waiting.length > 1) joined.push(...packTexts(Buffer.concat(waiting.map(unpacked))));
    [waiting, size] = [[], 0];
  };
  for (const page of pages) {
    if (page.size >= smallBytes) {
      join();
      joined.push(page);
      continue;
    }
    waiting.push(page);
    size += page.size;
    if (size >= pageBytes) join();
  }
  join();
  return joined;
}

/** Each event as the UTF-8 of its JSON. */
export function eventsIn(pages: readonly EventPage[]): Buffer[] {
  return pages.flatMap((page) => textsIn(unpacked(page)));
}
