/**
 * Appends made-up events to a file at a rate, as a busy machine does: another process than the one that is measured. They are made beforehand, so that
 * while it appends it only copies: who makes events in earnest is not on the machine that watches.
 *
 *     node bench/append-events.ts FILE EVENTS_PER_SECOND SECONDS
 *
 * Says `ready` when all are made, and begins when standard input ends.
 */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { generateEvents } from './event-generator.ts';

const [path = '', rate = '10000', seconds = '10'] = process.argv.slice(2);
const perTick = Math.round(Number(rate) / 20);
const total = Number(rate) * Number(seconds);

/** Where the events of each tick end in the file of those that are made. */
function prepare(made: string): readonly number[] {
  const descriptor = openSync(made, 'w');
  const ends: number[] = [];
  const events = generateEvents(total, 20_261_128);
  for (let count = 0, end = 0; count < total; count += perTick) {
    const lines = Array.from({ length: Math.min(perTick, total - count) }, () => JSON.stringify(events.next().value));
    ends.push((end += writeSync(descriptor, `${lines.join('\n')}\n`)));
  }
  closeSync(descriptor);
  return ends;
}

/** Twenty times a second; what was missed while the machine was busy is made up for. */
function append(made: string, ends: readonly number[]): void {
  const [from, into] = [openSync(made, 'r'), openSync(path, 'a')];
  const started = performance.now();
  let ticks = 0;
  const tick = (): void => {
    const due = Math.min(ends.length, Math.floor((performance.now() - started) / 50) + 1);
    for (; ticks < due; ticks++) {
      const start = ends[ticks - 1] ?? 0;
      const bytes = Buffer.alloc((ends[ticks] ?? start) - start);
      writeSync(into, bytes, 0, readSync(from, bytes, 0, bytes.length, start));
    }
    if (ticks < ends.length) return void setTimeout(tick, 50);
    closeSync(into);
    rmSync(made);
  };
  tick();
}

const made = `${path}.made`;
const ends = prepare(made);
process.stdout.write('ready\n');
process.stdin.once('end', () => append(made, ends)).resume();
