/** More in one request than may be. */
export class RecordLimit extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = 'RecordLimit';
  }
}

export interface RecordBounds {
  readonly records: number;
  /** What the records weigh in all, each with what it shares with others: a small request can name much that every record repeats. */
  readonly bytes: number;
}

export class BoundedRecords<Kind> {
  readonly records: Kind[] = [];
  readonly #bounds: RecordBounds;
  #bytes = 0;

  constructor(bounds: RecordBounds) {
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(record: Kind, bytes: number): void {
    this.#bytes += bytes;
    if (this.records.length >= this.#bounds.records) throw new RecordLimit(`more than ${this.#bounds.records} records in one request`);
    if (this.#bytes > this.#bounds.bytes) throw new RecordLimit(`more than ${this.#bounds.bytes} bytes of records in one request`);
    this.records.push(record);
  }
}
