import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOdd, judgeSequence, learnSequences } from './model.ts';

/** A small repeatable source of chance. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A job: fixed steps, as many tests as chance gives, sometimes a retry. */
function job(roll: () => number): string[] {
  const tests = Array.from({ length: 1 + Math.floor(roll() * 6) }, () => 'test');
  const retry = roll() < 0.1 ? ['restore', 'build'] : [];
  return ['checkout', 'restore', 'build', ...retry, ...tests, roll() < 0.5 ? 'lint' : 'scan', 'upload', 'done'];
}

function jobs(count: number, seed: number): string[][] {
  const roll = dice(seed);
  return Array.from({ length: count }, () => job(roll));
}

const model = learnSequences(jobs(400, 1));

describe('sequences like those learned', () => {
  test('false alarms are about as many as the training declares', () => {
    const alarms = jobs(4000, 2).filter((sequence) => isOdd(model, judgeSequence(model, sequence))).length;
    expect(alarms).toBeLessThan(4000 * (5 / 400));
  });

  test.each([0.2, 0.1, 0.05])('a chance of %f or less comes about that often', (level) => {
    const small = jobs(4000, 3).filter((sequence) => judgeSequence(model, sequence).chance <= level).length / 4000;
    expect(small).toBeLessThan(level * 1.5 + 0.005);
  });
});

describe('sequences that have no like', () => {
  test.each([
    ['an action never seen', ['checkout', 'restore', 'build', 'test', 'test', 'curl', 'upload', 'done'], 'curl'],
    ['a step left out', ['checkout', 'restore', 'build', 'upload', 'done'], 'test'],
    ['one that ends half way', ['checkout', 'restore'], undefined],
    ['one repeated without end', ['checkout', 'restore', 'build', ...Array.from({ length: 300 }, () => 'upload'), 'done'], 'upload'],
  ])('%s is odd', (_, sequence, action) => {
    const judgement = judgeSequence(model, sequence);
    expect(isOdd(model, judgement)).toBe(true);
    if (action !== undefined) expect([judgement.likeness.nearest.action, ...(judgement.likeness.newPair ?? [])]).toContain(action);
  });

  test('the same actions in another order are odd, and the first new pair is told', () => {
    const judgement = judgeSequence(model, ['checkout', 'upload', 'test', 'restore', 'lint', 'build', 'done']);
    expect(isOdd(model, judgement)).toBe(true);
    expect(judgement.likeness.newPair).toEqual(['checkout', 'upload']);
  });

  test('a long sequence that shares nothing but coincidences is unlike all, where the training itself is of many kinds', () => {
    const roll = dice(4);
    const kinds = Array.from({ length: 40 }, (__, kind) => Array.from({ length: 60 }, () => `k${Math.floor(kind / 4)}-${Math.floor(roll() * 3)}`));
    const doubled = learnSequences([...kinds, ...kinds]);
    const shuffled = Array.from({ length: 200 }, () => `k${Math.floor(roll() * 10)}-${Math.floor(roll() * 3)}`);
    expect(judgeSequence(doubled, shuffled).unlikeAll).toBe(true);
    expect(judgeSequence(doubled, kinds[0] ?? []).unlikeAll).toBe(false);
  });
});

test('a few hostile sequences in the training do not hide the like of others', () => {
  const hostile = Array.from({ length: 20 }, (_, index) => ['checkout', 'curl', `host-${index}`, 'done']);
  const poisoned = learnSequences([...jobs(380, 5), ...hostile]);
  const attack = ['checkout', 'restore', 'build', 'test', 'steal', 'send', 'done'];
  expect(isOdd(poisoned, judgeSequence(poisoned, attack))).toBe(true);
});

test('the model is plain data and says the same after it was copied', () => {
  const copy = structuredClone(model);
  for (const sequence of jobs(20, 6)) expect(judgeSequence(copy, sequence)).toEqual(judgeSequence(model, sequence));
});

test('whatever is learned and judged, chances are chances', () => {
  const sequence = fc.array(fc.oneof(fc.constantFrom('a', 'b', '__proto__', '', '\u0002start'), fc.string({ maxLength: 4 })), { maxLength: 40 });
  fc.assert(fc.property(fc.array(sequence, { maxLength: 12 }), sequence, (training, judged) => {
    const { chance, unlikeChance, likeness } = judgeSequence(learnSequences(training), judged);
    for (const value of [chance, unlikeChance]) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(likeness.nearest.distance).toBeLessThanOrEqual(1);
    expect(Number.isFinite(likeness.beyondChance)).toBe(true);
  }), { numRuns: 60 });
});
