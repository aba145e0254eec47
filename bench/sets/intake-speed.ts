import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EventSource } from '#model/intake.ts';
import httpIntake from '#sources/event-sources/http-intake.ts';
import syslogTcp from '#sources/event-sources/syslog-tcp.ts';
import { median } from '../measure.ts';
import { defineSet, figure } from '../set.ts';

const goal = 50_000;
const records = 400_000;
const runs = 3;
const sender = fileURLToPath(new URL('../intake-sender.ts', import.meta.url));

interface Timing {
  readonly rate: number;
  /** Records for each second of processor time that the listener used. */
  readonly perCore: number;
}

export default defineSet({
  id: 'intake-speed',
  title: 'Records that listeners hand to `accept`, which keeps none; the sender is a process of its own on loopback. The median of three.',
  async run() {
    const figures = [];
    for (const [name, source, kind] of [['syslog over TCP', syslogTcp, 'syslog'], ['JSON lines over HTTP', httpIntake, 'http']] as const) {
      const timings = [];
      for (let at = 0; at < runs; at += 1) timings.push(await timeOf(source, kind));
      const perCore = median(timings.map((timing) => timing.perCore));
      figures.push(figure(name, `${round(median(timings.map(({ rate }) => rate)))} records/s; ${round(perCore)} for each second of a core`, `${goal}/s a core`, perCore >= goal));
    }
    return { figures, notes: [`${records} records a run: lines of sshd of 175 bytes on one connection; objects of 440 bytes, 1000 in a request, on four connections, each answered before the next.`, 'Where other processes keep the cores busy, only the figure for each second of a core says something.'] };
  },
});

function round(rate: number): string {
  return (Math.round(rate / 1000) * 1000).toLocaleString('en');
}

async function timeOf(source: EventSource, kind: string): Promise<Timing> {
  const stop = new AbortController();
  const opened = source.open(`${source.schemes[0] ?? ''}//127.0.0.1:0`, {
    signal: stop.signal, follow: true, onDiagnostic: () => undefined, onDeadLetter: () => undefined, clock: () => Date.now(), setting: () => undefined,
  });
  if (opened.kind !== 'listening') throw new Error(`${source.id} does not listen`);
  let count = 0;
  const { addresses, close } = await opened.start((batch) => {
    count += batch.length;
    return Promise.resolve();
  });
  const child = spawn(process.execPath, [sender, kind, new URL(addresses[0] ?? '').port, String(records)], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'close');
  while (count === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
  const [began, usage, first] = [performance.now(), process.cpuUsage(), count];
  while (count < records && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(usage);
  await ended;
  await close();
  if (count !== records) throw new Error(`${source.id} gave ${count} of ${records} records`);
  return { rate: (records - first) / seconds, perCore: (records - first) / ((user + system) / 1e6) };
}
