import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Decision } from '#model/decision.ts';
import { generateSigningKey, verifyingKey } from '#protect/keys.ts';
import { bypass, checkBypass } from './bypass.ts';
import { readRecord } from './bypass-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-bypass-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = generateSigningKey();
const now = Date.parse('2026-11-23T12:00:00.000Z');
const blocked: Decision = { verdict: 'block', action: 'merge', reasons: ['a reason', 'x'.repeat(5_000)], policies: ['p'], errors: [] };
const request = { by: 'alice', reason: 'the site is down', allowed: ['alice', 'bob'] };
const place = (name: string) => ({ tree: { hash: 'e'.repeat(64), commit: 'a'.repeat(40) }, record: join(folder, name), key, now });
const lines = (name: string) => readRecord(readFileSync(join(folder, name)), [verifyingKey(key)]);

describe('a bypass', () => {
  it('is recorded and signed, and leaves the verdict as it was', () => {
    const decision = bypass(blocked, request, place('one'));
    expect(decision).toEqual({ ...blocked, bypass: { by: 'alice', reason: 'the site is down' } });
    expect(lines('one')).toMatchObject([{ predicate: { by: 'alice', verdict: 'block', at: '2026-11-23T12:00:00.000Z', commit: 'a'.repeat(40) } }]);
  });

  it('is not recorded for what passes', () => {
    const passed: Decision = { ...blocked, verdict: 'pass' };
    expect(bypass(passed, request, place('none'))).toBe(passed);
    expect(() => readFileSync(join(folder, 'none'))).toThrow('ENOENT');
  });

  it('follows the one before it, so that none can be taken out or changed', () => {
    for (const by of ['alice', 'bob', 'alice']) bypass(blocked, { ...request, by }, place('three'));
    expect(lines('three').map(({ predicate }) => predicate.by)).toEqual(['alice', 'bob', 'alice']);
    const all = readFileSync(join(folder, 'three'), 'utf8').split('\n').slice(0, 3);
    const read = (kept: readonly (string | undefined)[]) => () => readRecord(Buffer.from(kept.map((line) => `${line}\n`).join('')), [verifyingKey(key)]);
    expect(read([all[0], all[2]])).toThrow('line 2 of the record cannot be believed: it does not follow');
    expect(read([all[1], all[2]])).toThrow('line 1');
    expect(read([all[1], all[0], all[2]])).toThrow('line 1');
    expect(read([all[0], all[0]])).toThrow('line 2');
    expect(read([all[0], `${all[1]} `, all[2]])).toThrow('line 3');
    expect(() => readRecord(Buffer.from(all.join('\n')), [verifyingKey(key)])).toThrow('half a line');
    expect(() => readRecord(readFileSync(join(folder, 'three')), [verifyingKey(generateSigningKey())])).toThrow('not trusted');
  });

  it.each<[string, Partial<typeof request>, string]>([
    ['a name that is not listed', { by: 'mallory' }, '"mallory" is not among'],
    ['a name in other letters', { by: 'Alice' }, '"Alice" is not among'],
    ['nobody listed', { allowed: [] }, 'is not among'],
    ['no reason', { reason: '' }, 'at least 10 characters'],
    ['spaces for a reason', { reason: ' '.repeat(40) }, 'at least 10 characters'],
    ['a book for a reason', { reason: 'x'.repeat(2_001) }, 'longer than 2000'],
  ])('is refused for %s', (_, change, message) => {
    expect(() => checkBypass({ ...request, ...change })).toThrow(message);
    expect(() => bypass(blocked, { ...request, ...change }, place('refused'))).toThrow(expect.objectContaining({ code: 'bypass-refused' }));
    expect(() => readFileSync(join(folder, 'refused'))).toThrow('ENOENT');
  });

  it('is none when it cannot be recorded', () => {
    const fails = (name: string) => expect(() => bypass(blocked, request, place(name))).toThrow(expect.objectContaining({ code: 'bypass-unrecorded' }));
    fails('absent/record');
    mkdirSync(join(folder, 'a-folder'));
    fails('a-folder');
    writeFileSync(join(folder, 'half'), '{"payload":');
    fails('half');
    expect(readFileSync(join(folder, 'half'), 'utf8')).toBe('{"payload":');
    writeFileSync(join(folder, 'locked.lock'), '');
    fails('locked');
  });
});
