import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLake, type Lake, type LakeOptions } from './lake.ts';
import { compactStep } from './lake/compact.ts';
import { partName, partsIn, segmentName, segmentsIn } from './lake/layout.ts';
import { retain } from './lake/retain.ts';
import { rollSegment } from './lake/roll.ts';
import { anyEvent, rowsOf, sampleDay, sampleEvent } from './lake/sample.arbitrary.ts';
import { StoreError } from './store-error.ts';

/** Other work on the machine must not make a test fail. */
const patient = { timeout: 60_000 };
let folder = '';
let lake: Lake | undefined;
let now = sampleDay + 3_600_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchward-lake-'));
  now = sampleDay + 3_600_000;
});
afterEach(async () => {
  await lake?.close();
  lake = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function open(committed = 0, options: Partial<LakeOptions> = {}): Promise<Lake> {
  await lake?.close();
  lake = openLake(folder, { clock: () => now, ...options });
  await lake.recover(committed);
  return lake;
}

async function put(into: Lake, epoch: number, numbers: readonly number[], commit = true): Promise<void> {
  for (const number of numbers) into.append(sampleEvent(number), epoch, { source: 'a.jsonl', sequence: number });
  await into.flush(epoch);
  if (commit) into.committed(epoch);
}

const uids = async (): Promise<unknown[]> => (await rowsOf(folder)).map(({ uid }) => uid).sort();
const named = (...numbers: number[]): string[] => numbers.map((number) => `event-${number}`).sort();
const hot = (number: number): string => join(folder, 'hot', segmentName(number));

describe('epochs', () => {
  test('what was flushed and committed is there, what was not is dropped by the next start', async () => {
    const first = await open();
    await put(first, 1, [1, 2]);
    await put(first, 2, [3], false);
    first.append(sampleEvent(4), 3, { source: 'a.jsonl', sequence: 4 });
    await first.close();
    lake = openLake(folder, { clock: () => now });
    expect(lake.latestEpoch()).toBe(2);
    expect(await lake.recover(1)).toEqual({ dropped: 1, damage: undefined });
    expect(await uids()).toEqual(named(1, 2));
    await put(lake, 2, [3]);
    expect(await uids()).toEqual(named(1, 2, 3));
    expect(segmentsIn(folder)).toEqual([1]);
  });

  test('events of the next epoch may come before an epoch is flushed, and stay out of it', async () => {
    const open1 = await open();
    open1.append(sampleEvent(1), 1, { source: 'a', sequence: 1 });
    open1.append(sampleEvent(2), 2, { source: 'a', sequence: 2 });
    await open1.flush(1);
    expect(await uids()).toEqual(named(1));
    await open1.flush(2);
    expect(await uids()).toEqual(named(1, 2));
  });

  test('an event of a flushed epoch is refused, and so is work before recover', async () => {
    const opened = await open();
    await opened.flush(1);
    expect(() => opened.append(sampleEvent(1), 1, { source: 'a', sequence: 1 })).toThrow(StoreError);
    await opened.close();
    lake = openLake(folder, { clock: () => now });
    expect(() => lake?.append(sampleEvent(1), 5, { source: 'a', sequence: 1 })).toThrow('recover() comes first');
  });

  test('a lake that is ahead of the state is refused, and can be taken as it is', async () => {
    const first = await open(0, { rollBytes: 1 });
    await put(first, 5, [1]);
    await first.close();
    lake = openLake(folder, { clock: () => now });
    await expect(lake.recover(3)).rejects.toThrow(/already holds epoch 5 and the state knows only 3/);
    await lake.recover(lake.latestEpoch());
    expect(await uids()).toEqual(named(1));
  });

  test('two processes cannot write one lake', async () => {
    await open();
    expect(() => openLake(folder, { clock: () => now })).toThrow(/in use by another watchward/);
  });

  test('an epoch without events writes nothing', async () => {
    await put(await open(), 1, []);
    expect(segmentsIn(folder)).toEqual([]);
  });
});

describe('Parquet', () => {
  test('a large hot file becomes parts by class and day, once it is committed', async () => {
    const opened = await open(0, { rollBytes: 1 });
    opened.append(sampleEvent(1), 1, { source: 'a', sequence: 1 });
    opened.append(sampleEvent(2, { class_name: 'Authentication', class_uid: 3002 }), 1, { source: 'a', sequence: 2 });
    opened.append(sampleEvent(3, { time: sampleDay - 1 }), 1, { source: 'a', sequence: 3 });
    await opened.flush(1);
    await opened.close();
    expect(partsIn(folder)).toEqual([]);
    const again = await open(1);
    again.committed(1);
    await again.close();
    expect(segmentsIn(folder)).toEqual([1]);
    await (await open(1, { rollBytes: 1 })).close();
    expect(segmentsIn(folder)).toEqual([]);
    expect(partsIn(folder).map(({ partition, name }) => `${partition}/${name}`)).toEqual([
      `api_activity/2026-11-27/${partName(1)}`, `api_activity/2026-11-28/${partName(1)}`, `authentication/2026-11-28/${partName(1)}`,
    ]);
    expect(await uids()).toEqual(named(1, 2, 3));
  });

  test('a hot file that has grown old becomes Parquet although it is small', async () => {
    const opened = await open(0, { rollAge: 1000 });
    await put(opened, 1, [1]);
    now += 2000;
    await put(opened, 2, []);
    await opened.close();
    expect(segmentsIn(folder)).toEqual([]);
    expect(await uids()).toEqual(named(1));
  });

  test('rolling that was interrupted is done again, and nothing counts twice meanwhile', async () => {
    await put(await open(), 1, [1, 2]);
    const segment = readFileSync(hot(1));
    await lake?.close();
    await rollSegment(folder, 1);
    writeFileSync(hot(1), segment);
    expect(await uids()).toEqual(named(1, 2));
    await open(1, { rollBytes: 1 });
    await lake?.close();
    expect(segmentsIn(folder)).toEqual([]);
    expect(await uids()).toEqual(named(1, 2));
  });

  test('whatever comes is kept as it came', async () => {
    const events = fc.sample(anyEvent, 300).map((event, at) => (at < 20 ? event : { ...event, class_name: 'Authentication', time: sampleDay }));
    const texts = events.map((event) => JSON.stringify(event)).sort();
    const opened = await open();
    events.forEach((event, at) => opened.append(event, 1, { source: 's', sequence: at }));
    await opened.flush(1);
    expect((await rowsOf(folder)).map(({ text }) => text).sort()).toEqual(texts);
    await rollSegment(folder, 1);
    expect((await rowsOf(folder)).map(({ text }) => text).sort()).toEqual(texts);
  });

  test('an event too large is kept without its record, and counted', async () => {
    const opened = await open();
    opened.append(sampleEvent(1, { unmapped: { x: 'y'.repeat(2_000_000) } }), 1, { source: 'a', sequence: 1 });
    await opened.flush(1);
    expect(opened.counts).toEqual({ events: 1, cut: 1 });
    const [row] = await rowsOf(folder);
    expect(JSON.parse(row?.text ?? '')).not.toHaveProperty('unmapped');
    expect(row?.uid).toBe('event-1');
  });
});

describe('damage', () => {
  test('a torn end of an uncommitted epoch is cut silently', async () => {
    await put(await open(), 1, [1]);
    await put(await open(1), 2, [2], false);
    await lake?.close();
    writeFileSync(hot(1), readFileSync(hot(1)).subarray(0, -5));
    lake = openLake(folder, { clock: () => now });
    expect(await lake.recover(1)).toEqual({ dropped: 0, damage: undefined });
    expect(await uids()).toEqual(named(1));
  });

  test('damage in what was committed is said, and the rest is kept', async () => {
    const opened = await open();
    for (const epoch of [1, 2, 3]) await put(opened, epoch, [epoch]);
    await opened.close();
    const bytes = readFileSync(hot(1));
    bytes[Math.floor(bytes.length / 2)] = 0xff;
    writeFileSync(hot(1), bytes);
    lake = openLake(folder, { clock: () => now });
    expect((await lake.recover(3)).damage).toMatch(/bytes of .*\.hot are damaged and were passed over/);
    expect(await uids()).toEqual(named(1, 3));
  });

  test('an end of the committed epoch that is torn is said', async () => {
    await put(await open(), 1, [1]);
    await lake?.close();
    writeFileSync(hot(1), readFileSync(hot(1)).subarray(0, -1));
    lake = openLake(folder, { clock: () => now });
    expect((await lake.recover(1)).damage).toMatch(/events of epoch 1 are gone/);
  });

  test('noise between and after blocks never throws', async () => {
    await put(await open(), 1, [1]);
    await lake?.close();
    appendFileSync(hot(1), 'WWL1WWL1 noise');
    await open(1);
    expect(await uids()).toEqual(named(1));
  });
});

describe('upkeep', () => {
  async function parts(...each: number[][]): Promise<void> {
    const opened = await open(0, { rollBytes: 1 });
    for (const [at, numbers] of each.entries()) await put(opened, at + 1, numbers);
    await opened.close();
    lake = undefined;
  }

  test('the small parts of a closed day become one, and an open day is left alone', async () => {
    await parts([1, 2], [3], [4]);
    expect(await compactStep(folder, '2026-11-28')).toBeUndefined();
    expect(await compactStep(folder, '2026-11-29')).toEqual({ partition: 'api_activity/2026-11-28', parts: 3 });
    expect(partsIn(folder).map(({ name }) => name)).toEqual([partName(1, 3)]);
    expect(await compactStep(folder, '2026-11-29')).toBeUndefined();
    expect(await uids()).toEqual(named(1, 2, 3, 4));
  });

  test('parts that a merged one covers count no more, and the next start takes them away', async () => {
    await parts([1], [2]);
    const old = partsIn(folder).map(({ path }) => ({ path, bytes: readFileSync(path) }));
    await compactStep(folder, '2026-11-29');
    for (const { path, bytes } of old) writeFileSync(path, bytes);
    expect(await uids()).toEqual(named(1, 2));
    await open(2);
    expect(partsIn(folder)).toHaveLength(1);
  });

  test('numbers go on after a merge, so that late parts never fall under it', async () => {
    await parts([1], [2]);
    await compactStep(folder, '2026-11-29');
    const opened = await open(2, { rollBytes: 1 });
    await put(opened, 3, [3]);
    await opened.close();
    expect(partsIn(folder).map(({ first, last }) => [first, last])).toEqual([[1, 2], [3, 3]]);
    expect(await uids()).toEqual(named(1, 2, 3));
  });

  test('retention takes old days, then the oldest parts until the rest fits', async () => {
    await parts([-200_000], [1], [2], [3]);
    const size = partsIn(folder)[1]?.bytes ?? 0;
    expect(retain(folder, { days: 2, bytes: 1e9 }, sampleDay)).toMatchObject({ parts: 1, days: ['2026-11-25'] });
    expect(await uids()).toEqual(named(1, 2, 3));
    expect(retain(folder, { days: undefined, bytes: size * 2.5 }, sampleDay)).toMatchObject({ parts: 1, days: ['2026-11-28'] });
    expect(await uids()).toEqual(named(2, 3));
    retain(folder, { days: undefined, bytes: 0 }, sampleDay);
    expect(readdirSync(join(folder, 'class=api_activity'))).toEqual([]);
  });

  test('the watch retains and merges by itself, and says what retention took', async () => {
    await parts([1], [2]);
    const notes: string[] = [];
    now += 86_400_000 * 2;
    const opened = await open(2, { retention: { days: 10, bytes: 1e9 }, onNote: (note) => notes.push(note) });
    await expect.poll(() => partsIn(folder).map(({ name }) => name), patient).toEqual([partName(1, 2)]);
    now += 86_400_000 * 20;
    opened.committed(3);
    await expect.poll(() => notes, patient).toEqual([expect.stringMatching(/retention took 1 part .* of 2026-11-28/)]);
    expect(await rowsOf(folder)).toEqual([]);
  });

  test('a failure is said and tried again later', async () => {
    const notes: string[] = [];
    const thread = new URL(`data:text/javascript,process.exit(1)`);
    const opened = await open(0, { rollBytes: 1, thread, onNote: (note) => notes.push(note) });
    await put(opened, 1, [1]);
    await expect.poll(() => notes.length, patient).toBeGreaterThan(0);
    expect(notes[0]).toMatch(/could not (?:roll|retain) \(its thread ended\)/);
    expect(await uids()).toEqual(named(1));
  });
});
