import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Diagnostic } from '#model/diagnostic.ts';
import { type DeadLetter, type DeadLetterOptions, DeadLetters, readDeadLetters } from './dead-letters.ts';

const root = mkdtempSync(join(tmpdir(), 'watchward-dead-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

function open(options: Partial<DeadLetterOptions> = {}): { letters: DeadLetters; folder: string; told: Diagnostic[] } {
  const folder = options.folder ?? join(root, String((folders += 1)));
  const told: Diagnostic[] = [];
  return { folder, told, letters: new DeadLetters({ clock: () => 1_700_000_000_000, onDiagnostic: (diagnostic) => told.push(diagnostic), ...options, folder }) };
}

async function all(folder: string): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  for await (const letter of readDeadLetters(folder)) found.push(letter);
  return found;
}

test('gives back what was laid aside, byte for byte, over restarts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ source: fc.string(), bytes: fc.uint8Array({ maxLength: 200 }), reason: fc.string(), restart: fc.boolean() }), { maxLength: 20 }), async (list) => {
      const first = open({ fileBytes: 300, files: 1000 });
      const { folder } = first;
      let { letters } = first;
      for (const { source, bytes, reason, restart } of list) {
        letters.add(source, bytes, reason);
        if (!restart) continue;
        letters.close();
        ({ letters } = open({ folder, fileBytes: 300, files: 1000 }));
      }
      letters.close();
      expect((await all(folder)).map(({ source, bytes, reason, time }) => ({ source, bytes: [...bytes], reason, time }))).toEqual(
        list.map(({ source, bytes, reason }) => ({ source: source.toWellFormed(), bytes: [...bytes], reason: reason.toWellFormed(), time: 1_700_000_000_000 })),
      );
    }),
    { numRuns: 40, seed: 4 },
  );
});

test('is written without being asked, readable for the user alone, and read past what a crash cut off', async () => {
  const { letters, folder } = open();
  letters.add('a.log', Buffer.from('one'), 'a.log:1: broken');
  await Promise.resolve();
  const [name = ''] = readdirSync(folder);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, name), 'utf8')).toContain('"b25l"');
  letters.close();
  appendFileSync(join(folder, name), '{"source":"a.log","ti');
  const second = open({ folder });
  second.letters.add('a.log', Buffer.from('two'), 'b');
  second.letters.close();
  expect((await all(folder)).map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['one', 'two']);
});

test('the oldest give way at the limit, long ones are cut, and both are said', async () => {
  const { letters, folder, told } = open({ fileBytes: 2000, files: 3, letterBytes: 100 });
  for (let at = 0; at < 200; at += 1) {
    letters.add('a', Buffer.from(String(at).padEnd(150, '.')), 'x');
    letters.flush();
  }
  letters.close();
  const found = await all(folder);
  expect(readdirSync(folder)).toHaveLength(3);
  expect(found.at(-1)).toMatchObject({ length: 150 });
  expect(found.map(({ bytes }) => Number.parseInt(Buffer.from(bytes).toString(), 10))).toEqual(found.map((_, at) => 200 - found.length + at));
  expect(told.map(({ code }) => code)).toEqual(['dead-letter-lost']);
});

test('a folder that cannot be made costs a diagnostic, and nothing is there to read', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  const { letters, told } = open({ folder: join(file, 'x') });
  letters.add('a', Buffer.from('secret'), 'x');
  letters.flush();
  letters.add('a', Buffer.from('secret'), 'x');
  letters.close();
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toMatch(/secret/);
  expect(await all(join(root, 'none'))).toEqual([]);
});
