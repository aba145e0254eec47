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
