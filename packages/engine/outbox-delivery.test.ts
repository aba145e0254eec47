import { describe, expect, it } from 'vitest';
import { ActError, type ActErrorCode } from '#act/act-error.ts';
import { incidentNotice } from '#act/sample-notices.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Notice } from '#model/sink.ts';
import type { DueEntry } from '#store/state/outbox.ts';
import { OutboxDelivery } from './outbox-delivery.ts';

/** An outbox in memory that behaves as the store's does. */
class Box {
  readonly entries = new Map<number, DueEntry & { readonly due: number }>();
  private last = 0;

  constructor(keys: readonly string[]) {
    for (const key of keys) this.add(key);
  }

  add(key: string): void {
    const number = this.last++;
    this.entries.set(number, { sink: 's', key, payload: JSON.stringify({ ...incidentNotice(), key }), number, attempts: 0, due: 0 });
  }

  get size(): number {
    return this.entries.size;
  }

  due(_: string, now: number, most: number): DueEntry[] {
    return [...this.entries.values()].filter(({ due }) => due <= now).slice(0, most);
  }

  delivered(numbers: readonly number[]): void {
    for (const number of numbers) this.entries.delete(number);
  }

  postpone(numbers: readonly number[], due: number): void {
    for (const number of numbers) {
      const entry = this.entries.get(number);
      if (entry !== undefined) this.entries.set(number, { ...entry, due, attempts: entry.attempts + 1 });
    }
  }
}

interface Trouble {
  readonly key: string;
  code?: ActErrorCode;
  readonly retryAfter?: number;
}

/** A delivery to one receiver that says no to one key, in one of the ways there are. */
function delivery(keys: readonly string[], trouble: Trouble): { box: Box; taken: string[]; refused: string[]; codes: () => string[]; time: { now: number }; round: () => Promise<void> } {
  const box = new Box(keys);
  const [taken, refused, diagnostics]: [string[], string[], Diagnostic[]] = [[], [], []];
  const time = { now: 1_000 };
  const deliver = async (notices: readonly Notice[]): Promise<void> => {
    for (const [at, { key }] of notices.entries()) {
      if (key === trouble.key && trouble.code !== undefined) throw new ActError(trouble.code, 'no', { delivered: at, ...(trouble.retryAfter === undefined ? {} : { retryAfter: trouble.retryAfter }) });
      taken.push(key);
      await Promise.resolve();
    }
  };
  const sink = { name: 's', takes: ['incident'], sink: { deliver, close: () => Promise.resolve() } } as const;
  const made = new OutboxDelivery(box, [sink], { clock: () => time.now, note: (diagnostic) => diagnostics.push(diagnostic), onRefused: (name, payload) => refused.push(`${name} ${payload}`) });
  const round = async (): Promise<void> => {
    made.wake();
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { box, taken, refused, codes: () => diagnostics.map(({ code }) => code), time, round };
}

describe('handing on', () => {
  it('empties the outbox in order', async () => {
    const { box, round, taken } = delivery(['a', 'b', 'c'], { key: '' });
    await round();
    expect([taken, box.size]).toEqual([['a', 'b', 'c'], 0]);
  });

  it('sets aside what is refused for good, says so, and goes on behind it', async () => {
    const { box, codes, refused, round, taken } = delivery(['a', 'b', 'c'], { key: 'b', code: 'receiver-refused' });
    await round();
    expect([taken, box.size, codes()]).toEqual([['a', 'c'], 0, ['notice-refused']]);
    expect(refused).toEqual([expect.stringMatching(/^s .*"b"/)]);
  });

  it('keeps everything for a receiver that lets nobody in', async () => {
    const { box, codes, round } = delivery(['a', 'b'], { key: 'a', code: 'receiver-closed' });
    await round();
    expect([box.size, codes()]).toEqual([2, ['sink-failed']]);
  });

  it('waits longer and longer for one that is away; loses, repeats and reorders nothing', async () => {
    const trouble: Trouble = { key: 'b', code: 'receiver-unreachable' };
    const { box, round, taken, time } = delivery(['a', 'b', 'c'], trouble);
    await round();
    expect([...box.entries.values()].map(({ due, key }) => `${key} ${due}`)).toEqual(['b 6000', 'c 6000']);
    box.add('d');
    await round();
    expect(taken).toEqual(['a']);
    time.now = 6_000;
    await round();
    expect(box.due('s', 15_999, 9).map(({ key }) => key)).toEqual([]);
    delete trouble.code;
    time.now = 16_000;
    await round();
    expect([taken, box.size]).toEqual([['a', 'b', 'c', 'd'], 0]);
  });

  it('leaves a receiver alone for as long as it asked', async () => {
    const { box, round } = delivery(['a'], { key: 'a', code: 'receiver-busy', retryAfter: 3_600_000 });
    await round();
    expect([...box.entries.values()].map(({ due }) => due)).toEqual([3_601_000]);
  });

  it('leaves everything as it is when the run ends', async () => {
    const { box, codes, round } = delivery(['a', 'b'], { key: 'b', code: 'stopped' });
    await round();
    expect([[...box.entries.values()].map(({ due, key }) => `${key} ${due}`), codes()]).toEqual([['b 0'], []]);
  });
});
