import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import { streamDetectors } from '#generated/stream-detectors.ts';
import { toDetectionFinding } from '#act/signal-ocsf.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { ReplayableSource } from '#model/intake.ts';
import type { StreamUnit } from '#model/stream.ts';
import { ReadRecord } from '#sources/read-record.ts';
import { pagesOf, scanBlocks } from '#store/lake/block.ts';
import { eventsIn } from '#store/lake/event-pages.ts';
import { openState } from '#store/state.ts';
import { StoreError } from '#store/store-error.ts';
import { loadEventContent } from './content.ts';
import { keptStates } from './detector-desk.ts';
import { entriesByTable } from './entry-parts.ts';
import { EventThread } from './event-thread.ts';
import { revive } from './kept-value.ts';
import { openLake } from './lake.ts';
import { liveWatch } from './live-watch.ts';
import type { LiveWatchOptions } from './live-watch.ts';
import { dataFile } from './place.ts';
import { EventStream } from './stream.ts';

/** Three hours of the day that ships, the attack among them. */
const day = gunzipSync(readFileSync(dataFile('ci-compromise.jsonl.gz'))).toString('utf8').trimEnd().split('\n').slice(0, 3_000).map((line) => (line.startsWith('{') ? { value: JSON.parse(line) as unknown, json: line } : { value: line }));

/** A detector that is made of what the user brings, as lists of indicators are: it stays where it is. */
const own: StreamUnit = { ...(streamDetectors[0] as StreamUnit), id: 'event/own', initial: { seen: 0 }, wants: () => true, step: (state) => ({ state: { seen: (state as { readonly seen: number }).seen + 1 }, signals: [], diagnostics: [] }) };

/** Of the first third, the JSON is not at hand: the record goes over as it is. */
function recordOf(read: (typeof day)[number], sequence: number): RawRecord {
  return sequence <= 1_000 ? { source: 'day', sequence, value: read.value } : new ReadRecord('day', sequence, read);
}

function recording(batch: number): ReplayableSource {
  return {
    kind: 'replayable', id: 'day',
    async *read(from) {
      for (let at = typeof from?.at === 'number' ? from.at : 0; at < day.length; at += batch) {
        const some = day.slice(at, at + batch);
        await Promise.resolve();
        yield { records: some.map((read, n) => recordOf(read, at + n + 1)), position: { at: at + some.length } };
      }
    },
  };
}

it('leaves the first thread no detector that has the events built of records that it does not watch', () => {
  const told = { logsource: { product: 'windows', service: 'sysmon', category: 'process_creation' }, time: 0, record: {}, get event(): never { throw new Error('the event was built'); } };
  const heavy = streamDetectors.filter((unit) => unit.heavy === true);
  expect(heavy.map((unit) => [unit.id, unit.wants(told)])).toEqual([['event/entity-behaviour', false]]);
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ww-thread-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let ticks = 0;
async function watch(name: string, threaded: boolean, { batch = 100, dieAt = 0 } = {}): Promise<void> {
  let signals = 0;
  const options: LiveWatchOptions = {
    folder: join(folder, name), replayable: [recording(batch)], listening: [], lake: threaded || dieAt > 0 ? undefined : openLake(join(folder, name, 'lake'), { clock: () => ticks }), sinks: [], follow: false, ruleDirs: [], mappings, contentRules: loadEventContent().sigma,
    detectors: [...streamDetectors, own], ...(threaded ? { beside: { enrichment: {}, lake: join(folder, name, 'lake') } } : {}), clock: () => (ticks += 40), onDiagnostic: () => undefined, signalEvent: (signal) => toDetectionFinding(signal, { name: 'watchward', version: '0' }),
    onSignal: () => {
      if (++signals === dieAt) throw new Error('killed');
    },
  };
  await liveWatch(options);
}

/** Incidents, and all that is remembered: values, as their bytes say also how the machine held a number. */
function kept(name: string): { readonly incidents: readonly unknown[]; readonly remembered: readonly unknown[]; readonly entries: ReturnType<typeof entriesByTable> } {
  const state = openState(join(folder, name, 'state'), { role: 'guest' });
  try {
    const parts = state.checkpoint?.parts ?? new Map<string, Uint8Array>();
    return { incidents: state.incidents(), remembered: [keptStates(parts), revive(parts.get('stream')), revive(parts.get('desk'))], entries: entriesByTable(parts) };
  } finally {
    state.close();
  }
}

/** What the lake has not made Parquet of, each event with its partition. */
function inLake(name: string): string[] {
  const hot = join(folder, name, 'lake', 'hot');
  const blocks = readdirSync(hot).filter((file) => file.endsWith('.hot')).flatMap((file) => scanBlocks(readFileSync(join(hot, file))).blocks);
  return blocks.flatMap(({ block }) => eventsIn(pagesOf(block)).map((event) => `${block.key} ${event.toString()}`)).sort();
}

describe('detectors in a thread of their own', () => {
  it('come to the same signals and remember the same, whatever is read at once', async () => {
    await watch('here', false);
    const expected = kept('here');
    expect(expected.incidents.length).toBeGreaterThan(0);
    expect(inLake('here').length).toBeGreaterThan(3_000);
    expect([...expected.entries.values()].reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(500);
    for (const batch of [100, 1_000]) {
      await watch(`there-${batch}`, true, { batch });
      expect(kept(`there-${batch}`)).toEqual(expected);
      // Not by toEqual, whose report of thousands of events nobody could read.
      expect(inLake(`there-${batch}`).join('\n') === inLake('here').join('\n')).toBe(true);
    }
  });

  it('come to the same wherever they were broken off, in a thread or not', async () => {
    await watch('whole', true);
    const expected = kept('whole');
    for (const dieAt of [1, 2, 5]) {
      const name = `broken-${dieAt}`;
      await expect(watch(name, true, { dieAt })).rejects.toThrow('killed');
      await expect(watch(name, false, { dieAt: 1 })).rejects.toThrow('killed');
      await watch(name, true);
      expect(kept(name)).toEqual(expected);
    }
  });

  it('tell what the lake refuses as an error of the store', async () => {
    const lake = join(folder, 'lake');
    mkdirSync(lake);
    writeFileSync(join(lake, 'mark.json'), '{"segment":1,"epoch":9}');
    const thread = new EventThread([], new Map(), { enrichment: {}, lake, clock: () => Date.now(), onNote: () => undefined });
    await expect(thread.recover(3)).rejects.toSatisfy((error) => error instanceof StoreError && error.code === 'lake-behind');
    await thread.end();
  });

  it('are told as lost, and nothing is waited for without end', async () => {
    const thread = new EventThread(streamDetectors, new Map(), { enrichment: {}, clock: () => Date.now(), onNote: () => undefined });
    const parts = thread.changedParts();
    await thread.end();
    await expect(Promise.race([parts, thread.changedParts()])).rejects.toThrow(/thread of the events/);
    await expect(thread.observe([], 1)).rejects.toThrow(/was closed/);
  });
});

const cases = new URL('../normalize/mappings/', import.meta.url);
const records: unknown[] = [];
for (const file of readdirSync(cases).filter((name) => name.endsWith('.cases.ts'))) {
  const { default: found } = (await import(new URL(file, cases).href)) as { default: { maps: readonly { record: unknown }[] } };
  records.push(...found.maps.map(({ record }) => record));
}

it('loses nothing of an event that goes to them as text, and its record is what rules read', () => {
  const stream = new EventStream({ mappings, rules: [] });
  for (const value of records) {
    const { observation } = stream.push({ source: 'case', sequence: 1, value });
    if (observation === undefined) throw new Error('a case gives no event');
    const read = JSON.parse(JSON.stringify(observation.event)) as typeof observation.event;
    // A member that is undefined is as good as absent.
    expect(read).toEqual(observation.event);
    expect(read.unmapped).toEqual(observation.record);
  }
});
