import { describe, expect, it } from 'vitest';
import { day, days, gaussian, minute, sampleAt, start, type Series } from '#analyze/metrics/usage.ts';
import { drawFrom } from '#learn/draw.ts';
import unit from '#analyze/stream-detectors/unusual-metric.ts';
import type { CaseObservation } from '#model/stream-cases.ts';
import { EntryTable } from './entry-table.ts';
import { observationOf, runStreamCase, type StreamCaseResult } from './stream-cases.ts';

/** What specs/learning.md asks of every detector that learns, held by numbers for series of metrics. */

const noon = day / 2;

function run(observations: readonly CaseObservation[]): StreamCaseResult {
  return runStreamCase(unit, { observations });
}

function machine(at: number): Series {
  return { name: 'cpu_utilization_percent', labels: { instance: `runner-${at}`, job: 'ci-runner' } };
}

/** Several streams as one, in the order of time. */
function merged(streams: readonly (readonly CaseObservation[])[]): CaseObservation[] {
  return streams.flat().sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
}

function told({ signals }: StreamCaseResult, from = 0, to = Infinity): number {
  return signals.filter(({ time }) => time >= from && time < to).length;
}

describe('unusual metrics', () => {
  it('tells no more than its budget of series that are as they were, and is as surprised as it says', () => {
    const { signals } = run(merged(Array.from({ length: 8 }, (_, at) => days(21, { seed: 100 + at, series: machine(at) }))));
    expect(signals.length).toBeLessThanOrEqual(3 * 21);
    const slots = 8 * 21 * 288;
    for (const level of [4, 4.5, 5]) expect(signals.filter(({ learned }) => (learned?.surprise ?? 0) >= level).length).toBeLessThanOrEqual(Math.max(3, 1.5 * slots * 10 ** -level));
  });

  it('says nothing of a series in its first three days, whatever comes', () => {
    const next = drawFrom(7);
    expect(told(run(days(3, { value: (_time, usual) => (next() < 0.02 ? 1000 * next() : usual) })))).toBe(0);
  });

  it('follows drift: a tenth of the range a week is told on few days', () => {
    const drifting = run(days(56, { seed: 3, value: (time, usual) => usual + ((time - start) / day) * 0.4 }));
    expect(told(drifting, start + 14 * day)).toBeLessThanOrEqual(6);
  });

  it('tells a deployment that changes every series as one change, then takes it for normal', () => {
    const change = start + 10 * day + noon;
    const streams = Array.from({ length: 8 }, (_, at) => days(14, { seed: 200 + at, series: machine(at), value: (time, usual) => (time >= change ? usual + 60 : usual) }));
    const result = run(merged(streams));
    const first = result.signals.filter(({ time }) => time >= change && time < change + 30 * minute);
    expect(first.length).toBeLessThanOrEqual(4);
    expect(first.some(({ message }) => /series changed within the same five minutes/.test(message))).toBe(true);
    expect(told(result, change + day)).toBeLessThanOrEqual(8);
  });

  it('is silent on a holiday of all machines, and on the working day after it', () => {
    const streams = Array.from({ length: 6 }, (_, at) => days(19, { seed: 300 + at, series: machine(at), value: (time, usual) => (Math.floor((time - start) / day) === 16 ? 12 + (usual - 20) / 4 : usual) }));
    expect(told(run(merged(streams)), start + 16 * day, start + 18 * day)).toBeLessThanOrEqual(1);
  });

  it('loses little where one sample in twenty of what it learned from was the attacker\'s', () => {
    const attacks = Array.from({ length: 12 }, (_, at) => at);
    const found = (hostile: number): number => attacks.filter((at) => {
      const next = drawFrom(900 + at);
      const attack = start + 13.5 * day + (at / 12) * day;
      const value = (time: number, usual: number): number => (time >= attack ? 90 + 2 * gaussian(next) : next() < hostile ? 20 + 75 * next() : usual);
      return told(run(days(15, { seed: 400 + at, value })), attack, attack + 6 * 60 * minute) > 0;
    }).length;
    const [clean, poisoned] = [found(0), found(0.05)];
    expect(clean).toBeGreaterThanOrEqual(11);
    expect(poisoned).toBeGreaterThanOrEqual(Math.floor(0.8 * clean));
  });

  it('says once that it knows as many series as it may, and goes on with those', () => {
    const memory = new EntryTable<unknown>(unit.remembers ?? 0);
    let state = unit.initial;
    const said: string[] = [];
    const see = (at: number, time: number): void => {
      const step = unit.step(state, observationOf(sampleAt(time, 1, { labels: { instance: `m${at}` } }), time), time, memory);
      state = step.state;
      said.push(...step.diagnostics.map(({ code }) => code));
    };
    for (let at = 0; at < 20_050; at++) see(at, start);
    expect(said).toEqual(['memory-limit']);
    expect(memory.forgotten).toBe(0);
    for (let at = 0; at < 20_050; at++) see(at, start + 5 * minute);
    expect(memory.forgotten).toBe(0);
    see(30_000, start + 4 * day);
    expect(memory.get(`r\ncpu_utilization_percent\ninstance=m30000`)).toBeDefined();
  });
});
