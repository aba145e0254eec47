import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Position } from '#model/intake.ts';
import { Spool, type SpoolOptions } from './spool.ts';

const root = mkdtempSync(join(tmpdir(), 'watchward-spool-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => join(root, String((folders += 1)));

function openSpool(folder: string, options: Partial<SpoolOptions> = {}): { spool: Spool; told: Diagnostic[] } {
  const told: Diagnostic[] = [];
  return { spool: new Spool({ folder, id: 'spool', sync: false, onDiagnostic: (diagnostic) => told.push(diagnostic), ...options }), told };
}

const record = (value: unknown, source = 'udp'): RawRecord => ({ source, sequence: 1, value });

/** What is there from a position on, and the position behind it. */
async function readAll(spool: Spool, from?: Position): Promise<{ records: RawRecord[]; position: Position | undefined }> {
  const records: RawRecord[] = [];
  let position = from;
  for await (const batch of spool.source({ signal: new AbortController().signal, follow: false }).read(from)) {
    records.push(...batch.records);
    ({ position } = batch);
  }
  return { records, position };
}

const files = (folder: string): string[] => readdirSync(folder).sort().map((name) => join(folder, name));

test('gives back what was appended, numbered in order, with any value that JSON knows', async () => {
  const { spool } = openSpool(newFolder());
  const values = fc.sample(fc.jsonValue(), { numRuns: 50, seed: 3 });
  await Promise.all(values.map((value) => spool.append([record(value)])));
  await spool.append([record('\u00ff\u0000\u00fe\u0001 \ud800 text', 'tcp'), record(null)]);
  const expected = [...values, '\u00ff\u0000\u00fe\u0001 \ud800 text', null].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  const { records } = await readAll(spool);
  expect(records.map(({ value }) => value)).toEqual(expected);
  expect(records.map(({ sequence }) => sequence)).toEqual(expected.map((_, at) => at + 1));
  expect(records[50]?.source).toBe('tcp');
  await spool.close();
});

type Step = { readonly kind: 'append'; readonly counts: readonly number[] } | { readonly kind: 'read'; readonly batches: number } | { readonly kind: 'restart' | 'release' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('append' as const), counts: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }) }),
    fc.record({ kind: fc.constant('read' as const), batches: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constantFrom('restart' as const, 'release' as const) }),
  ),
  { minLength: 5, maxLength: 25 },
);

test('however appends, reads, restarts and releases follow one another, each record comes once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 200, max: 3000 }), async (list, segmentBytes) => {
      const folder = newFolder();
      let { spool, told } = openSpool(folder, { segmentBytes });
      let written = 0;
      const seen: unknown[] = [];
      let position: Position | undefined;
      const read = async (batches: number): Promise<void> => {
        let left = batches;
        for await (const batch of spool.source({ signal: new AbortController().signal, follow: false }).read(position)) {
          for (const { value, sequence } of batch.records) seen.push([value, sequence]);
          ({ position } = batch);
          if ((left -= 1) === 0) break;
        }
      };
      for (const step of list) {
        if (step.kind === 'append') await Promise.all(step.counts.map((count) => spool.append(Array.from({ length: count }, () => record((written += 1))))));
        else if (step.kind === 'read') await read(step.batches);
        else if (step.kind === 'release' && position !== undefined) spool.release(position);
        else if (step.kind === 'restart') {
          await spool.close();
          expect(told).toEqual([]);
          ({ spool, told } = openSpool(folder, { segmentBytes }));
        }
      }
      await read(Infinity);
      expect(told).toEqual([]);
      expect(seen).toEqual(Array.from({ length: written }, (_, at) => [at + 1, at + 1]));
      if (position !== undefined) spool.release(position);
      expect(spool.figures.segments).toBeLessThanOrEqual(1);
      await spool.close();
    }),
    { numRuns: 60, seed: 5 },
  );
});

test('reading again from any position gives the records after it', async () => {
  const { spool } = openSpool(newFolder(), { segmentBytes: 20_000 });
  for (let at = 0; at < 30; at += 1) await spool.append(Array.from({ length: 200 }, (_, n) => record(at * 200 + n)));
  const whole: RawRecord[] = [];
  const marks: { readonly position: Position; readonly count: number }[] = [];
  for await (const batch of spool.source({ signal: new AbortController().signal, follow: false }).read(undefined)) {
    whole.push(...batch.records);
    marks.push({ position: JSON.parse(JSON.stringify(batch.position)) as Position, count: whole.length });
  }
  expect(whole).toHaveLength(6000);
  expect(marks.length).toBeGreaterThan(4);
  for (const { position, count } of marks) expect((await readAll(spool, position)).records).toEqual(whole.slice(count));
  await spool.close();
});

describe('a crash', () => {
  test('within the last write costs only what was not promised, wherever it is cut', async () => {
    const folder = newFolder();
    const first = openSpool(folder);
    await first.spool.append([record('kept')]);
    const kept = first.spool.figures.bytes;
    await first.spool.append([record('torn')]);
    const whole = first.spool.figures.bytes;
    await first.spool.close();
    const [path = ''] = files(folder);
    const bytes = readFileSync(path);
    for (let cut = kept; cut < whole; cut += 1) {
      for (const name of files(folder)) rmSync(name);
      writeFileSync(path, bytes.subarray(0, cut));
      const { spool, told } = openSpool(folder);
      await spool.append([record('next')]);
      expect((await readAll(spool)).records.map(({ value, sequence }) => [value, sequence])).toEqual([['kept', 1], ['next', 2]]);
      expect(told).toEqual([]);
      await spool.close();
    }
  });

  test('numbers are not given again after everything was released and the spool opened anew', async () => {
    const folder = newFolder();
    let { spool } = openSpool(folder);
    await spool.append([record(1), record(2)]);
    const { position } = await readAll(spool);
    await spool.close();
    ({ spool } = openSpool(folder));
    await spool.append([record(3)]);
    spool.release(position ?? {});
    expect(files(folder)).toHaveLength(1);
    expect((await readAll(spool, position)).records).toEqual([{ source: 'udp', sequence: 3, value: 3 }]);
    await spool.close();
  });
});

describe('damage', () => {
  test('in the middle is passed over, told with its place and never quoted', async () => {
    const folder = newFolder();
    let { spool } = openSpool(folder);
    for (let at = 1; at <= 5; at += 1) await spool.append([record(`password-${at}`)]);
    await spool.close();
    const [path = ''] = files(folder);
    const bytes = readFileSync(path);
    const size = bytes.length / 5;
    for (const offset of [0, 1, 5, 9, 14, 19, 25, 30]) {
      const broken = Buffer.from(bytes);
      broken[2 * size + offset] = (broken[2 * size + offset] ?? 0) ^ 0x55;
      writeFileSync(path, broken);
      const opened = openSpool(folder);
      ({ spool } = opened);
      expect((await readAll(spool)).records.map(({ sequence }) => sequence)).toEqual([1, 2, 4, 5]);
      expect(opened.told.map(({ code }) => code)).toEqual(['spool-damaged', 'spool-damaged']);
      expect(JSON.stringify(opened.told)).toMatch(/1 records from number 3/);
      expect(JSON.stringify(opened.told)).not.toMatch(/password/);
      await spool.close();
    }
  });

  test('random bytes anywhere never end a read, and what is whole is found', async () => {
    const folder = newFolder();
    const first = openSpool(folder, { segmentBytes: 600 });
    for (let at = 1; at <= 40; at += 1) await first.spool.append([record(at)]);
    await first.spool.close();
    const originals = files(folder).map((path) => [path, readFileSync(path)] as const);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), async (which, noise, place) => {
        for (const path of files(folder)) rmSync(path);
        for (const [path, bytes] of originals) writeFileSync(path, bytes);
        const [path, bytes] = originals[which % originals.length] ?? ['', Buffer.alloc(1)];
        const broken = Buffer.from(bytes);
        broken.set(noise.subarray(0, broken.length - (place % broken.length)), place % broken.length);
        writeFileSync(path, broken);
        const { spool } = openSpool(folder);
        const { records } = await readAll(spool);
        expect(records.every(({ value, sequence }) => value === sequence)).toBe(true);
        expect(records.length).toBeGreaterThanOrEqual(40 - 1 - Math.ceil((noise.length * 40) / originals.reduce((sum, [, one]) => sum + one.length, 0)) - 1);
        await spool.close();
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  test('a file that is gone, and a position of another spool, are said', async () => {
    const folder = newFolder();
    const first = openSpool(folder, { segmentBytes: 100 });
    for (let at = 1; at <= 10; at += 1) await first.spool.append([record('x'.repeat(100))]);
    const { position } = await readAll(first.spool);
    await first.spool.close();
    rmSync(files(folder)[3] ?? '');
    const second = openSpool(folder);
    expect((await readAll(second.spool)).records).toHaveLength(9);
    expect(second.told[0]?.message).toMatch(/1 records from number 4/);
    await second.spool.close();
    const other = openSpool(newFolder());
    await other.spool.append([record('a')]);
    for (const from of [position, { segment: -1 }, {}]) expect((await readAll(other.spool, from)).records).toHaveLength(1);
    expect(other.told).toHaveLength(3);
    await other.spool.close();
  });
});

describe('limits', () => {
  test('at its size on disk appending waits, says so once, and goes on when something is released', async () => {
    const { spool, told } = openSpool(newFolder(), { diskBytes: 10_000 });
    let done = 0;
    const appending = (async () => {
      for (let at = 0; at < 40; at += 1) {
        await spool.append([record('x'.repeat(1000))]);
        done += 1;
      }
    })();
    await vi.waitUntil(() => spool.figures.full, { timeout: 30_000 });
    await wait(50);
    expect(done).toBe(10);
    expect(told.map(({ code }) => code)).toEqual(['spool-full']);
    let position: Position | undefined;
    while (done < 40) {
      ({ position } = await readAll(spool, position));
      expect(spool.figures.bytes).toBeLessThan(12_000);
      if (position !== undefined) spool.release(position);
      await wait(5);
    }
    await appending;
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(['spool-full']));
    await spool.close();
  });

  test('whoever waits for room is refused at the close', async () => {
    const { spool } = openSpool(newFolder(), { diskBytes: 1000 });
    await spool.append([record('x'.repeat(2000))]);
    const waiting = spool.append([record('y')]);
    await vi.waitUntil(() => spool.figures.full, { timeout: 30_000 });
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'spool-closed' }), spool.close()]);
    await expect(spool.append([record('z')])).rejects.toMatchObject({ code: 'spool-closed' });
  });

  test('a record that is no JSON or is huge is refused alone', async () => {
    const { spool } = openSpool(newFolder());
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const results = await Promise.allSettled([spool.append([record(circle)]), spool.append([record('fine')]), spool.append([record('x'.repeat(9_000_000))])]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    expect((await readAll(spool)).records).toHaveLength(1);
    await spool.close();
  });

  test('a folder that cannot be used is an error that names it', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(() => openSpool(file)).toThrow(/the spool in .*file cannot be opened/);
  });
});

test('a reader that follows wakes at once, and ends with its signal', async () => {
  const { spool } = openSpool(newFolder());
  const stop = new AbortController();
  const waits: number[] = [];
  let sent = 0;
  const reading = (async () => {
    for await (const _ of spool.source({ signal: stop.signal, follow: true }).read(undefined)) waits.push(performance.now() - sent);
  })();
  for (let at = 0; at < 20; at += 1) {
    await wait(5);
    sent = performance.now();
    await spool.append([record(at)]);
    await vi.waitUntil(() => waits.length === at + 1, { timeout: 30_000, interval: 5 });
  }
  stop.abort();
  await reading;
  expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(500);
  await spool.close();
});

test('many appends at once share few writes', async () => {
  const { spool } = openSpool(newFolder(), { sync: true });
  await Promise.all(Array.from({ length: 2000 }, (_, at) => spool.append([record(at)])));
  const batches: number[] = [];
  for await (const { records } of spool.source({ signal: new AbortController().signal, follow: false }).read(undefined)) batches.push(records.length);
  expect(batches.reduce((sum, count) => sum + count, 0)).toBe(2000);
  expect(batches.length).toBeLessThan(10);
  await spool.close();
});

test('a write that fails is told to those who wait for it', async () => {
  const folder = newFolder();
  const { spool } = openSpool(folder, { segmentBytes: 100 });
  await spool.append([record('x'.repeat(200))]);
  rmSync(folder, { recursive: true });
  await expect(spool.append([record('lost')])).rejects.toMatchObject({ code: 'spool-unusable' });
  await spool.close();
});
