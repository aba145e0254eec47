import type { RawRecord } from '#model/artifact.ts';

/** A record that was read as JSON, with that JSON: who hands the record to another thread need not write it again. A copy of it has none. */
export class ReadRecord implements RawRecord {
  readonly source: string;
  readonly sequence: number;
  readonly value: unknown;
  readonly written?: number;
  readonly #json: string | undefined;

  constructor(source: string, sequence: number, { value, json }: { readonly value: unknown; readonly json?: string | undefined }, written?: number) {
    this.source = source;
    this.sequence = sequence;
    this.value = value;
    this.#json = json;
    if (written !== undefined) this.written = written;
  }

  static jsonOf(record: RawRecord): string | undefined {
    return record instanceof ReadRecord ? record.#json : undefined;
  }
}

/**
 * The same record while it waits, as light as can be: read from its JSON once more when somebody asks for its value, which few do. Thousands wait at a time,
 * and what is made of JSON is many objects that would all grow old.
 */
export function resting(record: RawRecord): RawRecord {
  const json = ReadRecord.jsonOf(record);
  return json === undefined ? record : new RestingRecord(record, json);
}

class RestingRecord implements RawRecord {
  readonly source: string;
  readonly sequence: number;
  readonly written?: number;
  readonly #json: string;

  constructor({ source, sequence, written }: RawRecord, json: string) {
    this.source = source;
    this.sequence = sequence;
    this.#json = json;
    if (written !== undefined) this.written = written;
  }

  get value(): unknown {
    return JSON.parse(this.#json) as unknown;
  }

  toJSON(): RawRecord {
    const { source, sequence, value, written } = this;
    return { source, sequence, value, ...(written === undefined ? {} : { written }) };
  }
}
