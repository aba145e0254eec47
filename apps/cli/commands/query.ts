import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import type { LakeDatabase, QueryAnswer, View } from '#engine/lake.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { counted } from '../counted.ts';
import { printAnswer, queryFormats, type QueryFormat } from '../query-answer.ts';
import { explainMistake } from '../query-mistake.ts';

const mostThreads = 8;
const longestSql = 1024 * 1024;
/** Rows of a table that a person reads, and of anything that a program does. */
const tableRows = 1000;
const otherRows = 10_000_000;

export default defineCommand({
  name: 'query',
  summary: 'Ask the lake of events in SQL',
  description:
    'Answers one SQL statement about every event that `watchward watch` has kept, those of the last second included. Views: events, signals, ' +
    'incidents, and one for each class, such as api_activity or authentication. The columns that are asked for most have names of ' +
    'their own; everything else is in the column event, as JSON. Without SQL it names the views and their columns; - reads SQL from standard input. ' +
    'The lake is only read, and nothing else can be reached: no other file, no network. Answers come from DuckDB.',
  positionals: [{ name: 'sql', help: 'The statement, in quotes; - reads it from standard input' }],
  options: {
    format: { type: 'string', short: 'f', choices: queryFormats, setting: 'env', help: 'How to print rows; table on a terminal, ndjson elsewhere' },
    lake: { type: 'string', value: 'DIR', path: true, setting: 'user', help: 'The lake (default: lake in the state folder)' },
    limit: {
      type: 'string', value: 'ROWS', number: { min: 1, max: otherRows, whole: true },
      help: `Most rows that are shown (default: ${tableRows} of a table, else ${otherRows})`,
    },
    memory: { type: 'string', value: 'MB', default: '1024', number: { min: 64, max: 1_000_000, whole: true }, setting: 'user', help: 'Most memory that a query may take' },
    threads: { type: 'string', value: 'N', number: { min: 1, max: 256, whole: true }, setting: 'user', help: `Threads of a query (default: one a processor, at most ${mostThreads})` },
  },
  examples: [
    { command: 'watchward query "select class, count(*) from events group by 1 order by 2 desc"', explain: 'What is there.' },
    { command: 'watchward query "select time, rule, title, actor_user_name from signals order by time desc limit 20"', explain: 'The last signals.' },
    {
      command: 'watchward query "select actor_user_name, src_endpoint_ip, count(*) as times from events where status_id = 2 and day >= current_date - 7 group by all order by times desc limit 20"',
      explain: 'Who failed most in a week, from where.',
    },
    {
      command: 'watchward query --format csv "select time, api_operation, event->>\'$.http_request.user_agent\' as agent from events where cloud_account_uid = \'123456789012\'"',
      explain: 'A field that has no column of its own.',
    },
  ],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { options, io, signal, stateDir } = invocation;
  const format = queryFormats.find((name) => name === options.text('format')) ?? (io.stdoutIsTTY ? 'table' : 'ndjson');
  const sql = await sqlOf(invocation);
  const [{ openLakeDatabase }, { exportIncidents }] = await Promise.all([import('#engine/lake.ts'), import('#engine/incidents.ts')]);
  const began = io.now().getTime();
  const incidents = exportIncidents(stateDir) ?? join(stateDir, 'incidents.jsonl');
  const open = (): Promise<LakeDatabase> =>
    openLakeDatabase({
      lake: options.text('lake') ?? join(stateDir, 'lake'),
      incidents,
      threads: options.number('threads') ?? Math.min(mostThreads, availableParallelism()),
      memoryMegabytes: options.number('memory') ?? 1024,
      signal,
    });
  const database = await open().catch((error: unknown) => {
    if (signal.aborted) throw interrupted(error);
    return withInstallation(error);
  });
  try {
    if (sql === undefined) io.stdout(listing(database.views, options.text('format') === undefined && !io.stdoutIsTTY ? 'table' : format));
    else await answerTo(sql, database, { invocation, format, began });
  } finally {
    database.close();
  }
  return exitCodes.clean;
}

async function answerTo(sql: string, database: LakeDatabase, { invocation: { options, io, signal }, format, began }: { invocation: Invocation; format: QueryFormat; began: number }): Promise<void> {
  const limit = options.number('limit') ?? (format === 'table' ? tableRows : otherRows);
  const { StoreError } = await import('#engine/lake.ts');
  try {
    const answer: QueryAnswer = await database.run(sql);
    const { rows, more } = await printAnswer(answer, format, limit, io);
    if (more) io.stderr(`watchward: only the first ${limit} rows are shown; --limit shows more\n`);
    if (options.flag('quiet')) return;
    const seconds = ((io.now().getTime() - began) / 1000).toFixed(2);
    const { parts, bytes, hot } = database.snapshot;
    io.stderr(`watchward: ${counted(rows, 'row')} in ${seconds} s; lake of ${counted(parts, 'part')} (${(bytes / 1e6).toFixed(1)} MB) and ${counted(hot, 'event')} not in one yet\n`);
  } catch (error) {
    if (signal.aborted) throw interrupted(error);
    if (error instanceof StoreError && error.code === 'query-failed') throw explainMistake(error, sql, database.views);
    throw error;
  }
}

function interrupted(cause: unknown): CliError {
  return new CliError('failed', 'the query was interrupted', undefined, cause);
}

async function sqlOf({ positionals: [sql], io }: Invocation): Promise<string | undefined> {
  if (sql !== '-') return sql;
  let text = '';
  for await (const chunk of io.stdin) {
    text += String(chunk);
    if (text.length > longestSql) throw new CliError('usage', `the statement is longer than ${longestSql} characters`, 'Shorten it.');
  }
  return text;
}

/** DuckDB is an optional part of the installation: 70 MB that a scan does without. */
async function withInstallation(error: unknown): Promise<never> {
  const { StoreError } = await import('#engine/lake.ts');
  if (!(error instanceof StoreError) || error.code !== 'query-engine-missing') throw error;
  throw new CliError('failed', error.message, 'Install it beside watchward: npm install --global @duckdb/node-api (without --global for a local installation).', error);
}

function listing(views: readonly View[], format: QueryFormat): string {
  if (format !== 'table') return `${JSON.stringify(views, undefined, format === 'json' ? 2 : undefined)}\n`;
  const seen = new Map<string, string>();
  return `${views
    .map(({ name, about, columns }) => {
      const list = columns.map((column) => `  ${column.name.padEnd(22)} ${column.type.padEnd(10)} ${column.about}\n`).join('');
      const like = seen.get(list);
      if (like === undefined) seen.set(list, name);
      return `${name}: ${about}${like === undefined ? `\n${list}` : ` (columns as ${like})\n`}`;
    })
    .join('\n')}`;
}
