import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { sampleEventLog, type SampleValue, type SampleXml, utf16 } from '../evtx/sample-event-log.ts';
import { isSame, lookAt } from './found-files.ts';
import { expectEachLineOnce, type Got, readAll, start, until } from './rotations.arbitrary.ts';

const root = mkdtempSync(join(tmpdir(), 'watchward-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
function newFolder(): string {
  const folder = join(root, String((folders += 1)));
  mkdirSync(folder);
  return folder;
}

const values = ({ records }: Got): unknown[] => records.map(({ value }) => value);
const lines = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}\n`).join('');
const upTo = (to: number, from = 1): string[] => Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);

describe('to the end', () => {
  const three = [{ a: 1 }, { b: [2, '}'] }, { c: 'x' }];
  const json = three.map((value) => JSON.stringify(value)).join('\n');
  test.each<[string, string | Buffer, readonly unknown[]]>([
    ['lines of text', lines(1, 2500), upTo(2500)],
    ['a last line without its end', 'line 1\nline 2', upTo(2)],
    ['JSON lines', json, three],
    ['a list', JSON.stringify(three, undefined, 1), three],
    ['CloudTrail', JSON.stringify({ Records: three }), three],
    ['CloudTrail on lines', `${JSON.stringify({ Records: three.slice(0, 2) })}\n${JSON.stringify({ Records: three.slice(2) })}\n`, three],
    ['a byte order mark', `\ufeff${json}`, three],
    ['gzip', gzipSync(lines(1, 2500)), upTo(2500)],
    ['Zstandard', zstdCompressSync(lines(1, 2500)), upTo(2500)],
    ['nothing', '', []],
  ])('%s; and from every position on the same again', async (_, content, expected) => {
    const path = join(newFolder(), 'app.log');
    writeFileSync(path, content);
    const whole = await readAll(path);
    expect(values(whole)).toEqual(expected);
    expect(whole.told).toEqual([]);
    expect(whole.records.map(({ source, sequence }) => [source, sequence])).toEqual(expected.map((__, at) => [path, at + 1]));
    for (const { position, count } of whole.marks) expect((await readAll(path, position)).records).toEqual(whole.records.slice(count));
  });

  test('lines of the audit system that stand between one another; and from every position on the same again', async () => {
    const path = join(newFolder(), 'audit.log');
    const line = (type: string, serial: number): string => `type=${type} msg=audit(1772600767.243:${serial}): a=1`;
    const events = Array.from({ length: 2500 }, (_, at) => [line('SYSCALL', at), line('PATH', at), line('PROCTITLE', at)]);
    // Each third event ends behind the beginning of the next.
    const written = events.flatMap((event, at) => (at % 3 === 0 ? [...event.slice(0, 2), events[at + 1]?.[0] ?? '', ...event.slice(2)] : event.slice(at % 3 === 1 ? 1 : 0)));
    writeFileSync(path, `${written.filter((text) => text !== '').join('\n')}\n`);
    const whole = await readAll(path);
    expect(values(whole)).toEqual(events.map((event) => event.join('\n')));
    for (const { position, count } of whole.marks) expect((await readAll(path, position)).records).toEqual(whole.records.slice(count));
  });

  test('long lists are cut into batches, and any of them can be gone on from', async () => {
    const path = join(newFolder(), 'trail.json');
    const list = Array.from({ length: 3500 }, (_, at) => ({ at }));
    writeFileSync(path, `${JSON.stringify({ first: 1 })}\n${JSON.stringify({ Records: list })}\n${JSON.stringify({ last: 1 })}\n`);
    const whole = await readAll(path);
    expect(values(whole)).toEqual([{ first: 1 }, ...list, { last: 1 }]);
    expect(Math.max(...whole.marks.map(({ count }, at) => count - (whole.marks[at - 1]?.count ?? 0)))).toBeLessThanOrEqual(1000);
    for (const { position, count } of whole.marks) expect((await readAll(path, position)).records).toEqual(whole.records.slice(count));
  });

  test('an event log, and from its middle', async () => {
    const path = join(newFolder(), 'Security.evtx');
    const value = (text: string): SampleValue => ({ type: 0x01, bytes: utf16(text) });
    const form = (xml: SampleXml): SampleXml => xml.open('Event').closeStart().open('EventData').closeStart().data('Value', 0, 0x01).end().end();
    writeFileSync(path, sampleEventLog(form, ['a', 'b', 'c'].map((text) => ({ values: [value(text)] }))));
    const whole = await readAll(path);
    expect(values(whole)).toEqual(['a', 'b', 'c'].map((text) => ({ Event: { EventData: { Value: text } } })));
    for (const { position, count } of whole.marks) expect((await readAll(path, position)).records).toEqual(whole.records.slice(count));
  });

  test('files of a pattern in the order of their names, rotated ones first; links to files; nothing hidden', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'b', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'b', 'deep', 'x.log'), 'deep');
    writeFileSync(join(folder, 'app.log'), 'now');
    writeFileSync(join(folder, 'app.log.1'), 'before');
    writeFileSync(join(folder, 'app.log.2.gz'), gzipSync('long before'));
    writeFileSync(join(folder, 'app.log.10'), 'first');
    writeFileSync(join(folder, '.hidden.log'), 'no');
    writeFileSync(join(folder, 'other.txt'), 'no');
    symlinkSync(join(folder, 'b', 'deep', 'x.log'), join(folder, 'link.log'));
    expect(values(await readAll(join(folder, '*.log*')))).toEqual(['first', 'long before', 'before', 'now', 'deep']);
    expect(values(await readAll(join(folder, '**/*.log')))).toEqual(['now', 'deep']);
    expect(values(await readAll(join(folder, '*', 'dee?', '*')))).toEqual(['deep']);
  });

  test('what cannot be decoded is laid aside as it came, told by its line and never quoted', async () => {
    const path = join(newFolder(), 'bad.jsonl');
    writeFileSync(path, '{"a":1}\n{"password":"hunter\n{"b":2}\n');
    const got = await readAll(path);
    expect(values(got)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(got.dead).toEqual(['{"password":"hunter']);
    expect(got.told).toMatchObject([{ code: 'event-unreadable', path, line: 2 }]);
    expect(JSON.stringify(got.told)).not.toMatch(/hunter/);
  });

  test('a missing file, a folder, and packing that is not known', async () => {
    const folder = newFolder();
    expect(() => start(join(folder, 'none'))).toThrow(/there is no file/);
    expect(() => start(folder)).toThrow(/folder:/);
    writeFileSync(join(folder, 'x.bz2'), 'BZh91AY&SY');
    const got = await readAll(join(folder, '*'));
    expect(got.told).toMatchObject([{ code: 'event-unreadable', message: expect.stringMatching(/unpack it first/) as string }]);
    expect(values(await readAll(join(folder, '*.nothing')))).toEqual([]);
  });
});

describe('followed', () => {
  test('an event of the audit system without a last line is given soon', async () => {
    const path = join(newFolder(), 'audit.log');
    const event = ['SYSCALL', 'CWD', 'PATH'].map((type) => `type=${type} msg=audit(1772600767.243:7): a=1`);
    const run = start(path, { follow: true });
    writeFileSync(path, `${event.join('\n')}\n`);
    await until(() => run.records.length === 1);
    appendFileSync(path, `${event.join('\n').replaceAll(':7)', ':8)')}\n`);
    await until(() => run.records.length === 2);
    await run.stop();
    expect(values(run)).toEqual([event.join('\n'), event.join('\n').replaceAll(':7)', ':8)')]);
  });

  test('growth is seen soon; a line counts when it is whole', async () => {
    const path = join(newFolder(), 'app.log');
    const run = start(path, { follow: true });
    await wait(50);
    writeFileSync(path, 'line 1\nli');
    await until(() => run.records.length === 1);
    await wait(300);
    expect(values(run)).toEqual(upTo(1));
    appendFileSync(path, 'ne 2\nline 3\n');
    await until(() => run.records.length === 3);
    await run.stop();
    expect(values(run)).toEqual(upTo(3));
    expect(run.records.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  test.each(['app.log', 'app.log*'])('rename and create, packing afterwards, files that are removed: %s', async (pattern) => {
    const folder = newFolder();
    const path = join(folder, 'app.log');
    writeFileSync(path, lines(1, 3));
    const run = start(join(folder, pattern), { follow: true });
    await until(() => run.records.length === 3);
    appendFileSync(path, 'line 4\nline 5');
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines(6, 7));
    await until(() => run.records.length === 7);
    writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(`${path}.1`)));
    unlinkSync(`${path}.1`);
    await wait(700);
    unlinkSync(path);
    await wait(300);
    writeFileSync(path, lines(8, 8));
    await until(() => run.records.length === 8);
    await wait(600);
    await run.stop();
    expect(values(run)).toEqual(upTo(8));
    expect(run.records.map(({ source, sequence }) => [source, sequence])).toEqual(upTo(8).map((_, at) => [path, at + 1]));
    expect(run.told).toEqual([]);
  });

  test.each(['app.log', 'app.log*'])('copy and truncate: %s', async (pattern) => {
    const folder = newFolder();
    const path = join(folder, 'app.log');
    writeFileSync(path, lines(1, 3));
    const run = start(join(folder, pattern), { follow: true });
    await until(() => run.records.length === 3);
    appendFileSync(path, lines(4, 5));
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, lines(6, 6));
    await until(() => run.records.length === 6);
    await wait(700);
    await run.stop();
    expect(values(run)).toEqual(upTo(6));
  });

  test('replaced by a shorter one, and by a longer one in the same place', async () => {
    const path = join(newFolder(), 'app.log');
    writeFileSync(path, lines(1, 5));
    const run = start(path, { follow: true });
    await until(() => run.records.length === 5);
    writeFileSync(`${path}.new`, lines(6, 7));
    renameSync(`${path}.new`, path);
    await until(() => run.records.length === 7);
    writeFileSync(path, lines(8, 20));
    await until(() => run.records.length === 20);
    await run.stop();
    expect(values(run)).toEqual(upTo(20));
  });

  test('a copy of a whole log over itself, as rsync makes it, goes on where it was', async () => {
    const path = join(newFolder(), 'app.log');
    writeFileSync(path, lines(1, 5));
    const run = start(path, { follow: true });
    await until(() => run.records.length === 5);
    writeFileSync(`${path}.part`, lines(1, 9));
    renameSync(`${path}.part`, path);
    await until(() => run.records.length >= 9);
    await wait(300);
    await run.stop();
    expect(values(run)).toEqual(upTo(9));
  });
});

describe('between two runs', () => {
  const cases: readonly [string, (path: string) => void, number][] = [
    ['growth', (path) => appendFileSync(path, lines(6, 8)), 8],
    ['rename and create', (path) => { appendFileSync(path, lines(6, 7)); renameSync(path, `${path}.1`); writeFileSync(path, lines(8, 8)); }, 8],
    ['rename, packing and create', (path) => { appendFileSync(path, lines(6, 7)); writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(path))); unlinkSync(path); writeFileSync(path, lines(8, 8)); }, 8],
    ['copy and truncate', (path) => { appendFileSync(path, lines(6, 7)); copyFileSync(path, `${path}-20260304`); truncateSync(path); appendFileSync(path, lines(8, 8)); }, 8],
    ['nothing', () => undefined, 5],
  ];
  test.each(cases)('%s', async (_, between, last) => {
    const path = join(newFolder(), 'app.log');
    writeFileSync(path, lines(1, 5));
    const first = await readAll(path);
    between(path);
    const second = await readAll(path, first.marks.at(-1)?.position);
    expect([...values(first), ...values(second)]).toEqual(upTo(last));
    expect(second.records.map(({ sequence }) => sequence)).toEqual(Array.from({ length: last - 5 }, (__, at) => at + 6));
    expect(second.told).toEqual([]);
  });

  test('what is gone for good is said', async () => {
    const path = join(newFolder(), 'app.log');
    writeFileSync(path, lines(1, 5));
    const first = await readAll(path);
    unlinkSync(path);
    writeFileSync(path, 'another\n');
    const second = await readAll(path, first.marks.at(-1)?.position);
    expect(values(second)).toEqual(['another']);
    expect(second.told).toMatchObject([{ code: 'file-unreadable', path }]);
  });
});

test.each(['app.log', 'app.log*'])('whatever a writer, rotation and restarts do, each line comes once, in order: %s', async (pattern) => {
  await expectEachLineOnce(newFolder(), pattern, { numRuns: 3, seed: 21 });
});

test('a new file is not taken for one that was removed before, whose inode it was given', async () => {
  const folder = newFolder();
  await wait(20);
  const path = join(folder, 'app.log');
  writeFileSync(path, lines(1, 1));
  const before = await lookAt(path);
  unlinkSync(path);
  await wait(20);
  writeFileSync(path, lines(2, 2));
  const after = await lookAt(path);
  if (before === undefined || after === undefined) throw new Error('nothing is there');
  expect(isSame(after, after)).toBe(true);
  expect(isSame(before, after)).toBe(false);
});

test('what was rotated away empty has no heirs: they are those of the file that is written', async () => {
  const path = join(newFolder(), 'app.log');
  writeFileSync(path, lines(1, 3));
  writeFileSync(`${path}.1`, '');
  const run = start(`${path}*`, { follow: true });
  await until(() => run.records.length === 3);
  renameSync(`${path}.1`, `${path}.3`);
  copyFileSync(path, `${path}.2`);
  truncateSync(path);
  renameSync(path, `${path}.1`);
  writeFileSync(path, lines(4, 4));
  await until(() => run.records.length >= 4);
  await wait(600);
  await run.stop();
  expect(values(run)).toEqual(upTo(4));
});

test('a folder is read without leaving files open', async () => {
  const path = join(newFolder(), 'app.log');
  writeFileSync(path, lines(1, 5000));
  const before = readdirSync('/proc/self/fd').length;
  const run = start(path, { most: 1 });
  await run.ended;
  await readAll(path);
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before + 1);
});
