import {
  BIGINT, DATE, DOUBLE, DuckDBDataChunk, DuckDBDateValue, DuckDBTimestampValue, INTEGER, TIMESTAMP, VARCHAR,
  type DuckDBAppender, type DuckDBConnection, type DuckDBType, type DuckDBValue,
} from '@duckdb/node-api';
import { columnsOf, pagesOf, type Block } from './block.ts';
import { valuesIn } from './block-columns.ts';
import { storedColumns } from './columns.ts';
import { eventsIn } from './event-pages.ts';

const duckTypes = new Map<string, DuckDBType>([
  ['INTEGER', INTEGER], ['BIGINT', BIGINT], ['DOUBLE', DOUBLE], ['TIMESTAMP', TIMESTAMP], ['DATE', DATE],
]);

type Plain = string | number | null;

/** As many rows as DuckDB takes at once. */
const chunkRows = 2048;

/** Puts what is not Parquet yet into the table `hot`. */
export async function fillHot(connection: DuckDBConnection, blocks: readonly Block[]): Promise<void> {
  const types = [...storedColumns.map(({ type }) => ({ text: 'VARCHAR', int: 'INTEGER', long: 'BIGINT', time: 'TIMESTAMP' })[type]), 'VARCHAR', 'VARCHAR', 'DATE'];
  const appender = await connection.createAppender('hot');
  for (const block of blocks) {
    const [name = '', day = ''] = block.key.split('/');
    const values = columnsOf(block);
    const columns: (readonly Plain[])[] = [
      ...storedColumns.map(({ name: column }) => {
        const found = values.get(column);
        return found === undefined ? Array<null>(block.rows).fill(null) : valuesIn(found);
      }),
      eventsIn(pagesOf(block)).map(String),
      Array<string>(block.rows).fill(name),
      Array<string>(block.rows).fill(day),
    ];
    appendColumns(appender, types, columns, block.rows);
  }
  appender.closeSync();
}

export async function fillTable(connection: DuckDBConnection, table: string, types: readonly string[], rows: readonly (readonly Plain[])[]): Promise<void> {
  const appender = await connection.createAppender(table);
  const columns = types.map((_, at) => rows.map((row) => row[at] ?? null));
  appendColumns(appender, types, columns, rows.length);
  appender.closeSync();
}

function appendColumns(appender: DuckDBAppender, types: readonly string[], columns: readonly (readonly Plain[])[], rows: number): void {
  for (let from = 0; from < rows; from += chunkRows) {
    const chunk = DuckDBDataChunk.create(types.map((type) => duckTypes.get(type) ?? VARCHAR), Math.min(chunkRows, rows - from));
    columns.forEach((column, at) =>
      chunk.setColumnValues(at, column.slice(from, from + chunkRows).map((value) => valueOf(types[at] ?? '', value))),
    );
    appender.appendDataChunk(chunk);
  }
}


function valueOf(type: string, value: Plain): DuckDBValue {
  if (value === null) return null;
  if (type === 'BIGINT') return BigInt(value);
  if (type === 'TIMESTAMP') return new DuckDBTimestampValue(BigInt(value) * 1000n);
  if (type === 'DATE') return new DuckDBDateValue(Date.parse(String(value)) / 86_400_000);
  return value;
}

/** A text as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
