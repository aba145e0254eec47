/** SQL over a lake: what `watchward query` asks. DuckDB is an optional part of the installation, loaded when it is needed. */
import { existsSync } from 'node:fs';
import { StoreError } from './store-error.ts';

export interface QueryOptions {
  readonly lake: string;
  /** JSON lines of incidents; the view `incidents` is there when the file is. */
  readonly incidents?: string;
  readonly threads: number;
  readonly memoryMegabytes: number;
  readonly signal?: AbortSignal;
}

export interface View {
  readonly name: string;
  readonly about: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly about: string }[];
}

export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Row by row, as they come. */
  readonly rows: AsyncIterable<readonly Cell[]>;
}

export interface LakeDatabase {
  readonly views: readonly View[];
  readonly snapshot: { readonly parts: number; readonly bytes: number; readonly hot: number };
  /** Runs one statement that reads. Throws StoreError: `query-refused`, or `query-failed` with DuckDB's own words. */
  run(sql: string): Promise<QueryAnswer>;
  close(): void;
}

/** Opens a lake for questions. Throws StoreError; its message can be shown as it is. */
export async function openLakeDatabase(options: QueryOptions): Promise<LakeDatabase> {
  const { lake } = options;
  if (!existsSync(lake)) throw new StoreError('lake-missing', `there is no lake in ${lake}; \`watchward watch\` makes it, and --lake names another`);
  if (/[*?[\]{}]/.test(lake)) throw new StoreError('lake-unusable', `the path ${lake} has one of * ? [ ] { } in it, which DuckDB takes for a pattern; move the lake`);
  const { openDatabase } = await loaded();
  return openDatabase(options);
}

async function loaded() {
  try {
    return await import('./lake/query.ts');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND');
    const how = missing ? 'is not installed' : `cannot be loaded (${error instanceof Error ? error.message : String(error)})`;
    throw new StoreError('query-engine-missing', `DuckDB, which answers queries, ${how}`, error);
  }
}
