import { StatementType, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { StoreError } from '../store-error.ts';

const allowed = 'SELECT, FROM, WITH, DESCRIBE, SHOW, SUMMARIZE and EXPLAIN';

/**
 * What a statement that only reads may begin with, after comments. DuckDB itself says below what a statement is; but it has to prepare
 * it for that, and preparing some (EXPORT) already does something.
 */
const beginning = /^(?:\s|--[^\n]*(?:\n|$)|\/\*.*?\*\/|\()*(?:select|from|with|values|table|describe|desc|show|summarize|explain|pivot|unpivot)\b/is;

/** The one statement in `sql`, if it only reads. */
export async function readingStatement(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  if (sql.trim() === '') throw new StoreError('query-refused', 'there is no statement');
  if (!beginning.test(sql)) {
    // What is no SQL at all is better explained by the parser.
    await connection.extractStatements(sql);
    throw refused(/[a-z]+/i.exec(sql)?.[0].toUpperCase() ?? 'this');
  }
  // EXPLAIN ANALYZE runs what it explains.
  const [, explained] = /^\s*explain\s+(?:analyze\s+)?(?:\([^()]*\)\s*)?(.*)$/is.exec(sql) ?? [];
  if (explained !== undefined) await readingStatement(connection, explained);
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new StoreError('query-refused', `one statement at a time: this is ${statements.count}`);
  const statement = await statements.prepare(0);
  const kind = statement.statementType;
  if (kind === StatementType.SELECT) return statement;
  if (kind !== StatementType.EXPLAIN) throw refused(StatementType[kind].replace('_', ' '));
  if (explained === undefined) throw new StoreError('query-refused', 'write EXPLAIN first, and nothing before it');
  return statement;
}

function refused(kind: string): StoreError {
  return new StoreError('query-refused', `${kind} is not allowed: a lake is only read, with ${allowed}`);
}
