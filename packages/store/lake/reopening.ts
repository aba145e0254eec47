import { existsSync } from 'node:fs';
import type { Cell, LakeDatabase, QueryAnswer } from '../query.ts';
import { StoreError } from '../store-error.ts';
import type { Snapshot } from './snapshot.ts';

const attempts = 5;

/** A database over a snapshot, which goes out of date. */
export interface Opened {
  readonly database: LakeDatabase;
  readonly seen: Snapshot;
}

/**
 * A database over a lake that changes under it: a watch merges parts, or lets old ones go, between the moment at which the lake is listed and that at
 * which a part is read. Then it is listed anew and asked again, as long as no row has been given out.
 */
export async function reopening(list: () => Snapshot, open: (snapshot: Snapshot) => Promise<LakeDatabase>): Promise<LakeDatabase> {
  const opened: Opened[] = [];
  const current = (): Opened => opened.at(-1) as Opened;
  const anew = async (): Promise<void> => {
    const seen = list();
    opened.push({ database: await unlessGone(seen, () => open(seen)), seen });
  };
  await patiently(anew);
  return {
    get views() {
      return current().database.views;
    },
    get snapshot() {
      return current().database.snapshot;
    },
    run: (sql) => patiently(async (attempt) => {
      if (attempt > 1) await anew();
      const { database, seen } = current();
      return unlessGone(seen, async () => begun(await database.run(sql), seen));
    }),
    // Rows of earlier answers may be read from any of them.
    close: () => {
      for (const { database } of opened) database.close();
    },
  };
}

async function patiently<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!(error instanceof LakeChanged)) throw error;
      if (attempt === attempts) throw new StoreError('lake-unusable', 'the lake changes faster than it can be read; try again', error.cause);
    }
  }
}

class LakeChanged extends Error {}

/** DuckDB has several words for a file that is gone: the lake itself is asked. */
async function unlessGone<T>(seen: Snapshot, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isGone(seen) ? new LakeChanged('a part is gone', { cause: error }) : error;
  }
}

function isGone({ parts }: Snapshot): boolean {
  return parts.some(({ path }) => !existsSync(path));
}

/** The answer with its first row read: a part that has gone shows then, or while later rows come. */
async function begun({ columns, rows }: QueryAnswer, seen: Snapshot): Promise<QueryAnswer> {
  const iterator = rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  return { columns, rows: rest(first, iterator, seen) };
}

async function* rest(first: IteratorResult<readonly Cell[], unknown>, iterator: AsyncIterator<readonly Cell[]>, seen: Snapshot): AsyncGenerator<readonly Cell[]> {
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  } catch (error) {
    throw isGone(seen) ? new StoreError('query-failed', 'parts of the lake were merged while they were read; ask again', error) : error;
  } finally {
    await iterator.return?.();
  }
}
