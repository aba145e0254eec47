/**
 * SQL over a lake. DuckDB, in memory, sees the parts of the lake and nothing else: no other file, no network, no extension, and no
 * way to allow itself more. It is a native addon, so it runs in a process of its own (`watchward query`), never in the watch.
 */
import { DuckDBInstance, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api';
import type { Cell, LakeDatabase, QueryAnswer, QueryOptions, View } from '../query.ts';
import { StoreError } from '../store-error.ts';
import { incidentColumns, readIncidents } from './incidents-table.ts';
import { eventColumn, storedColumns, type Column } from './columns.ts';
import { fillHot, fillTable, quoted } from './hot-table.ts';
import { reopening } from './reopening.ts';
import { snapshotOf, type Snapshot } from './snapshot.ts';
import { readingStatement } from './statement.ts';

/** Opens a lake for questions. */
export function openDatabase(options: QueryOptions): Promise<LakeDatabase> {
  return reopening(() => listed(options.lake), (snapshot) => openOver(snapshot, options));
}

function listed(lake: string): Snapshot {
  const snapshot = snapshotOf(lake);
  if (snapshot === undefined) throw new StoreError('lake-unusable', `the lake ${lake} changes faster than it can be listed; try again`);
  return snapshot;
}

async function openOver(snapshot: Snapshot, options: QueryOptions): Promise<LakeDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(options.threads), memory_limit: `${options.memoryMegabytes}MB` });
  const connection = await instance.connect();
  const calm = options.signal === undefined ? () => undefined : interruptOn(options.signal, connection);
  const leave = (): void => {
    calm();
    close(connection, instance);
  };
  const views = await prepared(connection, snapshot, options.incidents).catch((error: unknown) => {
    leave();
    throw error;
  });
  return {
    views,
    snapshot: {
      parts: snapshot.parts.length,
      bytes: snapshot.parts.reduce((sum, part) => sum + part.bytes, 0),
      hot: snapshot.hot.reduce((sum, block) => sum + block.rows, 0),
    },
    run: async (sql) => {
      options.signal?.throwIfAborted();
      return await run(connection, sql);
    },
    close: leave,
  };
}

async function prepared(connection: DuckDBConnection, snapshot: Snapshot, incidents: string | undefined): Promise<View[]> {
  const views = await makeViews(connection, snapshot, incidents);
  await lockDown(connection, snapshot);
  return views;
}

const again = 100;

/** Interrupts again and again: what is not running yet hears nothing, and would run for as long as it likes. Gives what ends it. */
function interruptOn(signal: AbortSignal, connection: DuckDBConnection): () => void {
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    connection.interrupt();
    timer ??= setInterval(() => connection.interrupt(), again).unref();
  };
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return () => {
    signal.removeEventListener('abort', begin);
    clearInterval(timer);
  };
}

async function lockDown(connection: DuckDBConnection, { parts }: Snapshot): Promise<void> {
  await connection.run("SET temp_directory = ''");
  await connection.run(`SET allowed_paths = [${parts.map(({ path }) => quoted(path)).join(', ')}]`);
  for (const setting of ['enable_external_access', 'autoinstall_known_extensions', 'autoload_known_extensions', 'allow_community_extensions']) {
    await connection.run(`SET ${setting} = false`);
  }
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run('SET lock_configuration = true');
}

const sqlTypes = { text: 'VARCHAR', int: 'INTEGER', long: 'BIGINT', time: 'TIMESTAMP' } as const;

async function makeViews(connection: DuckDBConnection, snapshot: Snapshot, incidents: string | undefined): Promise<View[]> {
  const stored = [...storedColumns, eventColumn];
  const list = stored.map(({ name }) => name).join(', ');
  await connection.run(`CREATE TABLE hot (${stored.map(({ name, type }) => `${name} ${sqlTypes[type]}`).join(', ')}, class VARCHAR, day DATE)`);
  await fillHot(connection, snapshot.hot);
  const files = snapshot.parts.map(({ path }) => quoted(path)).join(', ');
  const parquet = `SELECT ${list}, class, day FROM read_parquet([${files}], hive_partitioning = true, hive_types = {'class': VARCHAR, 'day': DATE}) UNION ALL `;
  const shown = storedColumns.map(({ name }) => name).join(', ');
  await connection.run(
    `CREATE VIEW events AS SELECT ${shown}, TRY_CAST(event AS JSON) AS event, class, day FROM (${files === '' ? '' : parquet}SELECT * FROM hot)`,
  );
  const classes = [...new Set([...snapshot.parts.map(({ partition }) => partition), ...snapshot.hot.map(({ key }) => key)].map((key) => key.split('/')[0] ?? ''))];
  const reserved = new Set(['events', 'signals', 'incidents', 'hot']);
  const named = classes.filter((name) => !reserved.has(name)).sort();
  for (const name of named) await connection.run(`CREATE VIEW "${name}" AS SELECT * FROM events WHERE class = ${quoted(name)}`);
  await connection.run("CREATE VIEW signals AS SELECT * FROM events WHERE class = 'detection_finding' AND lower(product_name) = 'watchward'");
  const columns = [...[...storedColumns, eventColumn].map(describe), { name: 'class', type: 'VARCHAR', about: 'name of the view of its class' }, { name: 'day', type: 'DATE', about: 'UTC; name it to read less' }];
  return [
    { name: 'events', about: 'everything', columns },
    { name: 'signals', about: 'what the rules of this watch found', columns },
    ...(await incidentsView(connection, incidents)),
    ...named.map((name) => ({ name, about: 'events of this class', columns })),
  ];
}

function describe({ name, type, about }: Column): View['columns'][number] {
  return { name, type: name === eventColumn.name ? 'JSON' : sqlTypes[type], about };
}

async function incidentsView(connection: DuckDBConnection, path: string | undefined): Promise<View[]> {
  const found = path === undefined ? undefined : readIncidents(path);
  if (found === undefined) return [];
  await connection.run(`CREATE TABLE incidents (${incidentColumns.map(([name, type]) => `"${name}" ${type}`).join(', ')})`);
  await fillTable(connection, 'incidents', incidentColumns.map(([, type]) => type), found.rows);
  const columns = incidentColumns.map(([name, type, about]) => ({ name, type, about }));
  return [{ name: 'incidents', about: `their latest state${found.cut ? '; the file is long, only its end was read' : ''}`, columns }];
}

async function run(connection: DuckDBConnection, sql: string): Promise<QueryAnswer> {
  try {
    const statement = await readingStatement(connection, sql);
    const result = await statement.stream();
    const columns = result.columnNames().map((name, at) => ({ name, type: nameOf(result.columnType(at)) }));
    const wide = columns.map(({ type }) => /^(?:U?BIGINT|U?HUGEINT)$/.test(type));
    return { columns, rows: rowsOf(result.yieldRowsJson() as AsyncIterable<Cell[][]>, wide) };
  } catch (error) {
    throw failed(error);
  }
}

/** JSON is text with another name. */
function nameOf(type: DuckDBType): string {
  return type.alias ?? type.toString();
}

async function* rowsOf(chunks: AsyncIterable<Cell[][]>, wide: readonly boolean[]): AsyncGenerator<readonly Cell[]> {
  try {
    for await (const chunk of chunks) for (const row of chunk) yield row.map((cell, at) => (wide[at] === true ? asNumber(cell) : cell));
  } catch (error) {
    throw failed(error);
  }
}

/** Whole numbers come as text, because some are too large for a number. */
function asNumber(cell: Cell): Cell {
  const number = typeof cell === 'string' ? Number(cell) : Number.NaN;
  return Number.isSafeInteger(number) ? number : cell;
}

function failed(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError('query-failed', message.replace(/^Failed to extract statements: /, '').trim(), error);
}

function close(connection: DuckDBConnection, instance: DuckDBInstance): void {
  connection.closeSync();
  instance.closeSync();
}
