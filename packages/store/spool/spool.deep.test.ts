import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'watchward-spool-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Appends numbers and notes which were promised; at the same time reads them, writes them down, and keeps the position with the length of
 * what it wrote, as the engine does. `stop`: a file whose presence asks it to read to the end and leave.
 */
const program = `
import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { Spool } from ${JSON.stringify(new URL('./spool.ts', import.meta.url).href)};
const at = (name) => ${JSON.stringify(folder)} + '/' + name;
const read = (name, none) => existsSync(at(name)) ? readFileSync(at(name), 'utf8') : none;
const kept = JSON.parse(read('checkpoint', '{"length":0}'));
const told = (diagnostic) => appendFileSync(at('told'), JSON.stringify(diagnostic) + '\\n');
const spool = new Spool({ folder: at('spool'), id: 'spool', segmentBytes: 20000, diskBytes: 400000, onDiagnostic: told });
if (existsSync(at('out'))) truncateSync(at('out'), kept.length);
let next = Number(read('tried', '0'));
const stopping = existsSync(at('stop'));
const stop = new AbortController();
async function append() {
  for (let round = 0; !stopping; round += 1) {
    await Promise.all(Array.from({ length: 1 + (round % 7) }, async () => {
      const records = Array.from({ length: 1 + (round % 3) }, () => ({ source: 'a', sequence: 0, value: (next += 1) }));
      writeFileSync(at('tried.new'), String(next));
      renameSync(at('tried.new'), at('tried'));
      await spool.append(records);
      appendFileSync(at('promised'), records.map(({ value }) => value + '\\n').join(''));
    }));
  }
}
async function follow() {
  let length = kept.length;
  for await (const { records, position } of spool.source({ signal: stop.signal, follow: !stopping }).read(kept.position)) {
    const text = records.map(({ value, sequence }) => sequence + ' ' + value + '\\n').join('');
    appendFileSync(at('out'), text);
    length += text.length;
    writeFileSync(at('checkpoint.new'), JSON.stringify({ length, position }));
    renameSync(at('checkpoint.new'), at('checkpoint'));
    spool.release(position);
  }
}
process.stdout.write('ready');
await Promise.all([append(), follow()]);
`;

function start(script: string): ChildProcess {
  return spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

const numbers = (name: string): number[][] => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean).map((line) => line.split(' ').map(Number));

test('killed fifty times while it writes and reads, the spool gives every promised record once, in order', async () => {
  const script = join(folder, 'child.mjs');
  writeFileSync(script, program);
  for (let round = 0; round < 50; round += 1) {
    const child = start(script);
    await once(child.stdout ?? child, 'data');
    await new Promise((resolve) => setTimeout(resolve, 20 + ((round * 37) % 150)));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  writeFileSync(join(folder, 'stop'), '');
  const [code] = (await once(start(script), 'exit')) as [number | null];
  expect(code).toBe(0);
  const out = numbers('out');
  const promised = numbers('promised').flat();
  const values = out.map(([, value]) => value ?? 0);
  expect(out.map(([sequence]) => sequence)).toEqual(out.map((_, at) => at + 1));
  expect(new Set(values).size).toBe(values.length);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  const seen = new Set(values);
  expect(promised.filter((value) => !seen.has(value))).toEqual([]);
  expect(promised.length).toBeGreaterThan(1000);
  expect(() => readFileSync(join(folder, 'told'))).toThrow(/ENOENT/);
});
