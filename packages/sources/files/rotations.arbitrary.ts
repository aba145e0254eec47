import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Position } from '#model/intake.ts';
import fileSource from '../event-sources/file.ts';

export interface Got {
  readonly records: RawRecord[];
  readonly marks: { readonly position: Position; readonly count: number }[];
  readonly told: Diagnostic[];
  readonly dead: string[];
}

export interface Run extends Got {
  /** Ends it, and waits for that. */
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

/** Reads as the engine does; positions go through JSON. */
export function start(address: string, { from, follow = false, most = Infinity }: { from?: Position | undefined; follow?: boolean; most?: number } = {}): Run {
  const stop = new AbortController();
  const got: Got = { records: [], marks: [], told: [], dead: [] };
  const source = fileSource.open(address, {
    signal: stop.signal, follow, clock: Date.now, setting: () => undefined,
    onDiagnostic: (diagnostic) => got.told.push(diagnostic), onDeadLetter: (bytes) => got.dead.push(Buffer.from(bytes).toString('latin1')),
  });
  if (source.kind !== 'replayable') throw new Error('not replayable');
  const ended = (async () => {
    let batches = 0;
    for await (const { records, position } of source.read(from)) {
      got.records.push(...records);
      got.marks.push({ position: JSON.parse(JSON.stringify(position)) as Position, count: got.records.length });
      if ((batches += 1) >= most) return;
    }
  })();
  return { ...got, ended, stop: () => (stop.abort(), ended) };
}

export async function readAll(address: string, from?: Position): Promise<Got> {
  const run = start(address, { from });
  await run.ended;
  return run;
}

/** Long enough for a machine that is busy: only what never comes to hold waits for its end. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6000 && !holds(); tries += 1) await wait(5);
}

type Act = { readonly kind: 'write'; readonly count: number; readonly part: boolean } | { readonly kind: 'rename' | 'copy' | 'pack' | 'wait' | 'restart' };

/** A program that logs numbered lines, and what rotates its log. */
class Writer {
  readonly path: string;
  written = 0;
  #part = '';

  constructor(path: string) {
    this.path = path;
    writeFileSync(path, '');
  }

  write(count: number, part: boolean): void {
    const text = this.#part + Array.from({ length: count }, () => `line ${(this.written += 1)} ${'x'.repeat(this.written % 90)}\n`).join('');
    const cut = part ? Math.floor(text.length / 2) + (text.length % 2) : text.length;
    appendFileSync(this.path, text.slice(0, cut));
    this.#part = text.slice(cut);
  }

  rotate(kind: 'rename' | 'copy' | 'pack'): void {
    this.write(0, false);
    const folder = dirname(this.path);
    const shifted = readdirSync(folder).map((name) => /^app\.log\.(\d+)(\.gz)?$/.exec(name)).filter((found) => found !== null);
    for (const [name, number, packed = ''] of shifted.toSorted((a, b) => Number(b[1]) - Number(a[1]))) renameSync(join(folder, name), `${this.path}.${Number(number) + 1}${packed}`);
    const old = `${this.path}.1`;
    if (kind === 'copy') {
      copyFileSync(this.path, old);
      truncateSync(this.path);
      return;
    }
    renameSync(this.path, old);
    writeFileSync(this.path, '');
    if (kind === 'rename') return;
    writeFileSync(`${old}.gz`, gzipSync(readFileSync(old)));
    unlinkSync(old);
  }
}

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('write' as const), count: fc.integer({ min: 1, max: 400 }), part: fc.boolean() }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('rename' as const, 'copy' as const, 'pack' as const, 'wait' as const, 'wait' as const, 'restart' as const) }) },
  ),
  { minLength: 4, maxLength: 14 },
);

/** Plays random logging, rotation and restarts, and holds what was read against what was written. */
export async function expectEachLineOnce(root: string, pattern: string, parameters: fc.Parameters<[Act[]]>): Promise<void> {
  let plays = 0;
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const folder = join(root, String((plays += 1)));
      mkdirSync(folder);
      const writer = new Writer(join(folder, 'app.log'));
      const address = join(folder, pattern);
      let run = start(address, { follow: true });
      const kept: RawRecord[] = [];
      const restart = async (): Promise<void> => {
        await run.stop();
        // As if killed: the position is that of any batch, and what came after it is forgotten.
        const mark = run.marks[Math.floor(run.marks.length / 2)];
        kept.push(...run.records.slice(0, mark?.count ?? 0));
        position = mark?.position ?? position;
        run = start(address, { follow: true, from: position });
      };
      let position: Position | undefined;
      // Rotation that takes place before the first look can't be followed: there is nothing to know the old file by.
      writer.write(1, false);
      await until(() => run.records.length > 0);
      for (const act of list) {
        if (act.kind === 'write') writer.write(act.count, act.part);
        else if (act.kind === 'wait') await wait(120);
        else if (act.kind === 'restart') await restart();
        else if (act.kind === 'copy') {
          // What is written, copied and cut between two looks can't be told from what was never there.
          writer.write(1, false);
          await until(() => kept.length + run.records.length >= writer.written);
          writer.rotate('copy');
        }
        else writer.rotate(act.kind);
      }
      writer.write(1, false);
      await until(() => kept.length + run.records.length >= writer.written);
      await wait(20);
      await run.stop();
      const all = [...kept, ...run.records];
      const text = (value: unknown): string => String(value).split(' ')[1] ?? '';
      expect(all.map(({ value }) => Number(text(value)))).toEqual(Array.from({ length: writer.written }, (_, at) => at + 1));
      expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, at) => at + 1));
      rmSync(folder, { recursive: true });
    }),
    parameters,
  );
}
