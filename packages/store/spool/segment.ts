import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Frame, frameAt, nextMark } from './frame.ts';

/** One file of the spool. Its name says its number and that of its first record, so that both outlive the deletion of all others. */
export interface Segment {
  readonly number: number;
  readonly first: number;
  readonly path: string;
  /** Bytes that are safely written; what lies beyond is nobody's yet. */
  size: number;
}

const namePattern = /^(\d{10})-(\d{15})\.spool$/;

export function segmentPath(folder: string, number: number, first: number): string {
  return join(folder, `${String(number).padStart(10, '0')}-${String(first).padStart(15, '0')}.spool`);
}

/** What is there, oldest first. */
export function listSegments(folder: string): Segment[] {
  const segments: Segment[] = [];
  for (const name of readdirSync(folder).sort()) {
    const [, number, first] = namePattern.exec(name) ?? [];
    if (number === undefined || first === undefined) continue;
    const path = join(folder, name);
    segments.push({ number: Number(number), first: Number(first), path, size: statSync(path).size });
  }
  return segments;
}

/** A frame and where it ends, or a stretch in which there is none. */
export type Found = { readonly frame: Frame; readonly end: number } | { readonly damagedFrom: number; readonly end: number; readonly cutOff: boolean };

const windowBytes = 1_048_576;

/** Reads frames of one segment in order, a window of the file at a time. */
export class SegmentReader {
  readonly segment: Segment;
  readonly #descriptor: number;
  #window: Buffer = Buffer.alloc(0);
  #windowAt: number;
  #at: number;

  constructor(segment: Segment, offset: number) {
    this.segment = segment;
    this.#descriptor = openSync(segment.path, 'r');
    this.#windowAt = offset;
    this.#at = offset;
  }

  get offset(): number {
    return this.#at;
  }

  /** Undefined at the end of what is safely written. */
  next(): Found | undefined {
    if (this.#at >= this.segment.size) return undefined;
    const frame = this.#frameHere();
    if (frame !== 'none' && frame !== 'cut off') {
      this.#at += frame.size;
      return { frame, end: this.#at };
    }
    const damagedFrom = this.#at;
    this.#resync();
    return { damagedFrom, end: this.#at, cutOff: frame === 'cut off' && this.#at === this.segment.size };
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #frameHere(): Frame | 'none' | 'cut off' {
    for (let wanted = 1; ; ) {
      if (!this.#fill(wanted)) return 'cut off';
      const found = frameAt(this.#window, this.#at - this.#windowAt);
      if (found === undefined) return 'none';
      if ('payload' in found) return found;
      wanted = found.more;
    }
  }

  /** To the next place where a whole frame begins, or to the end. */
  #resync(): void {
    do {
      this.#fill(1);
      const here = this.#at - this.#windowAt;
      const found = nextMark(this.#window, here);
      const last = this.#windowAt + this.#window.length >= this.segment.size;
      // A mark may lie across the border of two windows.
      if (found < this.#window.length || last) this.#at = this.#windowAt + found;
      else this.#at = Math.max(this.#at + 1, this.#windowAt + this.#window.length - 3);
      if (this.#at >= this.segment.size) this.#at = this.segment.size;
    } while (this.#at < this.segment.size && typeof this.#frameHere() === 'string');
  }

  /** Makes the window hold so many bytes from here; false when the segment has fewer. */
  #fill(wanted: number): boolean {
    if (this.#at + wanted > this.segment.size) return false;
    const windowEnd = this.#windowAt + this.#window.length;
    if (this.#at >= this.#windowAt && this.#at + wanted <= windowEnd) return true;
    const length = Math.min(Math.max(wanted, windowBytes), this.segment.size - this.#at);
    const window = Buffer.allocUnsafe(length);
    let got = 0;
    while (got < length) {
      const read = readSync(this.#descriptor, window, got, length - got, this.#at + got);
      if (read === 0) break;
      got += read;
    }
    this.#window = window.subarray(0, got);
    this.#windowAt = this.#at;
    return got >= wanted;
  }
}
