import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merged, type TopicMessage } from './topic-reader.ts';

function partition(number: number, times: readonly number[]): TopicMessage[] {
  return times.map((time, at) => ({ partition: number, offset: BigInt(at), time: BigInt(time), value: null }));
}

const shown = (messages: readonly TopicMessage[]): string[] => messages.map(({ partition: number, time }) => `${number}:${time}`);

describe('messages of several partitions', () => {
  test('the earlier one first; at one time the lower partition', () => {
    expect(shown(merged([partition(0, [1, 5, 9]), partition(1, [1, 2, 9])]))).toEqual(['0:1', '1:1', '1:2', '0:5', '0:9', '1:9']);
  });

  test('one partition keeps its order, whatever its times', () => {
    expect(shown(merged([partition(0, [9, 1]), partition(1, [2, 3])]))).toEqual(['1:2', '1:3', '0:9', '0:1']);
    expect(merged([])).toEqual([]);
  });

  test('none is lost, and none changes places with another of its partition', () => {
    const times = fc.array(fc.array(fc.nat(20), { maxLength: 12 }), { maxLength: 5 });
    fc.assert(fc.property(times, (all) => {
      const lists = all.map((one, at) => partition(at, one));
      const together = merged(lists);
      expect(together).toHaveLength(lists.flat().length);
      for (const [at, list] of lists.entries()) expect(together.filter((message) => message.partition === at)).toEqual(list);
    }));
  });
});
