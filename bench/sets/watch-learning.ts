import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { inTemporaryFolder, launcher, residentMiB } from '../measure.ts';
import { issueSize, organisationEvents } from '../organisation-events.ts';
import { defineSet, figure } from '../set.ts';

const events = Number(process.env.WATCHWARD_EVENTS ?? 960_000);
const leastSpeed = 8_000;
const mostMemory = 1_200;

export default defineSet({
  id: 'watch-learning',
  title: 'Learning on: a month of an organisation of 50,000 people and machines with 5,000 kinds of log lines, from a file to kept incidents and the lake, as fast as it goes.',
  run: () => inTemporaryFolder(measure),
});

async function measure(base: string) {
  const file = join(base, 'month.log');
  await pipeline(Readable.from(lines()), createWriteStream(file));
  const started = performance.now();
  const watch = spawn(process.execPath, [launcher, 'watch', '--keep', '--from', file, '--state-dir', join(base, 'state'), '--show', 'incidents', '--format', 'ocsf'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  watch.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(residentMiB(watch)), 500);
  await new Promise((resolve) => watch.once('exit', resolve));
  clearInterval(sampling);
  const seconds = (performance.now() - started) / 1000;
  const perSecond = Math.round(events / seconds);
  const peak = Math.max(...memory);
  const [middle, end] = [0.5, 0.95].map((part) => Math.max(...memory.slice(Math.floor(memory.length * (part - 0.1)), Math.floor(memory.length * part))));
  return {
    figures: [
      figure('events', `${events} over ${issueSize.days} days in ${seconds.toFixed(1)} s`),
      figure('events a second, start and end of the process included', String(perSecond), `at least ${leastSpeed}`, perSecond >= leastSpeed),
      figure('peak memory', `${peak} MiB`, 'under 1.2 GB', peak * 1.048_576 < mostMemory),
      figure('memory in the middle of the month and at its end', `${middle} MiB, ${end} MiB`),
      figure('what was said', said.trim().split('\n').at(-1) ?? ''),
      ...countsOf(said),
    ],
    notes: ['All bundled rules and detectors; WATCHWARD_EVENTS sets how many events. Nothing in the month is wrong: what is told is a false alarm, one of a machine that does everything by chance.'],
  };
}

function* lines(): Generator<string> {
  let chunk = '';
  for (const line of organisationEvents(events, issueSize, 20_261_128)) {
    chunk += `${line}\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** Notes and warnings, by what they begin with. */
function countsOf(said: string): ReturnType<typeof figure>[] {
  return said.split('\n').filter((text) => /^watchward: (?:note|warning)/.test(text)).slice(0, 5).map((text) => figure('it noted', text.slice(0, 160)));
}
