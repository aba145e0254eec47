import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '#model/diagnostic.ts';
import { runPool } from './pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that ends at `die`, never answers at `hang`, and finishes the rest; it keeps the gauge as the real one does. */
const program = join(folder, 'worker.mjs');
writeFileSync(
  program,
  `import { parentPort, workerData } from 'node:worker_threads';
const times = new Float64Array(workerData.gauge, 0, 1);
const numbers = new Int32Array(workerData.gauge, 8, 3);
parentPort.on('message', (batch) => {
  const results = batch.tasks.map(({ path, size }, at) => {
    numbers[0] = at; numbers[1] = -1; times[0] = Number(process.hrtime.bigint()) / 1e6;
    if (path === 'die') process.exit(9);
    if (path === 'hang') for (;;);
    return { path, size, sha256: path, outcome: 'analysed', generated: false, matches: [], comments: [], diagnostics: [], cacheable: true };
  });
  numbers[0] = -1; times[0] = 0;
  parentPort.postMessage({ id: batch.id, results });
});
`,
);

/** A worker that tells with each task which thread did it. */
const telling = join(folder, 'telling.mjs');
writeFileSync(
  telling,
  `import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', (batch) => parentPort.postMessage({ id: batch.id, results: batch.tasks.map(({ path }) => ({ path, threadId })) }));
`,
);

/** A worker that ends before it begins: no memory, or no program. */
const stillborn = join(folder, 'stillborn.mjs');
writeFileSync(stillborn, 'process.exit(1);\n');

async function pool(paths: readonly string[], file = program): Promise<{ done: string[]; diagnostics: Diagnostic[] }> {
  const done: string[] = [];
  const diagnostics: Diagnostic[] = [];
  await runPool(paths.map((path) => ({ path, size: 1 })), {
    setup: { limits: { fileMs: 2_000 } },
    jobs: 2,
    ruleIds: [],
    onResult: (result: { readonly path: string }) => done.push(result.path),
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    signal: new AbortController().signal,
    program: pathToFileURL(file),
  });
  return { done: done.sort(), diagnostics };
}

describe('the pool', () => {
  it('loses one file to a worker that dies, and names it', async () => {
    const { done, diagnostics } = await pool(['a', 'b', 'die', 'c', 'd']);
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    expect(diagnostics).toMatchObject([{ code: 'worker-died', path: 'die' }]);
  });

  it('loses one file to a worker that hangs, and names it', async () => {
    const { done, diagnostics } = await pool(['a', 'hang', 'b']);
    expect(done).toEqual(['a', 'b']);
    expect(diagnostics).toMatchObject([{ code: 'file-over-budget', path: 'hang' }]);
  });

  it('replaces a worker that did a large task, and loses nothing by it', async () => {
    const tasks = Array.from({ length: 8 }, (_, at) => ({ path: String(at), size: 2 * 1024 * 1024 + (at < 3 ? 1 : 0) }));
    const did = new Map<string, number>();
    const common = { setup: { limits: { fileMs: 2_000 } }, jobs: 1, ruleIds: [], onDiagnostic: () => undefined, signal: new AbortController().signal, program: pathToFileURL(telling) };
    await runPool(tasks, { ...common, onResult: ({ path, threadId }: { path: string; threadId: number }) => did.set(path, threadId), freshAfter: 2 * 1024 * 1024 });
    expect([...did.keys()]).toEqual(tasks.map(({ path }) => path));
    const threads = [...did.values()];
    expect(new Set(threads.slice(0, 4)).size).toBe(4);
    expect(new Set(threads.slice(3)).size).toBe(1);
  });

  it('gives up when no worker begins, and names every file', async () => {
    const { done, diagnostics } = await pool(['a', 'b', 'c'], stillborn);
    expect(done).toEqual([]);
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`).sort()).toEqual(['worker-died a', 'worker-died b', 'worker-died c']);
  });
});
