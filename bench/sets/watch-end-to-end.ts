import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLakeDatabase } from '#engine/lake.ts';
import { openState } from '#store/state.ts';
import { corpus } from '../corpora.ts';
import { inTemporaryFolder, launcher, residentMiB } from '../measure.ts';
import { defineSet, figure } from '../set.ts';

const rate = Number(process.env.WATCHWARD_RATE ?? 10_000);
const seconds = Number(process.env.WATCHWARD_SECONDS ?? 60);
const appender = fileURLToPath(new URL('../append-events.ts', import.meta.url));

export default defineSet({
  id: 'watch-end-to-end',
  title: `Live: a file that grows by ${rate} events a second is followed, normalised, tried on every rule, correlated, and kept in the lake; everything in one process, the writer in another.`,
  run: () => inTemporaryFolder(measure),
});

async function measure(base: string) {
  const file = join(base, 'events.jsonl');
  const state = join(base, 'state');
  writeFileSync(file, '');
  const writer = spawn(process.execPath, [appender, file, String(rate), String(seconds)], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => writer.stdout.once('data', resolve));
  const sigma = corpus('sigma');
  const rules = sigma === undefined ? [] : ['--rules', join(sigma, 'rules')];
  const watch = spawn(process.execPath, [launcher, 'watch', '--follow', '--from', file, '--state-dir', state, '--show', 'incidents', '--format', 'ocsf', ...rules], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  watch.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(() => checkpointed(state) !== undefined || watch.exitCode !== null, 60_000);
  const before = cpuOf(watch);
  writer.stdin.end();
  const memory: number[] = [];
  const lags: number[] = [];
  const sampling = setInterval(() => {
    memory.push(residentMiB(watch));
    lags.push(statSync(file).size - (checkpointed(state) ?? 0));
  }, 1_000);
  await new Promise((resolve) => writer.once('exit', resolve));
  const size = statSync(file).size;
  const finished = performance.now();
  const caughtUp = await until(() => (checkpointed(state) ?? 0) >= size, 120_000);
  const lag = (performance.now() - finished) / 1000;
  clearInterval(sampling);
  const cpu = (cpuOf(watch) - before) / (seconds + lag);
  watch.kill('SIGINT');
  await new Promise((resolve) => watch.once('exit', resolve));
  const events = rate * seconds;
  const kept = await keptIn(join(state, 'lake'));
  const peak = Math.max(...memory);
  const bytesPerEvent = size / events;
  return {
    figures: [
      figure('events', `${events} in ${seconds} s, ${Math.round(size / 1e6)} MB`),
      figure('behind when the writer stopped', caughtUp ? `${lag.toFixed(1)} s` : 'it did not catch up', 'under 5 s', caughtUp && lag < 5),
      figure('furthest behind', `${Math.round(Math.max(...lags) / bytesPerEvent)} events`),
      figure('behind after each tenth of the time', tenths(lags.slice(0, seconds)).map((bytes) => Math.round(bytes / bytesPerEvent)).join(', ')),
      figure('memory after each tenth of the time', `${tenths(memory.slice(0, seconds)).join(', ')} MiB`),
      figure('peak memory', `${peak} MiB`, 'under 1 GB', peak < 954),
      figure('processor', `${(cpu * 100).toFixed(0)} % of one core`, 'two cores', cpu < 2),
      figure('events in the lake, each once', `${kept.distinct} distinct of ${kept.events}, ${events} written`, 'all', kept.distinct === events && kept.events === events),
      figure('incidents and what else was said', said.trim().split('\n').at(-1) ?? ''),
    ],
    notes: [`All bundled rules${sigma === undefined ? '' : ' and those of SigmaHQ'}; WATCHWARD_RATE and WATCHWARD_SECONDS set the rate and how long.`],
  };
}

/** Bytes of the file that the last checkpoint has dealt with. Asks for the positions alone: to read a checkpoint whole each second takes a third of a core from what is measured. */
function checkpointed(folder: string): number | undefined {
  try {
    const state = openState(join(folder, 'watch', 'state'), { role: 'guest' });
    try {
      const { positions } = state;
      return positions === undefined ? undefined : Math.max(0, ...[...JSON.stringify([...positions]).matchAll(/"offset":(\d+)/g)].map(([, digits]) => Number(digits)));
    } finally {
      state.close();
    }
  } catch {
    return undefined;
  }
}

async function keptIn(folder: string): Promise<{ readonly events: number; readonly distinct: number }> {
  const lake = await openLakeDatabase({ lake: folder, memoryMegabytes: 2048, threads: 2 });
  try {
    const { rows } = await lake.run('SELECT count(*) AS events, count(DISTINCT sequence) AS each FROM events WHERE class_uid <> 2004');
    for await (const row of rows) return { events: Number(row[0]), distinct: Number(row[1]) };
    return { events: 0, distinct: 0 };
  } finally {
    lake.close();
  }
}

async function until(holds: () => boolean, milliseconds: number): Promise<boolean> {
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return holds();
}

function tenths(samples: readonly number[]): number[] {
  return Array.from({ length: 10 }, (_, tenth) => samples[Math.floor((samples.length * (tenth + 1)) / 10) - 1] ?? 0);
}

/** Seconds of processor time so far: fields utime and stime of proc_pid_stat(5), in hundredths. */
function cpuOf({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
