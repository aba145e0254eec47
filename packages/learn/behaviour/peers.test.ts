import { describe, expect, it } from 'vitest';
import { drawFrom } from '../draw.ts';
import { day } from './clock.ts';
import { markOf } from './mark.ts';
import { directionOf, groupsSize, joinGroup } from './peers.ts';
import { learnSharer, sharersOf, sharersSize } from './sharers.ts';

const start = Date.UTC(2026, 0, 5);

describe('peers', () => {
  const law = { halfLife: 60 * day, near: 0.5, clearly: 0.1 };

  it('puts together who does alike, and keeps them there', () => {
    const draw = drawFrom(17);
    const groups = new Float32Array(groupsSize(16));
    const kinds = [0, 1, 2, 3].map((kind) => Array.from({ length: 10 }, (_, index) => markOf(`kind ${kind} habit ${index}`)));
    const own = Array.from({ length: 40 }, () => -1);
    const first: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      for (let entity = 0; entity < 40; entity += 1) {
        const habits = (kinds[entity % 4] as number[]).filter(() => draw() < 0.8).map((mark) => ({ mark, weight: 1 }));
        habits.push({ mark: markOf(`own ${entity}`), weight: 1 });
        own[entity] = joinGroup(groups, directionOf(habits) as Float32Array, own[entity] as number, start + round * day, law);
      }
      if (round === 3) first.push(...own);
    }
    expect(own.filter((group, entity) => group === first[entity]).length).toBeGreaterThan(37);
    const together = [0, 1, 2, 3].map((kind) => new Set(own.filter((_, entity) => entity % 4 === kind)));
    expect(Math.max(...together.map(({ size }) => size))).toBeLessThan(3);
    expect(new Set(together.flatMap((one) => [...one])).size).toBeGreaterThanOrEqual(4);
  });

  it('counts who shares a value, in bounded places', () => {
    const state = new Float32Array(sharersSize(64));
    for (let entity = 0; entity < 20; entity += 1) learnSharer(state, markOf('tool 2.0'), start, law);
    for (let value = 0; value < 1_000; value += 1) learnSharer(state, markOf(`value ${value}`), start, law);
    expect(sharersOf(state, markOf('tool 2.0'))).toBe(20);
    expect(sharersOf(state, markOf('nobody has this'))).toBe(0);
  });
});
