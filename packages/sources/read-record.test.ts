import { expect, test } from 'vitest';
import { ReadRecord, resting } from './read-record.ts';

test('a record that rests says the same, and is written the same', () => {
  const json = '{"b":{"c":[1,2]},"a":"x"}';
  for (const written of [undefined, 5]) {
    const record = new ReadRecord('a.jsonl', 7, { value: JSON.parse(json) as unknown, json }, written);
    const rests = resting(record);
    expect(rests).not.toBe(record);
    expect([rests.source, rests.sequence, rests.value, rests.written]).toEqual([record.source, record.sequence, record.value, record.written]);
    expect(JSON.stringify({ rests })).toBe(JSON.stringify({ rests: record }));
  }
});

test('what was not read from JSON of its own stays as it is', () => {
  const line = new ReadRecord('a.log', 1, { value: 'a line' });
  const copy = { ...new ReadRecord('a.jsonl', 1, { value: {}, json: '{}' }) };
  expect([resting(line), resting(copy)]).toEqual([line, copy]);
});
