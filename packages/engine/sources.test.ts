import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { deadLetters, openDeadLetters } from './dead-letters.ts';
import { openSource } from './sources.ts';

const root = mkdtempSync(join(tmpdir(), 'watchward-open-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
mkdirSync(join(root, 'logs'));
writeFileSync(join(root, 'a.log'), '{"a":1}\n{"a":\n');
writeFileSync(join(root, 'x.tgz'), '');

const letters = openDeadLetters(join(root, 'state'), { clock: () => 1, onDiagnostic: () => undefined });
const open = (address: string) => openSource(address, {
  signal: new AbortController().signal, follow: false, clock: () => 1, onDiagnostic: () => undefined, onDeadLetter: letters.from(address),
  secrets: new Map(), readSecret: () => '',
});

describe('an address', () => {
  test.each([
    ['-', 'stdin:'], ['stdin:', 'stdin:'], ['logs', 'folder:'], ['a.log', 'file:'], ['*.log', 'file:'], ['file:a.log', 'file:'], ['x.tgz', 'archive:'],
  ])('%s is opened as %s', async (address, kind) => {
    const place = address === '-' || address.includes(':') ? address.replace(/^file:/, `file:${root}/`) : join(root, address);
    const source = await open(place);
    expect(source.id.startsWith(kind)).toBe(true);
    expect(source.kind).toBe('replayable');
  });

  test('of a scheme that nobody knows is answered with the nearest one and all others, without what may be secret', async () => {
    const failure = await open('sislog+udp://user:hunter2@127.0.0.1:514/?token=hunter2').catch((error: unknown) => String(error));
    expect(failure).toMatch(/did you mean syslog\+udp:/);
    expect(failure).toMatch(/audit\.jsonl/);
    expect(failure).not.toMatch(/hunter2/);
    await expect(open('gopher:x')).rejects.toMatchObject({ code: 'address-unknown' });
  });
});

test('what a source could not decode is kept under its address', async () => {
  const address = join(root, 'a.log');
  const source = await open(address);
  if (source.kind === 'replayable') for await (const { records } of source.read(undefined)) expect(records.length).toBeLessThan(2);
  letters.close();
  const kept = [];
  for await (const letter of deadLetters(join(root, 'state'))) kept.push(letter);
  expect(kept).toMatchObject([{ source: address, time: 1, reason: `${address}:2: a record is not valid JSON` }]);
  expect(Buffer.from(kept[0]?.bytes ?? []).toString()).toBe('{"a":');
  expect(letters.count()).toBe(1);
});
