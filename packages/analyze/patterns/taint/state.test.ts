import { expect, it } from 'vitest';
import { either, TaintState } from './state.ts';
import { clean, defaultLabel, type Taint } from './taint.ts';

const from = (start: number): Taint => ({ label: defaultLabel, file: 0, start, end: start + 1, bindings: new Map(), step: undefined });

it('keeps a copy apart from what it was made of, whichever of the two changes', () => {
  const first = new TaintState();
  first.set('a', [from(1)]);
  const second = first.copy();
  first.set('a', clean);
  expect([first.get('a'), second.get('a')]).toEqual([clean, [from(1)]]);
  const third = second.copy();
  third.setWhole('a', [from(2)]);
  expect([second.get('a'), third.get('a')]).toEqual([[from(1)], [from(2)]]);
});

it('forgets the parts of what is written as a whole, and no others', () => {
  const state = new TaintState();
  for (const path of ['a.b', 'a.b.c', 'ab.c', 'b']) state.set(path, [from(1)]);
  const before = state.copy();
  state.setWhole('a', clean);
  expect([...state].map(([path]) => path)).toEqual(['ab.c', 'b', 'a']);
  expect(before.has('a.b.c')).toBe(true);
  expect(state.known('a.b.c')).toEqual(clean);
});

it('holds on both ways what either has; what is known only of the whole counts for its parts', () => {
  const [left, right] = [new TaintState(), new TaintState()];
  left.set('a.b', [from(1)]);
  right.set('a', [from(2)]);
  const both = either(left, right);
  expect(both?.get('a.b')).toEqual([from(1), from(2)]);
  expect(both?.get('a')).toEqual([from(2)]);
  expect(either(undefined, left)).toBe(left);
});

it('a name of a hundred thousand parts of which nothing is known is no work', () => {
  const state = new TaintState();
  state.set('a.b', []);
  const path = 'x'.concat('.y'.repeat(100_000));
  const started = performance.now();
  for (let round = 0; round < 1_000; round++) state.known(path);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(state.known('a.b.c')).toEqual([]);
  expect(state.known('a.c')).toBeUndefined();
});
