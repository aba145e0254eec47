/**
 * Appends made-up events to a file at a rate, as a busy machine does: another process than the one that is measured.
 *
 *     node bench/append-events.ts FILE EVENTS_PER_SECOND SECONDS
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { generateEvents } from './event-generator.ts';

const [path = '', rate = '10000', seconds = '10'] = process.argv.slice(2);
const perTick = Math.round(Number(rate) / 20);
const total = Number(rate) * Number(seconds);
const descriptor = openSync(path, 'a');
const events = generateEvents(total, 20_261_128);
let written = 0;
const started = performance.now();

/** Twenty times a second; what was missed while the machine was busy is made up for. */
function tick(): void {
  const due = Math.min(total, Math.floor((performance.now() - started) / 50 + 1) * perTick);
  const lines: string[] = [];
  for (; written < due; written++) lines.push(JSON.stringify(events.next().value));
  if (lines.length > 0) writeSync(descriptor, `${lines.join('\n')}\n`);
  if (written < total) setTimeout(tick, 50);
  else closeSync(descriptor);
}

tick();
