import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { RecordDecoder } from './record-decoder.ts';
import { readRecords } from './records.ts';
import { SourceError } from './source-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly values: unknown[];
  readonly problems: Diagnostic[];
}

async function read(content: string | Buffer, chunkBytes = 65_536): Promise<Outcome> {
  const bytes = Buffer.from(content);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.subarray(at, at + chunkBytes));
  const problems: Diagnostic[] = [];
  const values: unknown[] = [];
  for await (const record of readRecords(Readable.from(chunks), (problem) => problems.push(problem))) {
    expect(record).toMatchObject({ source: '-', sequence: values.length + 1 });
    values.push(record.value);
  }
  return { values, problems };
}

const three = [{ a: 1 }, { b: 'x]}[{,"\\' }, { c: { d: [1, '\n'] } }];
const lines = three.map((value) => JSON.stringify(value)).join('\n');

describe('forms', () => {
  test.each<[string, string | Buffer]>([
    ['lines', lines],
    ['lines with a last newline, blank lines, CRLF', `\r\n${lines.replaceAll('\n', '\r\n\r\n')}\n\n`],
    ['a byte order mark', `\ufeff${lines}`],
    ['a list', JSON.stringify(three)],
    ['a list over many lines', JSON.stringify(three, undefined, 2)],
    ['CloudTrail', JSON.stringify({ Records: three })],
    ['CloudTrail over many lines', JSON.stringify({ Records: three }, undefined, 2)],
    ['CloudTrail with more after the list', JSON.stringify({ Records: three, more: [{ x: ']' }], z: '}' })],
    ['CloudTrail with more before the list', JSON.stringify({ more: 1, Records: three })],
    ['CloudTrail files one after another', `${JSON.stringify({ Records: three.slice(0, 2) })}\n${JSON.stringify({ Records: three.slice(2) })}\n`],
    ['objects over many lines', three.map((value) => JSON.stringify(value, undefined, 2)).join('\n')],
    ['a JSON text sequence', three.map((value) => `\u001e${JSON.stringify(value)}\n`).join('')],
    ['gzip', gzipSync(lines)],
    ['gzip in two members', Buffer.concat([gzipSync(lines.slice(0, 20)), gzipSync(lines.slice(20))])],
    ['gzip with a byte order mark', gzipSync(`\ufeff${lines}`)],
  ])('%s, in chunks of every size', async (_, content) => {
    for (const chunkBytes of [1, 2, 3, 7, 16, 65_536]) expect(await read(content, chunkBytes)).toEqual({ values: three, problems: [] });
  });

  test.each(['', '\n\n', '[]', '{"Records":[]}', '\ufeff'])('nothing: %j', async (content) => {
    expect(await read(content)).toEqual({ values: [], problems: [] });
  });

  test('any list of objects comes back as it was, however it is cut', async () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })).filter((value) => !('Records' in value)), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(objects, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 2), fc.boolean(), async (list, chunkBytes, indent, wrapped) => {
        const expected: unknown = JSON.parse(JSON.stringify(list));
        expect(await read(JSON.stringify(wrapped ? { Records: list } : list, undefined, indent), chunkBytes)).toEqual({ values: expected, problems: [] });
        expect((await read(list.map((value) => JSON.stringify(value)).join('\n'), chunkBytes)).values).toEqual(expected);
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});

test('a line that is no JSON is a record of its own, as text', async () => {
  const text = '<34>Oct 11 22:14:15 web-1 su: failed\n{"a":1}\r\n  203.0.113.9 - - "GET /" \r\n"quoted", then more\nnull-ish\n';
  for (const chunkBytes of [1, 7, 65_536]) {
    const { values, problems } = await read(text, chunkBytes);
    expect(values).toEqual(['<34>Oct 11 22:14:15 web-1 su: failed', { a: 1 }, '203.0.113.9 - - "GET /"', '"quoted", then more', 'null-ish']);
    expect(problems).toEqual([]);
  }
});

test('what looks like a record, and elements of a list, are never text', async () => {
  const { values, problems } = await read('{"a":\n[{"a":}, 5]\n-1.5e3\ntrue\n');
  expect(values).toEqual([]);
  expect(problems.map((one) => one.line)).toEqual([1, 2, 2, 3, 4]);
});

describe('what is broken', () => {
  test('costs one line, is told by its number, and never quoted', async () => {
    const { values, problems } = await read('{"a":1}\n{"password":"hunter\n\n{"b":2}\n"text"\n[1]\nnull\n{"c":3}');
    expect(values).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
    expect(problems.map((one) => [one.code, one.line])).toEqual([2, 5, 6, 7].map((line) => ['event-unreadable', line]));
    expect(JSON.stringify(problems)).not.toMatch(/hunter|text/);
  });

  test('an element of a list costs itself', async () => {
    const { values, problems } = await read('[{"a":1},\n{"b":nonsense},\n{"c":3}]');
    expect(values).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems).toMatchObject([{ code: 'event-unreadable', line: 2 }]);
  });

  test.each(['[{"a":1},{"b":', '{"Records":[{"a":1},{"b":"'])('an end in the middle is said: %s', async (content) => {
    const { values, problems } = await read(content);
    expect(values).toEqual([{ a: 1 }]);
    expect(problems).toHaveLength(1);
  });

  test('a huge record is skipped, what follows is read', async () => {
    const huge = `{"x":"${'y'.repeat(5 * 1_048_576)}"}`;
    for (const content of [`{"a":1}\n${huge}\n{"b":2}`, `[{"a":1},${huge},{"b":2}]`, `{"Records":[{"a":1},${huge},{"b":2}]}`]) {
      const { values, problems } = await read(content);
      expect(values).toEqual([{ a: 1 }, { b: 2 }]);
      expect(problems.map((one) => one.message)).toEqual(['a record is larger than 4194304 bytes']);
    }
  });

  test('a record nested too deep is refused', async () => {
    const { values, problems } = await read(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}\n{"b":2}`);
    expect(values).toEqual([{ b: 2 }]);
    expect(problems).toHaveLength(1);
  });

  test('many problems are folded', async () => {
    const { values, problems } = await read(`${'{x\n'.repeat(500)}{"a":1}`);
    expect(values).toEqual([{ a: 1 }]);
    expect(problems).toHaveLength(51);
    expect(problems.reduce((sum, one) => sum + (one.count ?? 1), 0)).toBe(500);
  });

  test('a gzip stream that is cut or flipped gives what came before', async () => {
    const packed = gzipSync(Array.from({ length: 5000 }, (_, at) => JSON.stringify({ at, salt: Math.sin(at) })).join('\n'));
    const cut = await read(packed.subarray(0, packed.length - 2000));
    expect(cut.values.length).toBeGreaterThan(1000);
    expect(cut.problems.length).toBeGreaterThan(0);
    const flipped = Buffer.from(packed).fill(0xff, 30_000, 30_010);
    expect((await read(flipped)).problems.length).toBeGreaterThan(0);
  });
});

describe('files', () => {
  test('are named in records', async () => {
    const path = join(folder, 'events.json');
    writeFileSync(path, lines);
    const records: RawRecord[] = [];
    for await (const record of readRecords(path, () => undefined)) records.push(record);
    expect(records).toEqual(three.map((value, at) => ({ source: path, sequence: at + 1, value, written: Math.floor(statSync(path).mtimeMs) })));
  });

  test('that are missing, or folders, are an error', async () => {
    for (const path of [join(folder, 'none'), folder]) {
      await expect(readRecords(path, () => undefined).next()).rejects.toThrow(SourceError);
    }
  });
});

describe('what is never closed', () => {
  const after = { after: 'all' };
  test.each<[string, string, unknown[], number]>([
    ['a list of whole records', `[\n{"a":1}\n${JSON.stringify(after)}\n`, [{ a: 1 }, after], 0],
    ['a list after a comma', `[{"a":1},\n{"b":2}\n${JSON.stringify(after)}`, [{ a: 1 }, { b: 2 }, after], 0],
    ['a quote in a list', `[{"a":1},{"b":"x\n${JSON.stringify(after)}\n`, [{ a: 1 }, after], 1],
    ['a quote in an object over many lines', `{\n "a": "x\n${JSON.stringify(after)}\n`, [after], 1],
    ['a quote behind the list of CloudTrail', `{"Records":[{"a":1}],"b":"x\n${JSON.stringify(after)}\n`, [{ a: 1 }, after], 1],
    ['a quote on a line', `{"a":"x\n${JSON.stringify(after)}\n`, [after], 1],
  ])('%s costs itself, in chunks of every size', async (_, content, values, problems) => {
    for (const chunkBytes of [1, 2, 3, 7, 65_536]) {
      const found = await read(content, chunkBytes);
      expect([found.values, found.problems.length]).toEqual([values, problems]);
    }
  });

  test('brackets cost no more than the limit of a record', async () => {
    const line = JSON.stringify({ text: 'x'.repeat(1_000) });
    const { values, problems } = await read(`[{"a":${'['.repeat(100)}{\n${`${line}\n`.repeat(6_000)}`);
    expect(values.length).toBeGreaterThan(1_800);
    expect(problems.length).toBe(1);
  });
});

describe('lines that begin with a bracket', () => {
  const texts = ['[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok', '[   0.000000] Linux version 6.1', '[2026-03-04 05:06:07,243] INFO [main] started', '[x', '[[a] b] c'];
  test('are lines of a log', async () => {
    for (const chunkBytes of [1, 3, 65_536]) expect(await read(`${texts.slice(0, -1).join('\n')}\n{"a":1}\n[{"b":2},{"c":3}]\n${texts[4]}\n`, chunkBytes)).toEqual({ values: [...texts.slice(0, -1), { a: 1 }, { b: 2 }, { c: 3 }, texts[4]], problems: [] });
  });

  test('lists of anything but records are told once', async () => {
    const { values, problems } = await read('["a","b"]\n[1,2]\nplain\n');
    expect(values).toEqual(['plain']);
    expect(problems.map(({ count = 1 }) => count).reduce((sum, one) => sum + one, 0)).toBe(2);
  });
});

describe('the audit system', () => {
  const line = (type: string, serial: number, rest = 'a=1'): string => `type=${type} msg=audit(1772600767.243:${serial}): ${rest}`;
  const shell = [line('SYSCALL', 7), line('EXECVE', 7), line('PATH', 7), line('PROCTITLE', 7)];
  const open = [line('SYSCALL', 8), line('CWD', 8), line('PATH', 8)];
  const login = line('USER_LOGIN', 9);

  test.each<[string, readonly string[], readonly (readonly string[])[]]>([
    ['lines of one event', shell, [shell]],
    ['two events and what a program reported', [...shell, login, ...open], [shell, [login], open]],
    ['events between one another', [shell[0], open[0], shell[1], login, open[1], shell[2], shell[3], open[2]].map(String), [[login], shell, open]],
    ['an event without its last line, and a line of another log', [...open, 'Mar 4 05:06:07 web-1 sshd[1]: hello', ...shell], [open, ['Mar 4 05:06:07 web-1 sshd[1]: hello'], shell]],
    ['the same number on two machines', [`node=a ${shell[0]}`, `node=b ${shell[0]}`, `node=a ${shell[3]}`, `node=b ${shell[3]}`], [[`node=a ${shell[0]}`, `node=a ${shell[3]}`], [`node=b ${shell[0]}`, `node=b ${shell[3]}`]]],
  ])('%s', async (_, written, expected) => {
    for (const chunkBytes of [1, 7, 65_536]) expect(await read(`${written.join('\n')}\n`, chunkBytes)).toEqual({ values: expected.map((event) => event.join('\n')), problems: [] });
  });

  test('what is held is bounded', async () => {
    const many = Array.from({ length: 20 }, (_, at) => line('SYSCALL', at));
    const long = Array.from({ length: 100 }, () => line('PATH', 1));
    expect((await read(many.join('\n'))).values).toEqual(many);
    expect((await read(long.join('\n'))).values).toEqual([long.slice(0, 64).join('\n'), long.slice(64).join('\n')]);
  });

  test('reading begins anew only where no event is open', () => {
    const items = [new RecordDecoder()].flatMap((decoder) => [...decoder.push(Buffer.from(`${[shell[0], open[0], shell[3], login, open[1]].join('\n')}\n`)), ...decoder.end()]);
    expect(items.map(({ next }) => next >= 0)).toEqual([false, false, true]);
  });
});
