import { describe, expect, test } from 'vitest';
import { tailSize } from '#learn/behaviour/tail.ts';
import type { Action } from './action.ts';
import { judgeAction, type Actor, type Entry, type JudgedAction, type Memory } from './known.ts';

const start = Date.UTC(2026, 0, 5);
const day = 86_400_000;

function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Three kinds of work, each a chain of calls with forks and repeats of its own. */
const works: readonly (readonly (readonly string[])[])[] = [
  [['List'], ['Get', 'Describe'], ['Get', 'Head'], ['Put', 'Copy'], ['Tag']],
  [['AssumeRole'], ['Describe', 'List'], ['Update'], ['Wait', 'Describe'], ['Wait', 'Describe'], ['Notify']],
  [['Login'], ['Query', 'Search'], ['Query', 'Search', 'Page'], ['Page', 'Export'], ['Logout']],
];
const attack = ['GetCallerIdentity', 'ListUsers', 'ListRoles', 'CreateUser', 'AttachPolicy', 'CreateKey', 'StopLogging'];

class Stream {
  readonly all = new Float32Array(tailSize);
  readonly memory: Memory = new Map<string, Entry>();
  readonly roll: () => number;
  now = start;
  constructor(seed: number) {
    this.roll = dice(seed);
  }

  do(who: string, what: string): JudgedAction {
    this.now += 1000;
    return judgeAction(this.all, this.memory, { who, what } satisfies Action, this.now);
  }

  /** A day of thirty accounts: each does its work a few times. */
  day(at: number, visit?: (judged: JudgedAction) => void, kinds = works): void {
    for (let account = 0; account < 30; account += 1) {
      this.now = start + at * day + account * 2_000_000;
      const work = kinds[account % kinds.length] ?? [];
      for (let round = 0; round < 3 + Math.floor(this.roll() * 4); round += 1) {
        for (const choices of work) {
          const judged = this.do(`account-${account}`, choices[Math.floor(this.roll() ** 2 * choices.length)] ?? '');
          visit?.(judged);
        }
      }
    }
  }

  /** The most surprising moment of an attack by an account, with nothing learned from it. */
  attacked(who: string, steps: readonly string[] = attack): number {
    const copy = new Stream(1);
    copy.all.set(this.all);
    for (const [key, entry] of structuredClone(this.memory as Map<string, Entry>)) copy.memory.set(key, entry);
    copy.now = this.now + 7_200_000;
    return Math.min(...steps.map((what) => copy.do(who, what).chance));
  }
}

function watched(days: number, seed = 3): Stream {
  const stream = new Stream(seed);
  for (let at = 0; at < days; at += 1) stream.day(at);
  return stream;
}

describe('a stream that is normal', () => {
  test.each([[0.01, 1.6], [0.001, 3]])('a chance of %f comes about that often, at most %f times as often', (level, factor) => {
    const stream = watched(20);
    let [asked, small] = [0, 0];
    for (let at = 20; at < 50; at += 1) {
      stream.day(at, ({ chance, ripe }) => {
        if (!ripe) return;
        asked += 1;
        if (chance <= level) small += 1;
      });
    }
    expect(asked).toBeGreaterThan(10_000);
    expect(small / asked).toBeLessThan(level * factor);
  });

  test('nothing is ripe before there is a history', () => {
    const stream = new Stream(5);
    let ripe = 0;
    for (let at = 0; at < 3; at += 1) stream.day(at, (judged) => (ripe += judged.ripe ? 1 : 0));
    expect(ripe).toBe(0);
    expect(watched(20).do('somebody-new', 'List').ripe).toBe(false);
  });
});

describe('what has no like', () => {
  test('calls that nobody makes are once in a thousand and less', () => {
    expect(watched(30).attacked('account-4')).toBeLessThan(0.001);
  });

  test('calls that are known, in an order that is nobody\'s, are so, too', () => {
    expect(watched(30).attacked('account-0', ['Export', 'List', 'Update', 'Logout', 'Notify', 'Login', 'Tag', 'AssumeRole', 'Page'])).toBeLessThan(0.001);
  });
});

test('drift: new work is odd on its first day and ordinary after ten', () => {
  const stream = watched(25);
  const changed = [[['Plan'], ['Approve'], ['Apply', 'Cancel'], ['Verify'], ['Close']], ...works.slice(1)];
  const odd = (at: number): number => {
    let [all, small] = [0, 0];
    stream.day(at, ({ chance }) => {
      all += 1;
      if (chance <= 0.001) small += 1;
    }, changed);
    return small / all;
  };
  expect(odd(25)).toBeGreaterThan(0.02);
  for (let at = 26; at < 35; at += 1) odd(at);
  expect(odd(35)).toBeLessThan(0.003);
});

test('poisoning: with one action in twenty hostile, by accounts that are not the one that is attacked, the attack is still odd', () => {
  const stream = new Stream(7);
  const clean = watched(30, 7).attacked('account-4');
  for (let at = 0; at < 30; at += 1) {
    stream.day(at);
    for (let round = 0; round < 4; round += 1) for (const what of attack) stream.do(round % 2 === 0 ? 'account-7' : 'mole', what);
  }
  expect(clean).toBeLessThan(0.001);
  expect(stream.attacked('account-4')).toBeLessThan(0.003);
});

test('what is known of one who acts stays small, whatever is done', () => {
  const stream = new Stream(9);
  for (let index = 0; index < 3000; index += 1) stream.do('busy', `call-${index}`);
  const actor = stream.memory.get('actor\nbusy') as Actor;
  expect(actor.habits.size).toBeLessThanOrEqual(512);
  expect(actor.recent.length).toBeLessThanOrEqual(8);
});

test('an action costs little', () => {
  const stream = watched(10);
  const before = process.threadCpuUsage();
  let actions = 0;
  for (let at = 10; at < 30; at += 1) stream.day(at, () => (actions += 1));
  const { user, system } = process.threadCpuUsage(before);
  // Ten microseconds are meant; the machine of the test may be slower.
  expect((user + system) / actions).toBeLessThan(100);
  if (process.env.WATCHWARD_SHOW_COST !== undefined) process.stdout.write(`${((user + system) / actions).toFixed(2)} us an action\n`);
});
