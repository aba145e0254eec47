import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { mappings } from '#generated/mappings.ts';
import { openLake, openLakeDatabase } from '#engine/lake.ts';
import { MappingTable } from '#engine/mapping-table.ts';
import type { Event } from '#model/event.ts';
import { generateEvents } from '../event-generator.ts';
import { defineSet, figure } from '../set.ts';

const kinds = 20_000;
const epochs = 20;
const perEpoch = 10_000;

export default defineSet({
  id: 'lake',
  title: `${(epochs * perEpoch).toLocaleString('en')} mapped events (generated; Windows, Sysmon and CloudTrail), ${perEpoch.toLocaleString('en')} to an epoch, written as the watch does it, then queried`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'watchward-bench-'));
    try {
      const events = mapped();
      const write = await written(folder, events);
      const asked = await queried(folder);
      const share = (100 * 10_000 * write.processor) / 1e6;
      return {
        figures: [
          figure('processor time to write an event, both threads', `${write.processor.toFixed(1)} us; at 10,000 events/s ${share.toFixed(0)} % of a core`, '15 % of a core', share <= 15),
          figure('of that, in the thread of the watch', `${write.main.toFixed(1)} us`),
          figure('JSON of an event', `${write.json.toFixed(0)} bytes`),
          figure('Parquet of an event, merged parts not counted', `${write.parquet.toFixed(0)} bytes`),
          ...asked,
        ],
        notes: ['Processor time, not wall time: of user and system, of the whole process, from the first append to the end of the last part.', 'Other work on the machine makes processor time longer too: caches are shared.'],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

function mapped(): Event[] {
  const table = new MappingTable(mappings);
  const events: Event[] = [];
  let sequence = 0;
  for (const value of generateEvents(kinds, 7)) {
    const record = { source: 'bench', sequence: sequence++, value };
    const mapping = table.candidates(value).find((each) => each.accepts(value));
    const event = mapping?.map(record);
    if (event !== undefined) events.push(event);
  }
  return events;
}

async function written(folder: string, events: readonly Event[]) {
  const lake = openLake(folder, { clock: () => Date.now() });
  await lake.recover(0);
  const [whole, main] = [process.cpuUsage(), process.threadCpuUsage()];
  for (let epoch = 1, at = 0; epoch <= epochs; epoch++) {
    for (let count = 0; count < perEpoch; count++, at++) {
      const event = events[at % events.length];
      if (event !== undefined) lake.append(event, epoch, { source: 'bench', sequence: at });
    }
    await lake.flush(epoch);
    lake.committed(epoch);
  }
  const mainUsed = process.threadCpuUsage(main);
  await lake.close();
  const used = process.cpuUsage(whole);
  const total = epochs * perEpoch;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'));
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  const opened = await openLakeDatabase({ lake: folder, threads: 1, memoryMegabytes: 1024 });
  const inParquet = total - opened.snapshot.hot;
  opened.close();
  return {
    processor: (used.user + used.system) / total,
    main: (mainUsed.user + mainUsed.system) / total,
    json: events.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / events.length,
    parquet: bytes / inParquet,
  };
}

const questions = [
  ['count by class', 'select class, count(*) from events group by all'],
  ['who did most', 'select actor_user_name, count(*) from events group by all order by 2 desc limit 10'],
  ['a field of the JSON of every event', "select count(distinct event->>'$.metadata.product.name') from events"],
] as const;

async function queried(folder: string) {
  const figures = [];
  for (const [name, sql] of questions) {
    const began = performance.now();
    const opened = await openLakeDatabase({ lake: folder, threads: 2, memoryMegabytes: 1024 });
    const open = performance.now() - began;
    for await (const row of (await opened.run(sql)).rows) void row;
    opened.close();
    figures.push(figure(`query: ${name}`, `${((performance.now() - began) / 1000).toFixed(2)} s, of which ${(open / 1000).toFixed(2)} s to open, with ${opened.snapshot.hot.toLocaleString('en')} events not in Parquet yet`));
  }
  return figures;
}
