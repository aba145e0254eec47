import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Event } from '#model/event.ts';
import { columnsOf, pagesOf, scanBlocks } from './block.ts';
import { valuesIn } from './block-columns.ts';
import { eventsIn } from './event-pages.ts';
import { hotFolder, partsIn, segmentName, segmentsIn, sortOut } from './layout.ts';
import { readRowGroups } from './part-reader.ts';

export const sampleDay = Date.UTC(2026, 10, 28);

export function sampleEvent(number: number, more: Partial<Event> = {}): Event {
  return {
    class_uid: 6003, class_name: 'API Activity', category_uid: 6, activity_id: 1, type_uid: 600_301, severity_id: 1,
    time: sampleDay + number * 1000,
    metadata: { version: '1.8.0', product: { name: 'CloudTrail', vendor_name: 'AWS' }, uid: `event-${number}` },
    actor: { user: { name: `user${number % 7}` } },
    api: { operation: 'GetObject', service: { name: 's3.amazonaws.com' } },
    unmapped: { eventName: 'GetObject', n: number },
    ...more,
  };
}

/** Events as hostile as JSON lets them be. */
export const anyEvent: fc.Arbitrary<Event> = fc
  .record({
    time: fc.oneof(fc.integer(), fc.double(), fc.constant(sampleDay)),
    class_name: fc.oneof(fc.string(), fc.constant('Authentication')),
    class_uid: fc.oneof(fc.integer(), fc.constant(3002)),
    message: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    actor: fc.jsonValue(),
    api: fc.record({ operation: fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()) }),
    unmapped: fc.jsonValue(),
  })
  .map((more) => sampleEvent(0, more as Partial<Event>));

export interface KeptRow {
  readonly partition: string;
  readonly uid: string | number | null;
  readonly source: string | number | null;
  readonly sequence: string | number | null;
  readonly text: string;
}

/** Every row that counts, as a reader finds them: parts, then what is hot. */
export async function rowsOf(lake: string): Promise<KeptRow[]> {
  const segments = segmentsIn(lake);
  const rows: KeptRow[] = [];
  const add = (partition: string, values: ReadonlyMap<string, readonly (string | number | null)[]>, events: readonly string[]): void =>
    events.forEach((text, at) => {
      const value = (name: string): string | number | null => values.get(name)?.[at] ?? null;
      rows.push({ partition, uid: value('uid'), source: value('source'), sequence: value('sequence'), text });
    });
  for (const part of sortOut(partsIn(lake), segments).valid) for await (const { values, events } of readRowGroups(part.path)) add(part.partition, values, events);
  for (const number of segments) {
    for (const { block } of scanBlocks(readFileSync(join(lake, hotFolder, segmentName(number)))).blocks) add(block.key, new Map([...columnsOf(block)].map(([name, column]) => [name, valuesIn(column)])), eventsIn(pagesOf(block)).map(String));
  }
  return rows;
}
