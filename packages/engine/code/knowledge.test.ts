import { describe, expect, it } from 'vitest';
import type { Formula, PatternRule } from '#analyze/patterns/rule.ts';
import { loadCases, loadCodeContent } from '../content.ts';
import { loadCaseTools, problemOf, runCodeCase } from './case-run.ts';
import { readCodeCases } from './code-cases.ts';
import { codeLoaders } from './code-patterns.ts';
import { codeReader } from './code-readers.ts';
import { unitsOfForms } from './pattern-units.ts';

/** The contract over rules about code and knowledge of libraries: form, names, and every case as a scan would see it. */

const { libraries, rules } = loadCodeContent();
const cases = loadCases();
const tools = await loadCaseTools([...codeLoaders.keys()]);
/** Found by what the program does with its own objects, not by calls of libraries. */
const ofTheLanguage = ['prototype-pollution'];
const classes = new Set(rules.map(({ id }) => id.slice('code/'.length)));

const units = [
  ...rules.map((rule) => ({ unit: rule.id, class: rule.id.slice('code/'.length) })),
  ...libraries.map(({ id, language }) => ({ unit: `libraries/${language}/${id}`, language })),
];

describe('knowledge of code', () => {
  it('names each rule and each library once', () => {
    expect(new Set(units.map(({ unit }) => unit)).size).toBe(units.length);
  });

  it('has a rule for every class that a library names, and somebody who names every flow rule', () => {
    const sinks = new Set([...ofTheLanguage, ...libraries.flatMap((library) => library.sinks.map((sink) => sink.class))]);
    expect([...sinks].filter((name) => !classes.has(name))).toEqual([]);
    expect(rules.flatMap((rule) => ('flow' in rule && !sinks.has(rule.flow.class) ? [rule.id] : []))).toEqual([]);
  });
});

/** The patterns of a rule, as written. */
function textsOf({ body }: PatternRule): string[] {
  const inFormula = (formula: Formula): string[] => {
    if (formula.kind === 'pattern') return [formula.text];
    if (formula.kind === 'any' || formula.kind === 'all') return formula.parts.flatMap(inFormula);
    return formula.kind === 'not' || formula.kind === 'inside' || formula.kind === 'not-inside' ? inFormula(formula.of) : [];
  };
  if (body.mode === 'search') return inFormula(body.formula);
  return body.mode === 'taint' ? [body.taint.sources, body.taint.sinks, body.taint.sanitizers].flat().flatMap(({ formula }) => inFormula(formula)) : [];
}

it('has forms whose patterns are all patterns of their languages', () => {
  const wrong = unitsOfForms(rules).flatMap(({ id, pattern }) => pattern.languages.flatMap((language) => {
    const finder = codeReader(language)?.read('', 0, {}, () => undefined)?.finder;
    if (finder === undefined) return [];
    return textsOf(pattern).flatMap((text) => {
      try {
        finder.find(text);
        return [];
      } catch (error) {
        return [`${id} (${language}): ${error instanceof Error ? error.message : String(error)}`];
      }
    });
  }));
  expect(wrong).toEqual([]);
});

describe.each(units)('$unit', (of) => {
  it('has cases that can be read, that fire and that do not', () => {
    const read = readCodeCases(of, cases.get(of.unit));
    expect(read.filter((item) => !classes.has(item.class)).map((item) => `${item.name} names the class ${item.class}, which has no rule`)).toEqual([]);
    expect(read.some((item) => item.line !== undefined)).toBe(true);
    expect(read.some((item) => item.line === undefined)).toBe(true);
  });

  it('fires where it must and nowhere else', () => {
    const read = readCodeCases(of, cases.get(of.unit));
    expect(read.flatMap((item) => problemOf(item, runCodeCase(item, tools)) ?? [])).toEqual([]);
  });
});
