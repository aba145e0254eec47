import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

/** A lake in which nothing was written yet. `apps/cli/query.test.ts` asks one that holds events. */
const empty = { 'lake/mark.json': '{"segment":0,"epoch":0}\n' };

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

export default defineCases({
  cases: [
    {
      name: 'answers in JSON lines off a terminal, and says how long it took',
      args: ['query', '--lake', 'lake', 'select count(*) as n from events'],
      files: empty,
      exitCode: 0,
      verify: (result) => must(result.stdout === '{"n":0}\n' && /^watchward: 1 row in \d+\.\d\d s; lake of 0 parts/.test(result.stderr), result),
    },
    {
      name: 'answers as a table',
      args: ['query', '--lake', 'lake', '--format', 'table', '--quiet', "select 1 as n, 'a' as letter union all select 20, null order by 1"],
      files: empty,
      exitCode: 0,
      verify: (result) => must(result.stdout === ' n  letter\n──  ──────\n 1  a\n20\n' && result.stderr === '', result),
    },
    {
      name: 'answers as JSON, with JSON inside as it is',
      args: ['query', '--lake', 'lake', '--format', 'json', `select '{"a":[1]}'::json as event, 'x' as b, 'y' as b`],
      files: empty,
      exitCode: 0,
      verify: (result) => must(JSON.stringify(JSON.parse(result.stdout)) === '[{"event":{"a":[1]},"b":"x","b_1":"y"}]', result),
    },
    {
      name: 'answers as CSV, quoted where it must be',
      args: ['query', '--lake', 'lake', '--format', 'csv', `select 'a,b' as x, 'say "hi"' as y, null as z`],
      files: empty,
      exitCode: 0,
      verify: (result) => must(result.stdout === 'x,y,z\r\n"a,b","say ""hi""",\r\n', result),
    },
    {
      name: 'shows what would act on the terminal as text',
      args: ['query', '--lake', 'lake', '--format', 'table', "select chr(27) || '[31m' as x"],
      files: empty,
      exitCode: 0,
      verify: (result) => must(result.stdout.includes('\\x1b[31m') && !result.stdout.includes('\u001b'), result),
    },
    {
      name: 'says that rows were left out',
      args: ['query', '--lake', 'lake', '--limit', '2', 'select range as n from range(5)'],
      files: empty,
      exitCode: 0,
      verify: (result) => must(result.stdout === '{"n":0}\n{"n":1}\n' && result.stderr.includes('only the first 2 rows are shown; --limit shows more'), result),
    },
    {
      name: 'names views and columns without SQL',
      args: ['query', '--lake', 'lake'],
      files: empty,
      exitCode: 0,
      verify: (result) => must(/^events: everything\n {2}time +TIMESTAMP/.test(result.stdout) && result.stdout.includes('signals: '), result),
    },
    {
      name: 'reads SQL from standard input',
      args: ['query', '--lake', 'lake', '-'],
      files: empty,
      stdin: 'select 7 as n;\n',
      exitCode: 0,
      verify: (result) => must(result.stdout === '{"n":7}\n', result),
    },
    {
      name: 'names the column that was meant',
      args: ['query', '--lake', 'lake', 'select acter_user_name from events'],
      files: empty,
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('there is no column acter_user_name') && result.stderr.includes('Did you mean `actor_user_name`?'), result),
    },
    {
      name: 'turns a path into the column that holds it',
      args: ['query', '--lake', 'lake', 'select actor.user.name from events'],
      files: empty,
      exitCode: 3,
      verify: (result) => must(result.stderr.includes("Did you mean `actor_user_name`? Or write event->>'$.actor.user.name'"), result),
    },
    {
      name: 'names the columns that hold a word',
      args: ['query', '--lake', 'lake', 'select ip from events'],
      files: empty,
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('`src_endpoint_ip` or `dst_endpoint_ip`'), result),
    },
    {
      name: 'names the view that was meant',
      args: ['query', '--lake', 'lake', 'select * from event'],
      files: empty,
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('there is no view event') && result.stderr.includes('Did you mean `events`?'), result),
    },
    {
      name: 'points at a mistake in the SQL',
      args: ['query', '--lake', 'lake', 'selec 1'],
      files: empty,
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('syntax error at or near "selec"') && result.stderr.includes('LINE 1: selec 1'), result),
    },
    {
      name: 'only reads',
      args: ['query', '--lake', 'lake', "copy (select 1) to 'lake/x.csv'"],
      files: empty,
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('COPY is not allowed: a lake is only read'), result),
    },
    {
      name: 'reaches no other file',
      args: ['query', '--lake', 'lake', "select * from read_text('lake/mark.json')"],
      files: empty,
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('disabled by configuration') && result.stdout === '', result),
    },
    {
      name: 'ends with 3 where there is no lake, and says what makes one',
      args: ['query', 'select 1'],
      exitCode: 3,
      verify: (result) => must(/there is no lake in .*state\/lake; `watchward watch` makes it/.test(result.stderr), result),
    },
    { name: 'ends with 3 for a format that is not known', args: ['query', '--format', 'xml', 'select 1'], exitCode: 3 },
  ],
});
