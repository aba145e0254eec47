import type { StoreError, View } from '#engine/lake.ts';
import { CliError } from './command.ts';
import { didYouMean, nearest } from './suggest.ts';

const mostWords = 30;

/** DuckDB's complaint about a query, with what was probably meant. */
export function explainMistake(error: StoreError, sql: string, views: readonly View[]): CliError {
  const { message } = error;
  const columns = [...new Set(views.flatMap((view) => view.columns.map(({ name }) => name)))];
  const column = /Referenced column "([^"]*)" not found/.exec(message)?.[1];
  if (column !== undefined) return mistake(`there is no column ${column}`, columnHint(column, columns), error);
  const table = /Referenced table "([^"]*)" not found/.exec(message)?.[1];
  if (table !== undefined) return mistake(`there is no view or column ${table}`, pathHint(table, sql, columns), error);
  const view = /Table with name (.*) does not exist/.exec(message)?.[1];
  const names = views.map(({ name }) => name);
  if (view !== undefined) return mistake(`there is no view ${view}`, [didYouMean(view, names), `Views: ${names.slice(0, mostWords).join(', ')}.`], error);
  return mistake(message.split('\n\n')[0] ?? message, [place(message)], error);
}

function mistake(what: string, hints: readonly (string | undefined)[], cause: StoreError): CliError {
  return new CliError('usage', what, hints.filter((hint) => hint !== undefined && hint !== '').join('\n  '), cause);
}

function columnHint(column: string, columns: readonly string[]): string[] {
  const within = columns.filter((name) => name.split('_').includes(column.toLowerCase()));
  const meant = didYouMean(column.replaceAll('.', '_'), columns) ?? (within.length > 0 ? `Did you mean ${within.slice(0, 4).map((name) => `\`${name}\``).join(' or ')}?` : undefined);
  return [...(meant === undefined ? [] : [meant]), '`watchward query` without SQL names the columns; what has none: event->>\'$.path.in.event\''];
}

/** `actor.user.name` is `actor_user_name`, or a path in the event. */
function pathHint(table: string, sql: string, columns: readonly string[]): string[] {
  const escaped = table.replace(/[^\w]/g, (character) => `\\${character}`);
  const path = new RegExp(`\\b${escaped}(?:\\.\\w+)+`, 'i').exec(sql)?.[0] ?? table;
  const column = nearest(path.replaceAll('.', '_'), columns);
  return [`${column === undefined ? 'Write' : `Did you mean \`${column}\`? Or write`} event->>'$.${path}'`];
}

/** The line that DuckDB points at. */
function place(message: string): string {
  return message.split('\n\n').slice(1).join('\n').split('\n').join('\n  ');
}
