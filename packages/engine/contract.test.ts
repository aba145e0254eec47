import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectors, proofs } from '#generated/analysis.ts';
import { personas } from '#model/severity.ts';
import { factors } from '#score/factors.ts';
import { expandCase } from './case-text.ts';
import { loadCases, loadContent } from './content.ts';
import { caseContext, readTextCases, runUnit, type TextCase } from './unit-cases.ts';

/** One contract over every unit that reads text: rules and detectors alike (DESIGN.md, section 2). */

const proofsById = new Map(proofs.map((proof) => [proof.id, proof]));
const ruleCases = loadCases();

interface TextUnit {
  readonly id: string;
  readonly unit: Parameters<typeof runUnit>[0];
  readonly cases: readonly TextCase[];
  readonly problem?: string;
}

function casesOf(id: string, data: unknown): Pick<TextUnit, 'cases' | 'problem'> {
  try {
    return { cases: readTextCases(id, data, proofsById) };
  } catch (error) {
    return { cases: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

async function detectorCases(id: string): Promise<unknown> {
  const file = new URL(`../analyze/detectors/${id.split('/')[1]}.cases.ts`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const loaded: unknown = await import(file.href);
  return typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
}

const units: TextUnit[] = [
  ...loadContent().rules.map((rule) => ({ id: rule.id, unit: { rule }, ...casesOf(rule.id, ruleCases.get(rule.id)) })),
  ...(await Promise.all(detectors.map(async (detector) => ({ id: detector.id, unit: { detector }, ...casesOf(detector.id, await detectorCases(detector.id)) })))),
];

const hostile: readonly [string, string][] = [
  ['nothing', ''],
  ['control characters', '\u0001\u0002\u001b[31m\u0007\r\r\n\u007f'.repeat(50)],
  ['broken UTF-8', Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0xf0, 0x28, 0x8c, 0x28]).toString('latin1').repeat(40)],
  ['one long line', `${'a'.repeat(60_000)}=${'"'.repeat(2_000)}${'='.repeat(2_000)}`],
];

describe('the registry', () => {
  it('holds units, each id once', () => {
    expect(units.length).toBeGreaterThan(0);
    expect(new Set(units.map((unit) => unit.id)).size).toBe(units.length);
  });
});

describe.each(units)('$id', ({ unit, cases, problem, id }) => {
  const { persona } = 'rule' in unit ? unit.rule : unit.detector;
  /** What is shown to fewer people than the unit is made for (made-up values, fixtures) is no firing. */
  const run = (item: { path: string; text: string }) => {
    const { matches, diagnostics } = runUnit(unit, proofs, item.path, item.text);
    return { matches: matches.filter((found) => personas.indexOf(found.persona) <= personas.indexOf(persona)), diagnostics };
  };

  it('has cases that fire and cases that do not', () => {
    expect(problem).toBeUndefined();
    expect(cases.some((item) => item.fires)).toBe(true);
    expect(cases.some((item) => !item.fires)).toBe(true);
  });

  it('fires where it must and nowhere else', () => {
    const wrong = cases.filter((item) => run(item).matches.length !== (item.fires ? item.count : 0));
    expect(wrong.map((item) => `${item.name} gave ${run(item).matches.length}: ${item.text.slice(0, 300)}`)).toEqual([]);
  });

  it('gives the same matches twice, with a region, known factors and no raw secret', () => {
    for (const item of cases.filter((one) => one.fires)) {
      const { matches, diagnostics } = run(item);
      expect(run(item).matches).toEqual(matches);
      expect(diagnostics).toEqual([]);
      const lines = item.text.split('\n');
      for (const { match, unit: name } of matches) {
        expect(name).toBe(id);
        const { startLine, startColumn, endLine, endColumn } = match.region;
        expect(startLine >= 1 && endLine >= startLine && endLine <= lines.length && startColumn >= 1 && endColumn >= 1).toBe(true);
        for (const { factor } of match.evidence) expect(factors.has(factor), `factor ${factor}`).toBe(true);
        const secret = startLine === endLine ? (lines[startLine - 1] as string).slice(startColumn - 1, endColumn - 1) : (lines[startLine] as string);
        expect(secret.length).toBeGreaterThan(0);
        expect(JSON.stringify({ message: match.message, evidence: match.evidence, context: match.context }).includes(secret)).toBe(false);
      }
    }
  });

  it('survives hostile text inside its time budget', () => {
    const seeds = cases.filter((item) => item.fires).map((item): [string, string] => ['its own case, repeated', item.text.slice(0, 400).repeat(100)]);
    for (const [name, text] of [...hostile, ...seeds]) {
      const started = process.threadCpuUsage();
      const { diagnostics } = run({ path: 'a/b.txt', text });
      expect(diagnostics, name).toEqual([]);
      expect(process.threadCpuUsage(started).user / 1000, name).toBeLessThan(2_000);
    }
  });
});

describe.each(proofs.map((proof) => ({ id: proof.id, proof })))('proof $id', ({ id, proof }) => {
  it('judges its cases and its own example', async () => {
    const loaded = (await import(new URL(`../analyze/proofs/${id}.cases.ts`, import.meta.url).href)) as {
      default: { valid: readonly string[]; invalid: readonly string[]; unknown?: readonly string[] };
    };
    const { valid, invalid, unknown = [] } = loaded.default;
    expect(valid.length).toBeGreaterThan(0);
    expect(invalid.length).toBeGreaterThan(0);
    const verdict = (text: string, at: number): string => proof.check(expandCase(text, `${id}:${at}`, proofsById), caseContext()).verdict;
    expect(valid.map(verdict)).toEqual(valid.map(() => 'valid'));
    expect(invalid.map(verdict)).toEqual(invalid.map(() => 'invalid'));
    expect(unknown.map(verdict)).toEqual(unknown.map(() => 'unknown'));
    for (const [, text] of hostile) expect(['valid', 'invalid', 'unknown']).toContain(proof.check(text, caseContext()).verdict);
  });
});
