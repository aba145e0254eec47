import { storedColumns } from './columns.ts';

export type Values = (string | number | null)[];

/** More rows than this no block has: two bytes say which text a row holds. */
export const mostRows = 8_192;
const firstRoom = 256;

/** A column of texts: each once, and for each row which of them, from 1. What comes back often is kept as one, and no event's own copy lives on. */
class TextColumn {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  #rows = new Uint16Array(firstRoom);
  #last = '';
  #lastNumber = 0;

  get used(): boolean {
    return this.texts.length > 0;
  }

  add(row: number, text: string): void {
    if (row >= this.#rows.length) this.#rows = grown(this.#rows, new Uint16Array(mostRows));
    if (this.#lastNumber === 0 || text !== this.#last) {
      this.#last = text;
      this.#lastNumber = this.#numbers.get(text) ?? this.#append(text);
    }
    this.#rows[row] = this.#lastNumber;
  }

  bytes(rows: number): Uint8Array {
    return bytesOf(this.#rows.length < rows ? grown(this.#rows, new Uint16Array(mostRows)) : this.#rows, rows);
  }

  /** Ready for another block. */
  clear(rows: number): void {
    this.#rows.fill(0, 0, rows);
    this.#numbers.clear();
    this.texts.length = 0;
    [this.#last, this.#lastNumber] = ['', 0];
  }

  #append(text: string): number {
    const number = this.texts.push(text);
    this.#numbers.set(text, number);
    return number;
  }
}

/** A column of numbers; not a number where a row has none. */
class NumberColumn {
  #rows = new Float64Array(firstRoom).fill(Number.NaN);
  used = false;

  add(row: number, value: number): void {
    this.used = true;
    if (row >= this.#rows.length) this.#rows = grown(this.#rows, new Float64Array(mostRows).fill(Number.NaN));
    this.#rows[row] = value;
  }

  bytes(rows: number): Uint8Array {
    return bytesOf(this.#rows.length < rows ? grown(this.#rows, new Float64Array(mostRows).fill(Number.NaN)) : this.#rows, rows);
  }

  /** Ready for another block. */
  clear(rows: number): void {
    this.#rows.fill(Number.NaN, 0, rows);
    this.used = false;
  }
}

function grown<T extends Uint16Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

function bytesOf(numbers: Uint16Array | Float64Array, rows: number): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, rows * numbers.BYTES_PER_ELEMENT);
}

/** Gathers the columns of a block. One that holds no value takes no room. */
export class ColumnsBuilder {
  readonly #columns: (TextColumn | NumberColumn | undefined)[] = storedColumns.map(() => undefined);

  /** `values` in the order of `storedColumns`, each of the type of its column. */
  add(row: number, values: readonly (string | number | null)[]): void {
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      if (typeof value === 'string') this.#textsOf(at)?.add(row, value);
      else if (typeof value === 'number') this.#numbersOf(at)?.add(row, value);
    }
  }

  /**
   * How long what follows is, in four bytes; as JSON a list of [name, texts], numbers without texts; then for each of these a number for each row: two
   * bytes to say which text, from 1, or a double. Numbers are little-endian, as all machines have them that this runs on.
   */
  encode(rows: number): Buffer {
    const present = storedColumns.flatMap(({ name }, at) => {
      const column = this.#columns[at];
      return column?.used === true ? [{ name, column }] : [];
    });
    const head = Buffer.from(JSON.stringify(present.map(({ name, column }) => (column instanceof TextColumn ? [name, column.texts] : [name]))));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    return Buffer.concat([length, head, ...present.map(({ column }) => column.bytes(rows))]);
  }

  /** Ready for another block; what was encoded is a copy. Columns keep their room. */
  clear(rows: number): void {
    for (const column of this.#columns) if (column?.used === true) column.clear(rows);
  }

  #textsOf(at: number): TextColumn | undefined {
    const column = (this.#columns[at] ??= new TextColumn());
    return column instanceof TextColumn ? column : undefined;
  }

  #numbersOf(at: number): NumberColumn | undefined {
    const column = (this.#columns[at] ??= new NumberColumn());
    return column instanceof NumberColumn ? column : undefined;
  }
}

/** A column as it is stored: for each row which of the texts, from 1, or its number; 0, or not a number, where it has none. */
export type StoredColumn = { readonly texts: readonly string[]; readonly rows: Uint16Array } | { readonly texts: undefined; readonly rows: Float64Array };

/** What `encode` wrote, by name. */
export function readColumns(bytes: Buffer, rows: number): Map<string, StoredColumn> {
  let at = 4 + bytes.readUInt32LE(0);
  const head = JSON.parse(bytes.toString('utf8', 4, at)) as readonly (readonly [name: string, texts?: readonly string[]])[];
  return new Map(head.map(([name, texts]) => {
    const from = bytes.byteOffset + at;
    at += rows * (texts === undefined ? 8 : 2);
    // A copy: in the file they stand where they came to stand.
    const part = bytes.buffer.slice(from, bytes.byteOffset + at);
    return [name, texts === undefined ? { texts, rows: new Float64Array(part) } : { texts, rows: new Uint16Array(part) }];
  }));
}

export function valuesIn({ texts, rows }: StoredColumn): Values {
  return texts === undefined ? Array.from(rows, orNull) : Array.from(rows, (number) => texts[number - 1] ?? null);
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
