import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLake } from './lake.ts';
import { compactStep } from './lake/compact.ts';
import { rollSegment } from './lake/roll.ts';
import { anyEvent, sampleDay, sampleEvent } from './lake/sample.arbitrary.ts';
import { openLakeDatabase, type Cell, type LakeDatabase, type QueryAnswer } from './query.ts';
import { StoreError } from './store-error.ts';

let folder = '';
let lake = '';
let database: LakeDatabase;
const now = sampleDay + 3_600_000;
const signal = { class_uid: 2004, class_name: 'Detection Finding', metadata: { version: '1.8.0', product: { name: 'watchward', vendor_name: 'Watchward' } }, finding_info: { title: 'T', analytic: { uid: 'event/x' } } };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watchward-query-'));
  lake = join(folder, 'lake');
  const written = openLake(lake, { clock: () => now });
  await written.recover(0);
  for (let at = 0; at < 10; at++) written.append(sampleEvent(at), 1, { source: 'a.jsonl', sequence: at });
  written.append(sampleEvent(20, { time: sampleDay - 1, class_name: 'Authentication', class_uid: 3002, message: 'x\u0000\ud800"' }), 1, { source: 'a.jsonl', sequence: 20 });
  await written.flush(1);
  await written.close();
  await rollSegment(lake, 1);
  const hot = openLake(lake, { clock: () => now });
  await hot.recover(1);
  hot.append(sampleEvent(30), 2, { source: 'b.jsonl', sequence: 2 ** 40 });
  hot.append(sampleEvent(31, signal), 2, { source: 'b.jsonl', sequence: 31 });
  await hot.flush(2);
  await hot.close();
  const incident = { id: 'i', title: 'T', state: 'new', severity: 'high', confidence: 'low', risk: { score: 61.5 }, first: sampleDay, last: sampleDay, signals: 3, stages: ['impact'], techniques: ['T1'], entities: [{ kind: 'user', name: 'mira' }], story: 's' };
  const lines = [JSON.stringify({ revision: 1, incident }), JSON.stringify({ revision: 2, incident: { ...incident, state: 'escalating' } }), '{"half'];
  writeFileSync(join(folder, 'incidents.jsonl'), lines.join('\n'));
  database = await openLakeDatabase({ lake, incidents: join(folder, 'incidents.jsonl'), threads: 2, memoryMegabytes: 512 });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function all(answer: QueryAnswer): Promise<(readonly Cell[])[]> {
  return Array.fromAsync(answer.rows);
}
const ask = async (sql: string): Promise<(readonly Cell[])[]> => all(await database.run(sql));

describe('questions', () => {
  test.each<[string, Cell[][]]>([
    ['select count(*) from events', [[13]]],
    ['select class, count(*) from events group by 1 order by 1', [['api_activity', 11], ['authentication', 1], ['detection_finding', 1]]],
    ["select count(*) from events where day = '2026-11-27'", [[1]]],
    ['select time, api_operation, sequence from api_activity order by time desc limit 1', [['2026-11-28 00:00:30', 'GetObject', 2 ** 40]]],
    ["select event->>'$.actor.user.name' from events where uid = 'event-3'", [['user3']]],
    ["select actor_user_name, count(*) from api_activity group by all order by 2 desc, 1 limit 1", [['user2', 3]]],
    ["select message from authentication", [['x\u0000\ufffd"']]],
    ["select event->>'$.message' from authentication", [['x\u0000\ufffd"']]],
    ['select rule, title from signals', [['event/x', 'T']]],
    ['select id, state, risk_score, entities from incidents', [['i', 'escalating', 61.5, 'user mira']]],
    ['from events select source group by all order by 1', [['a.jsonl'], ['b.jsonl']]],
    ['with x as (select 1 as n) select n from x', [[1]]],
    ["-- a comment\nselect 'a;b'; ", [['a;b']]],
  ])('%s', async (sql, rows) => expect(await ask(sql)).toEqual(rows));

  test('say what they answer in', async () => {
    const { columns } = await database.run('select time, sequence, event, day from events limit 1');
    expect(columns).toEqual([{ name: 'time', type: 'TIMESTAMP' }, { name: 'sequence', type: 'BIGINT' }, { name: 'event', type: 'JSON' }, { name: 'day', type: 'DATE' }]);
  });

  test.each(['describe events', 'show tables', 'summarize api_activity', 'explain select * from events', 'explain analyze select 1', 'explain (format json) select 1'])(
    '%s is answered',
    async (sql) => expect((await ask(sql)).length).toBeGreaterThan(0),
  );

  test('the views are named with their columns', () => {
    expect(database.views.map(({ name }) => name)).toEqual(['events', 'signals', 'incidents', 'api_activity', 'authentication', 'detection_finding']);
    expect(database.views[0]?.columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['time', 'src_endpoint_ip', 'event', 'day']));
    expect(database.snapshot).toMatchObject({ parts: 2, hot: 2 });
  });
});

describe('what does not only read is refused', () => {
  const target = (): string => join(lake, 'out.csv');

  test.each([
    ['insert into hot select * from hot', 'INSERT is not allowed'],
    ['delete from hot', 'DELETE is not allowed'],
    ['create table x (a int)', 'CREATE is not allowed'],
    ['drop view events', 'DROP is not allowed'],
    ['set threads = 8', 'SET is not allowed'],
    ['use memory', 'not allowed'],
    ['install httpfs', 'INSTALL is not allowed'],
    ['load httpfs', 'LOAD is not allowed'],
    ["attach 'x.db'", 'ATTACH is not allowed'],
    ['checkpoint', 'not allowed'],
    ['call pragma_version()', 'CALL is not allowed'],
    ['prepare v as select 1', 'PREPARE is not allowed'],
    ['select 1; select 2', 'one statement at a time: this is 2'],
    ['  ', 'there is no statement'],
    ['/* x', 'Parser Error'],
    ['/* x */ explain analyze delete from hot', 'write EXPLAIN first'],
    ['explain analyze delete from hot', 'DELETE is not allowed'],
    ['explain explain delete from hot', 'DELETE is not allowed'],
    ['with x as (select 1) delete from hot', 'DELETE is not allowed'],
    ['pragma enable_profiling', 'PRAGMA is not allowed'],
  ])('%s', async (sql, message) => {
    await expect(ask(sql)).rejects.toThrow(message);
    await expect(ask(sql)).rejects.toBeInstanceOf(StoreError);
  });

  test.each(['copy (select 1) to', 'explain analyze copy (select 1) to', 'explain (analyze) copy (select 1) to', 'export database', 'explain export database', 'explain analyze export database'])('%s the lake', async (sql) => {
    await expect(ask(`${sql} '${target()}'`)).rejects.toThrow(StoreError);
    expect(existsSync(target())).toBe(false);
  });

  test.each([
    "select * from read_text('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from '/etc/passwd.csv'",
    "select * from glob('/etc/*')",
    "select * from read_csv('http://127.0.0.1:9/x.csv')",
    "select * from read_parquet('https://127.0.0.1:9/x.parquet')",
  ])('%s reaches nothing', async (sql) => expect(ask(sql)).rejects.toThrow(/file system operations are disabled|does not exist/));
});

describe('mistakes', () => {
  test('in a name are answered with what there is', async () => {
    await expect(ask('select acter_user_name from events')).rejects.toThrow(/Candidate bindings.*actor_user_name/s);
    await expect(ask('selec 1')).rejects.toMatchObject({ code: 'query-failed', message: expect.stringMatching(/^Parser Error/) as unknown });
  });

  test('a lake that is not there is named', async () => {
    await expect(openLakeDatabase({ lake: join(folder, 'none'), threads: 1, memoryMegabytes: 100 })).rejects.toThrow(/there is no lake in .*none/);
  });
});

test('parts that are merged while a lake is open are found where they are now', async () => {
  const merged = join(folder, 'merged');
  for (const epoch of [1, 2, 3]) {
    const written = openLake(merged, { clock: () => now });
    await written.recover(epoch - 1);
    for (let at = 0; at < 5; at++) written.append(sampleEvent(at), epoch, { source: 'a.jsonl', sequence: at });
    await written.flush(epoch);
    await written.close();
    await rollSegment(merged, epoch);
  }
  const open = await openLakeDatabase({ lake: merged, threads: 2, memoryMegabytes: 512 });
  expect(await all(await open.run('select count(*) from events'))).toEqual([[15]]);
  expect(await compactStep(merged, '2026-11-29')).toMatchObject({ parts: 3 });
  expect(await all(await open.run('select count(*), count(distinct uid) from events'))).toEqual([[15, 5]]);
  expect(open.snapshot.parts).toBe(1);
  open.close();
});

test('whatever is in the events, they can be queried', async () => {
  const hostile = join(folder, 'hostile');
  const events = fc.sample(anyEvent, 400).map((event, at) => (at < 20 ? event : { ...event, class_name: 'Authentication', time: sampleDay }));
  const written = openLake(hostile, { clock: () => now });
  await written.recover(0);
  events.forEach((event, at) => written.append(event, 1, { source: 's', sequence: at }));
  await written.flush(1);
  await written.close();
  await rollSegment(hostile, 1);
  const again = openLake(hostile, { clock: () => now });
  await again.recover(1);
  events.forEach((event, at) => again.append(event, 2, { source: 's', sequence: at }));
  await again.flush(2);
  await again.close();
  const opened = await openLakeDatabase({ lake: hostile, threads: 2, memoryMegabytes: 512 });
  const rows = await all(await opened.run("select count(*), count(event), count(distinct sequence), count(event->>'$.unmapped') > 0 from events"));
  expect(rows).toEqual([[800, 800, 400, true]]);
  expect(await all(await opened.run('select * from events'))).toHaveLength(800);
  opened.close();
});

test.each(['before it is opened', 'before it is asked'])('a question that was interrupted %s does not run', async (when) => {
  const stop = new AbortController();
  if (when === 'before it is opened') stop.abort();
  const asked = openLakeDatabase({ lake, threads: 2, memoryMegabytes: 256, signal: stop.signal }).then((opened) => {
    stop.abort();
    return opened.run('select count(*) from range(100000000) a, range(1000) b where a.range % 7 = b.range % 5').then(all).finally(() => opened.close());
  });
  await expect(asked).rejects.toThrow(/INTERRUPT|abort/i);
});

test('an interrupted question ends', async () => {
  const stop = new AbortController();
  const opened = await openLakeDatabase({ lake, threads: 2, memoryMegabytes: 256, signal: stop.signal });
  setTimeout(() => stop.abort(), 100);
  await expect(opened.run('select count(*) from range(100000000) a, range(1000) b where a.range % 7 = b.range % 5').then(all)).rejects.toThrow(/INTERRUPT/i);
  opened.close();
});
