import { describe, expect, it } from 'vitest';
import { loadCases, loadCodeContent } from '../content.ts';
import { loadCaseTools, problemOf, runCodeCase } from './case-run.ts';
import { readCodeCases } from './code-cases.ts';
import { codeLoaders } from './code-patterns.ts';

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
