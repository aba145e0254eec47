import { expect, test } from 'vitest';
import type { Observation, StreamUnit } from '#model/stream.ts';
import { defineStreamDetector } from '#model/stream.ts';
import { DetectorDesk, keptStates } from './detector-desk.ts';
import { entriesByTable } from './entry-parts.ts';
import { observationOf } from './stream-cases.ts';

/** Says how often it saw a name, as long as it knows it. */
const counter: StreamUnit = defineStreamDetector<null, number>({
  id: 'event/counter', title: 'Counter', severity: 'low', confidence: 'low', consequence: '', remediation: '', references: [], initial: null, remembers: 2,
  wants: () => true,
  step(state, { record }, _now, memory) {
    const seen = (memory.get(String(record)) ?? 0) + 1;
    if (record === 'gone') memory.delete('gone');
    else memory.set(String(record), seen);
    return { state, signals: [], diagnostics: [{ code: 'rule-invalid', message: `${String(record)} ${seen}` }] };
  },
});

const see = (record: string): Observation => observationOf({ logsource: {}, event: { class_uid: 0 }, record }, 1);

function said(desk: DetectorDesk, ...records: readonly string[]): string[] {
  return records.flatMap((record) => desk.step(see(record), 1).flatMap(({ diagnostics }) => diagnostics.map(({ code, message }) => (code === 'memory-limit' ? code : message))));
}

test('what is changed is kept, whatever the order of the parts, and the same entry makes room after a restart', () => {
  const desk = new DetectorDesk([counter], { entries: new Map() });
  expect(said(desk, 'a', 'b', 'a')).toEqual(['a 1', 'b 1', 'a 2']);
  const parts = new Map<string, Uint8Array>();
  for (const [name, bytes] of desk.changedParts()) if (bytes !== undefined) parts.set(name, bytes);
  // The state itself is written each time.
  expect(desk.changedParts().map(([name]) => name)).toEqual(['state/event/counter']);
  const again = new DetectorDesk([counter], { states: keptStates(parts), entries: entriesByTable(new Map([...parts].reverse())) });
  expect(said(again, 'c', 'a', 'b')).toEqual(said(desk, 'c', 'a', 'b'));
  expect(said(again, 'a')).toEqual(['a 4']);
});

test('it says once that it forgets, and gives up what is gone', () => {
  const desk = new DetectorDesk([counter], { entries: new Map() });
  expect(said(desk, 'a', 'b', 'c', 'd')).toEqual(['a 1', 'b 1', 'c 1', 'memory-limit', 'd 1']);
  const entries = desk.changedParts().filter(([name]) => name.startsWith('entry/'));
  expect(entries.map(([name, bytes]) => [name.split('\n')[1], bytes === undefined])).toEqual([['a', true], ['b', true], ['c', false], ['d', false]]);
});
