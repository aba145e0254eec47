import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Position, SourceBatch } from '#model/intake.ts';
import type { Frame } from './frame.ts';
import { type Segment, SegmentReader } from './segment.ts';

const batchRecords = 1000;
const batchBytes = 1_048_576;

/** Behind the last record that is dealt with: a byte in a segment, and that record's number. */
export interface SpoolPlace {
  readonly segment: number;
  readonly offset: number;
  readonly sequence: number;
}

export function placeOf(position: Position): SpoolPlace | undefined {
  const { segment, offset, sequence } = position;
  return isCount(segment) && isCount(offset) && isCount(sequence) ? { segment, offset, sequence } : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Walks over the segments of a spool, from a place on. The list may lose old segments and gain new ones meanwhile. */
export class SpoolReader {
  readonly #segments: readonly Segment[];
  readonly #tell: (diagnostic: Diagnostic) => void;
  #reader: SegmentReader | undefined;
  #place: SpoolPlace;

  constructor(segments: readonly Segment[], from: Position | undefined, tell: (diagnostic: Diagnostic) => void) {
    this.#segments = segments;
    this.#tell = tell;
    this.#place = from === undefined ? this.#oldest() : this.#resume(placeOf(from));
  }

  /** Undefined at the end of what is written so far. */
  next(): SourceBatch | undefined {
    const records: RawRecord[] = [];
    for (let bytes = 0; records.length < batchRecords && bytes < batchBytes; ) {
      const frame = this.#frame();
      if (frame === undefined) break;
      this.#decode(frame, records);
      bytes += frame.size;
    }
    return records.length === 0 ? undefined : { records, position: { ...this.#place } };
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  #oldest(): SpoolPlace {
    const [first] = this.#segments;
    return { segment: first?.number ?? 0, offset: 0, sequence: (first?.first ?? 1) - 1 };
  }

  #resume(place: SpoolPlace | undefined): SpoolPlace {
    const last = this.#segments.at(-1);
    const own = this.#segments.find(({ number }) => number === place?.segment);
    const beyond = place !== undefined && (place.segment > (last?.number ?? 0) || (own !== undefined && own === last && place.offset > own.size));
    const other = place !== undefined && own !== undefined && own.first > place.sequence + 1;
    if (place !== undefined && !beyond && !other) return place;
    this.#note('the position to go on from is not one of this spool; it is read again from its oldest record');
    return this.#oldest();
  }

  #frame(): Frame | undefined {
    for (;;) {
      const reader = this.#open();
      if (reader === undefined) return undefined;
      const found = reader.next();
      if (found === undefined) {
        if (this.#segments.at(-1) === reader.segment) return undefined;
        this.close();
        this.#place = { ...this.#place, segment: reader.segment.number + 1, offset: 0 };
      } else if ('frame' in found) {
        this.#expect(found.frame.first);
        this.#place = { segment: reader.segment.number, offset: found.end, sequence: found.frame.first + found.frame.count - 1 };
        return found.frame;
      } else this.#note(`${found.end - found.damagedFrom} bytes at ${found.damagedFrom} of ${reader.segment.path} are damaged and were left out`);
    }
  }

  /** The segment of the place, or the first one after it. */
  #open(): SegmentReader | undefined {
    if (this.#reader !== undefined) return this.#reader;
    const { segment, offset } = this.#place;
    const found = this.#segments.find(({ number }) => number >= segment);
    if (found === undefined) return undefined;
    this.#expect(found.number === segment && offset > 0 ? this.#place.sequence + 1 : found.first);
    this.#reader = new SegmentReader(found, found.number === segment ? offset : 0);
    return this.#reader;
  }

  #expect(first: number): void {
    const missing = first - this.#place.sequence - 1;
    if (missing <= 0) return;
    this.#note(`${missing} records from number ${this.#place.sequence + 1} on are missing from the spool`);
    this.#place = { ...this.#place, sequence: first - 1 };
  }

  #decode(frame: Frame, records: RawRecord[]): void {
    const list = JSON.parse(frame.payload.toString('utf8')) as readonly (readonly [string, unknown])[];
    let sequence = frame.first;
    for (const [source, value] of list) records.push({ source, sequence: sequence++, value });
  }

  #note(message: string): void {
    this.#tell({ code: 'spool-damaged', message });
  }
}
