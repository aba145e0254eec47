import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FactTable } from './fact-table.ts';
import { IntQueue, PackedLists } from './packed-lists.ts';
import { largestSet, SmallSets } from './small-sets.ts';

const pairs = fc.array(fc.tuple(fc.nat(20), fc.integer()), { maxLength: 400 });

test('lists by key keep what came, in its order', () => {
  fc.assert(fc.property(pairs, (added) => {
    const [packed, plain] = [new PackedLists(), new Map<number, number[]>()];
    for (const [key, value] of added) {
      packed.add(key, value);
      plain.set(key, [...(plain.get(key) ?? []), value]);
    }
    for (let key = 0; key <= 21; key++) expect(packed.of(key)).toEqual(plain.get(key) ?? []);
  }));
});

test('small sets keep each number once, in its order, while others grow beside them', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(30)), { maxLength: 400 }), (added) => {
    const [packed, plain] = [new SmallSets(), new Map<number, number[]>()];
    for (const [key, item] of added) {
      const held = plain.get(key) ?? [];
      expect(packed.has(key, item)).toBe(held.includes(item));
      if (held.includes(item) || held.length === largestSet) continue;
      packed.add(key, item);
      plain.set(key, [...held, item]);
    }
    for (let key = 0; key <= 21; key++) expect(packed.of(key)).toEqual(plain.get(key) ?? []);
  }));
});

test('a queue gives back what came first, while it wraps round and grows', () => {
  fc.assert(fc.property(fc.array(fc.option(fc.integer()), { minLength: 1, maxLength: 3_000, size: 'max' }), (steps) => {
    const [queue, plain] = [new IntQueue(), [] as number[]];
    for (const step of steps) {
      if (step !== null) {
        queue.push(step);
        plain.push(step);
      } else if (plain.length > 0) expect(queue.shift()).toBe(plain.shift());
    }
    expect(queue.length).toBe(plain.length);
    while (plain.length > 0) expect(queue.shift()).toBe(plain.shift());
  }), { numRuns: 20 });
});

test('facts are found by context and node', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(99), fc.integer()), { maxLength: 2_000, size: 'max' }), (added) => {
    const [facts, plain] = [new FactTable(100), new Map<string, number>()];
    for (const [context, node, mask] of added) {
      const known = facts.find(context, node);
      expect(known === 0).toBe(!plain.has(`${context}:${node}`));
      facts.addMask(known === 0 ? facts.add(context, node) : known, mask);
      plain.set(`${context}:${node}`, (plain.get(`${context}:${node}`) ?? 0) | mask);
    }
    const found = new Map<string, number>();
    facts.each((context, node, mask) => found.set(`${context}:${node}`, mask));
    expect(found).toEqual(plain);
  }), { numRuns: 30 });
});
