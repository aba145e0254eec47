import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Incident } from '#model/incident.ts';
import { openState, type Commit, type State } from './state.ts';
import { outboxLimit } from './state/outbox.ts';
import { StoreError } from './store-error.ts';

let folder = '';
const opened: State[] = [];

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'watchward-state-'))));
afterEach(() => {
  for (const state of opened.splice(0)) state.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(role: 'owner' | 'guest' = 'owner'): State {
  const state = openState(folder, { role });
  opened.push(state);
  return state;
}

function commit(part: Partial<Commit> = {}): Commit {
  return { at: 5, positions: new Map(), parts: [], incidents: [], outbox: [], ...part };
}

function incident(id: string, last: number): Incident {
  const risk = { score: 1, likelihood: 1, impact: 1, factors: [] } as unknown as Incident['risk'];
  return {
    id, last, risk, title: 't', story: 's', state: 'new', severity: 'low', confidence: 'low', first: 1, stages: [], techniques: [],
    entities: [], steps: [], signals: 1, omitted: 0, findings: [],
  };
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return error instanceof StoreError ? error.code : String(error);
  }
  return undefined;
}

describe('a commit', () => {
  test('is what the next start finds', () => {
    const state = open();
    expect([state.checkpoint, state.positions]).toEqual([undefined, undefined]);
    expect(state.epoch).toBe(0);
    state.commit(3, commit({
      positions: new Map([['__proto__', { offset: 7 }]]),
      parts: [['sigma', new Uint8Array([1, 2, 3])]],
      incidents: [{ revision: 2, incident: incident('i', 9) }],
      outbox: [{ sink: 'hook', key: 'k', payload: '{}' }],
    }));
    state.close();
    const again = open();
    expect(again.epoch).toBe(3);
    expect(again.checkpoint).toEqual({
      epoch: 3, created: 5, positions: new Map([['__proto__', { offset: 7 }]]), parts: new Map([['sigma', new Uint8Array([1, 2, 3])]]),
    });
    expect(again.incidents()).toEqual([{ revision: 2, incident: incident('i', 9) }]);
    expect(again.outbox.due('hook', 0, 10)).toMatchObject([{ key: 'k', payload: '{}', attempts: 0 }]);
  });

  test('replaces positions, keeps parts that it does not name and takes away those it says', () => {
    const state = open();
    state.commit(1, commit({ positions: new Map([['a', { n: 1 }]]), parts: [['x', new Uint8Array([1])], ['y', new Uint8Array([2])]] }));
    state.commit(2, commit({ positions: new Map([['b', { n: 1 }]]), parts: [['x', undefined], ['z', new Uint8Array(0)]] }));
    expect([...(state.checkpoint?.positions.keys() ?? [])]).toEqual(['b']);
    expect(state.positions).toEqual(state.checkpoint?.positions);
    expect(state.checkpoint?.parts).toEqual(new Map([['y', new Uint8Array([2])], ['z', new Uint8Array(0)]]));
  });

  test('leaves nothing behind when it fails half way', () => {
    const state = open();
    state.commit(1, commit());
    const bad = { revision: 1, incident: { ...incident('bad', 1), last: 'never' as unknown as number } };
    expect(codeOf(() => state.commit(2, commit({ parts: [['x', new Uint8Array(1)]], incidents: [bad] })))).toBe('state-unusable');
    expect(state.epoch).toBe(1);
    expect(state.checkpoint?.parts.size).toBe(0);
    state.commit(2, commit());
    expect(state.epoch).toBe(2);
  });

  test.each([0, 1, 1.5, Number.NaN])('of epoch %d after epoch 1 is refused', (epoch) => {
    const state = open();
    state.commit(1, commit());
    expect(codeOf(() => state.commit(epoch, commit()))).toBe('epoch-order');
  });
});

describe('a state made anew', () => {
  test('goes on after what a lake already holds, and says so once and for all', () => {
    openState(folder, { startAfter: () => 41 }).close();
    const state = openState(folder, { startAfter: () => 99 });
    opened.push(state);
    expect([state.epoch, state.checkpoint]).toEqual([41, undefined]);
    expect(codeOf(() => state.commit(41, commit()))).toBe('epoch-order');
    state.commit(42, commit());
    expect(state.checkpoint?.epoch).toBe(42);
  });

  test('in place of a damaged one does so too', () => {
    writeFileSync(join(folder, 'state.sqlite'), 'no database at all'.repeat(100));
    const state = openState(folder, { startAfter: () => 7 });
    opened.push(state);
    expect([state.epoch, state.damage !== undefined]).toEqual([7, true]);
  });
});

describe('the outbox', () => {
  test('keeps order, postpones, forgets what was delivered, and takes each key once', () => {
    const state = open();
    const entry = (key: string) => ({ sink: 's', key, payload: key });
    state.commit(1, commit({ outbox: [entry('a'), entry('b'), entry('a'), { ...entry('a'), sink: 'other' }] }));
    const due = state.outbox.due('s', 0, 10);
    expect(due.map(({ key }) => key)).toEqual(['a', 'b']);
    state.outbox.postpone([due[0]?.number ?? 0], 100);
    expect(state.outbox.due('s', 99, 10).map(({ key }) => key)).toEqual(['b']);
    expect(state.outbox.due('s', 100, 10)).toMatchObject([{ key: 'a', attempts: 1 }, { key: 'b', attempts: 0 }]);
    state.outbox.delivered(due.map(({ number }) => number));
    expect(state.outbox.size).toBe(1);
  });

  test('says how many it had no room for', () => {
    const state = open();
    const outbox = Array.from({ length: outboxLimit + 3 }, (_, n) => ({ sink: 's', key: String(n), payload: '' }));
    expect(state.commit(1, commit({ outbox })).refused).toBe(3);
    expect(state.commit(2, commit({ outbox: outbox.slice(0, 1) })).refused).toBe(1);
  });
});

describe('beside the owner', () => {
  test('a guest reads and gives verdicts, and commits nothing', () => {
    const owner = open();
    owner.commit(1, commit({ incidents: [{ revision: 1, incident: incident('i', 9) }] }));
    const guest = open('guest');
    expect(guest.incidents()).toHaveLength(1);
    const given = { incident: 'i', verdict: 'dismissed', reason: 'our own test', owner: 'ana', until: '2026-12-24', given: 4 } as const;
    expect(guest.verdicts.add(given)).toBe(1);
    expect(owner.verdicts.since(0)).toEqual([{ ...given, number: 1 }]);
    expect(owner.verdicts.since(1)).toEqual([]);
    expect(codeOf(() => guest.commit(2, commit()))).toBe('state-unusable');
  });

  test('a guest finds no state where nothing was watched', () => expect(codeOf(() => open('guest'))).toBe('state-missing'));

  test('a second owner is refused in the same process, and let in after the first has gone', () => {
    const first = open();
    expect(() => open()).toThrow(/in use by another watchward \(process \d+\); stop that one/);
    first.close();
    expect(open().epoch).toBe(0);
  });

  test('a second owner is refused from another process, and let in when that was killed', async () => {
    const script = `import { openState } from ${JSON.stringify(join(import.meta.dirname, 'state.ts'))};
      openState(${JSON.stringify(folder)}); process.stdout.write('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      expect(() => open()).toThrow(`process ${child.pid}`);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(open().epoch).toBe(0);
  });
});

describe('damage', () => {
  const file = (): string => join(folder, 'state.sqlite');

  test.each([
    ['no database', () => writeFileSync(file(), 'no database at all'.repeat(100))],
    ['a torn page', () => {
      const bytes = readFileSync(file());
      writeFileSync(file(), bytes.fill(0xaa, 4096));
    }],
    ['a changed byte in a part', () => {
      const database = new DatabaseSync(file());
      database.exec("UPDATE part SET bytes = x'00'");
      database.close();
    }],
  ])('%s is set aside and said', (_, spoil) => {
    const state = open();
    state.commit(1, commit({ parts: [['x', new Uint8Array(9000)]] }));
    state.close();
    spoil();
    const again = open();
    expect(again.damage).toMatch(/is damaged [^]* set aside as .*state\.sqlite\.damaged-1/);
    expect(again.checkpoint).toBeUndefined();
    expect(readdirSync(folder)).toContain('state.sqlite.damaged-1');
    again.commit(1, commit());
    again.close();
    expect(open().damage).toBeUndefined();
  });

  test('a file of a later version is left alone', () => {
    open().close();
    const database = new DatabaseSync(file());
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(codeOf(() => open())).toBe('state-newer');
    expect(codeOf(() => open())).toBe('state-newer');
  });

  test('a folder that cannot be made is named', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openState(join(folder, 'file', 'state'))).toThrow(/file\/state cannot be used/);
  });
});

test('only its owner may read the file', () => {
  open().commit(1, commit());
  for (const name of ['state.sqlite', 'state.sqlite-wal']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
});
