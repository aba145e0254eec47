import { memberText } from '#formats/ocsf-member.ts';
import { timeWithoutYear } from '#formats/yearless-time.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Event } from '#model/event.ts';
import type { Logsource, Observation } from '#model/stream.ts';
import type { Glance, Mapping } from '#model/unit.ts';
import { EngineError } from './errors.ts';
import { isGeneric, MappingTable } from './mapping-table.ts';

/** Wrappers in wrappers that are opened: a container's line in a shipper's record in a cloud's. */
const wrapperLimit = 3;

export interface NormaliserUnits {
  readonly mappings: readonly Mapping[];
  /** Adds what the user's files say of the parties of an event; called when the event is built. */
  readonly enrich?: (event: Event) => Event;
  /** Milliseconds since the epoch: the year of times that name none, where the record does not say when it was written. */
  readonly clock?: () => number;
}

/** Records to observations. All it remembers is the time of the stream: the same records in the same order give the same, in whichever thread. */
export class Normaliser {
  private time: number;
  private readonly mappings: MappingTable;
  private readonly enrich: (event: Event) => Event;
  private readonly clock: (() => number) | undefined;

  constructor({ mappings, enrich = (event) => event, clock }: NormaliserUnits, now = 0) {
    this.mappings = new MappingTable(mappings);
    this.enrich = enrich;
    this.clock = clock;
    this.time = now;
  }

  /** The time of the newest event, in milliseconds since the epoch. */
  get now(): number {
    return this.time;
  }

  /** Undefined: no event can be made of it. */
  observe(record: RawRecord): Observed | undefined {
    return this.normalize(record);
  }

  /** When the event of a record was, in milliseconds since the epoch; 0 when it does not say. Nothing is remembered. */
  peekTime(record: RawRecord): number {
    const { now } = this;
    this.time = 0;
    const time = this.normalize(record)?.time ?? 0;
    this.time = now;
    return time;
  }

  /** The first mapping that makes an event of it: a record that only looks like one kind is tried as the next. */
  private normalize(record: RawRecord, wrapped = 0, depth = 0): Observed | undefined {
    for (const mapping of this.mappings.candidates(record.value)) {
      if (!mapping.accepts(record.value)) continue;
      const inner = depth < wrapperLimit ? mapping.inner?.(record) : undefined;
      const within = inner === undefined ? undefined : this.normalize({ ...record, value: inner.value }, inner.time, depth + 1);
      if (within?.generic === false) return within;
      const observed = mapping.glance === undefined ? this.mapped(mapping, record, wrapped) : this.glanced(mapping, mapping.glance(record), record, wrapped);
      if (observed !== undefined) return observed;
    }
    return undefined;
  }

  private mapped(mapping: Mapping, record: RawRecord, wrapped: number): Observed | undefined {
    const event = mapping.map(record);
    if (event === undefined) return undefined;
    const time = this.timeOf(event.time > 0 ? event.time : wrapped || this.yearFound(memberText(event.metadata, 'original_time'), record));
    const timed = event.time > 0 ? event : { ...event, time };
    return new Observed({ logsource: mapping.logsource, time, record: event.unmapped }, isGeneric(mapping), () => this.enrich(timed));
  }

  private glanced(mapping: Mapping, glance: Glance | undefined, record: RawRecord, wrapped: number): Observed | undefined {
    if (glance === undefined) return undefined;
    const time = this.timeOf(glance.time > 0 ? glance.time : wrapped || this.yearFound(glance.original, record));
    return new Observed({ ...glance, time }, isGeneric(mapping), () => {
      const event = mapping.map(record);
      if (event === undefined) throw new EngineError('mapping-inconsistent', `the mapping ${mapping.id} took a record of which it makes no event`);
      return this.enrich(event.time > 0 ? event : { ...event, time });
    });
  }

  /** A time that names no year; 0 when there is none, or nobody knows what day it is. */
  private yearFound(original: string | undefined, { written = this.clock?.() }: RawRecord): number {
    return original === undefined || written === undefined ? 0 : (timeWithoutYear(original, written) ?? 0);
  }

  /** An event without a time of its own gets that of the stream. */
  private timeOf(time: number): number {
    this.time = Math.max(this.time, time);
    return time > 0 ? time : this.time;
  }
}

/** The event is built when someone asks for it. */
export class Observed implements Observation {
  readonly logsource: Logsource;
  readonly time: number;
  readonly record: unknown;
  readonly generic: boolean;
  private readonly build: () => Event;
  private built: Event | undefined;

  constructor({ logsource, time, record }: Glance, generic: boolean, build: () => Event) {
    this.logsource = logsource;
    this.time = time;
    this.record = record;
    this.generic = generic;
    this.build = build;
  }

  get event(): Event {
    this.built ??= this.build();
    return this.built;
  }
}
