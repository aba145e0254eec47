import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinShelves } from './join.ts';
import { mineLine, templateText } from './miner.ts';
import { mostEntries, mostTemplates, templateOf, type TemplateEntry } from './shelf.ts';

type Shelf = Map<string, TemplateEntry>;
const learn = (shelf: Shelf, lines: readonly string[]): string[] => lines.map((line) => mineLine(shelf, line).template.key);
const texts = (shelf: Shelf, keys: readonly string[]): string[] => keys.map((key) => templateText(templateOf(shelf, key) ?? { key, tokens: ['lost'], lines: 0 }));
const names = ['anna', 'bert', 'carl', 'dora', 'emil', 'frida', 'gustav', 'hanna', 'ivan', 'jana'];

it('names that somebody gave become a value, words of the program stay', () => {
  const shelf: Shelf = new Map();
  const logins = learn(shelf, names.map((name, at) => `Failed password for ${name} from 192.0.2.${at} port ${4000 + at}`));
  const states = learn(shelf, ['Machine is now started and ready', 'Machine is now paused and ready', 'Machine is now stopped and ready']);
  expect([...new Set(texts(shelf, logins))]).toEqual(['Failed password for <*> from <*> port <*>']);
  expect(new Set(states.map((key) => templateOf(shelf, key)?.key)).size).toBe(3);
});

it('choices that keep coming back stay apart however many lines there are', () => {
  const shelf: Shelf = new Map();
  const words = ['red', 'green', 'blue', 'white', 'black', 'pink'];
  const keys = learn(shelf, Array.from({ length: 6_000 }, (_, at) => `the colour of the lamp is ${words[Math.min(Math.floor(at / 1_500), 3) + (at > 5_900 ? at % 3 : 0)] ?? 'red'} today`));
  expect(new Set(keys.map((key) => templateOf(shelf, key)?.key)).size >= 4).toBe(true);
});

it('lists of any length, units and dates are of one template', () => {
  const shelf: Shelf = new Map();
  const lists = learn(shelf, ['deleting blocks blk_101 blk_102 of pool', 'deleting blocks blk_103 of pool', 'deleting blocks blk_104 blk_105 blk_106 of pool']);
  const sizes = learn(shelf, ['stored 5 KB in cache', 'stored 7 B in cache']);
  const dates = learn(shelf, ['connected at Fri Jun 17 20:55:07 2005 again', 'connected at Mon Jan 3 01:05:00 2006 again']);
  expect([lists, sizes, dates].map((keys) => [...new Set(texts(shelf, keys))])).toEqual([['deleting blocks <*> of pool'], ['stored <*> in cache'], ['connected at <*> again']]);
});

it('keys are the same on every machine and after a restart', () => {
  const lines = names.flatMap((name, at) => [`user ${name} logged in from 192.0.2.${at}`, `job ${at} done in ${at * 3} ms`, `job ${at} failed`]);
  const whole: Shelf = new Map();
  const keys = learn(whole, lines);
  const first: Shelf = new Map();
  const half = learn(first, lines.slice(0, 15));
  const second = structuredClone(first);
  expect([...half, ...learn(second, lines.slice(15))]).toEqual(keys);
  expect([...second]).toEqual([...whole]);
});

it('two machines that saw different lines of the same programs become one', () => {
  const one: Shelf = new Map();
  const other: Shelf = new Map();
  const mine = learn(one, names.slice(0, 6).map((name) => `session of user ${name} opened`));
  const theirs = learn(other, [...names.slice(4).map((name) => `session of user ${name} opened`), 'disk 3 is full']);
  const untouched = structuredClone([...other]);
  joinShelves(one, other);
  expect([...other]).toEqual(untouched);
  expect([...new Set(texts(one, [...mine, ...theirs]))]).toEqual(['session of user <*> opened', 'disk <*> is full']);
  expect(mineLine(one, 'session of user kurt opened').novelty).toBe('form');
});

it('what a join leads to does not depend on chance: each key of both leads to a template', () => {
  const word = fc.constantFrom('open', 'close', 'disk', '12', 'user', 'anna', 'bert', 'from', '/a/b', '(x)', 'a=1', ',');
  const stream = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' ')), { maxLength: 60 });
  fc.assert(fc.property(stream, stream, (left, right) => {
    const one: Shelf = new Map();
    const other: Shelf = new Map();
    const keys = [...learn(one, left), ...learn(other, right)];
    const again = structuredClone(one);
    joinShelves(one, other);
    joinShelves(again, other);
    expect([...one]).toEqual([...again]);
    for (const key of keys) expect(templateOf(one, key) !== undefined).toBe(true);
  }));
});

it('a line is of its template: what is not a value in it stands in the line in this order', () => {
  const piece = fc.oneof(fc.constantFrom('a', 'bc', 'user', '7', '1.2.3.4', '/x/y', '=', '(', ')', ' ', ' ', ','), fc.string({ maxLength: 4 }));
  fc.assert(fc.property(fc.array(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), { maxLength: 40 }), (lines) => {
    const shelf: Shelf = new Map();
    const keys = learn(shelf, lines);
    expect(keys.every((key) => templateOf(shelf, key) !== undefined)).toBe(true);
  }));
});

it('memory is bounded, and a flood of odd lines drives out itself', () => {
  const shelf: Shelf = new Map();
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const word = (at: number): string => `${letters[at % 26]}${letters[Math.floor(at / 26) % 26]}${letters[Math.floor(at / 676) % 26]}`;
  const known = learn(shelf, Array.from({ length: 50 }, () => 'the service is up and well'))[0] ?? '';
  for (let at = 0; at < 9_000; at++) mineLine(shelf, Array.from({ length: 1 + at % 7 }, (_, place) => word(at * 31 + place * 7)).join(' '));
  expect([...shelf.values()].filter((entry) => 'tokens' in entry).length).toBeLessThanOrEqual(mostTemplates);
  expect(shelf.size).toBeLessThanOrEqual(mostEntries);
  expect(templateOf(shelf, known)?.lines).toBe(50);
  expect(mineLine(shelf, 'the service is up and well').novelty).not.toBe('template');
});
