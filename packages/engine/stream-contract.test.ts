import { describe, expect, it } from 'vitest';
import { streamDetectors } from '#generated/stream-detectors.ts';
import type { CaseObservation, StreamCase, StreamCases } from '#model/stream-cases.ts';
import { severities } from '#model/severity.ts';
import { stages } from '#model/incident.ts';
import { factors } from '#score/factors.ts';
import { runStreamCase } from './stream-cases.ts';

/** One contract over every detector on streams (DESIGN.md, section 2). */

async function casesOf(id: string): Promise<StreamCases> {
  const loaded = (await import(new URL(`../analyze/stream-detectors/${id.split('/')[1]}.cases.ts`, import.meta.url).href)) as { default: StreamCases };
  return loaded.default;
}

const units = await Promise.all(streamDetectors.map(async (unit) => ({ id: unit.id, unit, cases: await casesOf(unit.id) })));

/** The same event with every text in it made hostile. */
function hostile(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((item: unknown) => hostile(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hostile(inner, text)]));
}

const texts: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['control characters', '\u0000\u0001\u001b[31m\u007f\r\n'.repeat(40)],
  ['lone surrogates', '\ud800\udc00\udfff\ud800'.repeat(500)],
  ['quotes', `'"\``.repeat(4_000)],
  ['opening brackets', '([{<'.repeat(4_000)],
  ['openers of templates', '${{{<%#{%{'.repeat(2_000)],
  ['spaces and letters', `${' '.repeat(8_000)}on${' '.repeat(8_000)}=`],
  ['percent signs', '%25'.repeat(6_000)],
  ['climbs', '../'.repeat(6_000)],
  ['comments', '/*'.repeat(4_000) + '--'.repeat(4_000)],
  ['separators', ';|&`$('.repeat(3_000)],
  ['a very long word', 'a'.repeat(200_000)],
  ['line breaks', '\r\n'.repeat(8_000)],
  ['equals signs', 'a=a=a&'.repeat(4_000)],
];

/** What a message may show of a text from outside. */
const longestShown = 80;

describe.each(units)('stream detector $id', ({ id, unit, cases }) => {
  const run = (item: Pick<StreamCase, 'observations'>) => runStreamCase(unit, item);
  const first = cases.fires[0]?.observations[0] as CaseObservation;

  it('has cases that fire and cases that do not', () => {
    expect(cases.fires.length).toBeGreaterThan(0);
    expect(cases.silent.length).toBeGreaterThan(0);
  });

  it('fires where it must and nowhere else', () => {
    const due = [...cases.fires.map((item) => ({ item, signals: item.signals ?? 1 })), ...cases.silent.map((item) => ({ item, signals: 0 }))];
    const wrong = due.filter(({ item, signals }) => run(item).signals.length !== signals);
    expect(wrong.map(({ item, signals }) => `${item.name}: ${signals} due, gave ${JSON.stringify(run(item).signals.map(({ message }) => message))}`)).toEqual([]);
  });

  it('gives the same signals twice, well formed and with known factors', () => {
    for (const item of cases.fires) {
      const { signals, diagnostics } = run(item);
      expect(run(item)).toEqual({ signals, diagnostics });
      expect(diagnostics).toEqual([]);
      for (const signal of signals) {
        expect(signal.rule).toBe(id);
        expect(severities).toContain(signal.severity);
        expect(signal.events.length).toBeGreaterThan(0);
        for (const tactic of signal.tactics) expect(stages, tactic).toContain(tactic);
        for (const technique of signal.techniques) expect(technique).toMatch(/^T\d{4}(?:\.\d{3})?$/);
        for (const { factor } of signal.evidence) expect(factors.has(factor), `factor ${factor}`).toBe(true);
      }
    }
  });

  it('loses nothing by a restart between any two events, and leaves its initial state as it was', () => {
    const initial = structuredClone(unit.initial);
    for (const item of cases.fires) expect(runStreamCase(unit, item, { restarts: true }).signals).toEqual(run(item).signals);
    expect(unit.initial).toEqual(initial);
  });

  it('shows no text from outside as it came', () => {
    const seeds = cases.fires.flatMap(({ observations }) => observations.slice(0, 1)).map((seed): CaseObservation => ({ ...seed, event: withTail(seed.event) as CaseObservation['event'] }));
    for (const seed of seeds) {
      for (const { message, title, evidence } of run({ observations: [seed] }).signals) {
        const shown = JSON.stringify([message, title, evidence.map(({ detail }) => detail)]);
        expect(/\\u0000|\u001b|\u202e/.test(shown), shown).toBe(false);
        expect(shown.includes('z'.repeat(longestShown)), shown).toBe(false);
      }
    }
  });

  it('survives hostile text inside its time budget', () => {
    for (const [name, text] of texts) {
      const seeds = [...cases.fires, ...cases.silent].flatMap(({ observations }) => observations.slice(0, 1));
      const distinct = [...new Map(seeds.map((seed) => [JSON.stringify(Object.keys(seed.event)), seed])).values()];
      for (const seed of distinct.length > 0 ? distinct : [first]) {
        const bad: CaseObservation = { ...seed, event: hostile(seed.event, text) as CaseObservation['event'], record: hostile(seed.record, text) };
        const started = process.threadCpuUsage();
        run({ observations: [bad] });
        expect(process.threadCpuUsage(started).user / 1000, name).toBeLessThan(2_000);
      }
    }
  });
});

/** Texts of the event keep their beginning and get a long tail that must not be shown. */
function withTail(value: unknown): unknown {
  if (typeof value === 'string') return `${value}\u0000\u001b[31m\u202e${'z'.repeat(2_000)}`;
  if (Array.isArray(value)) return value.map(withTail);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTail(inner)]));
}
