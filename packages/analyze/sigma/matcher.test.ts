import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SigmaItem, SigmaModifier, SigmaRule, SigmaSelection, SigmaValue } from '#formats/sigma.ts';
import { compileSigma } from './compile.ts';
import type { CompiledRule } from './compile.ts';
import { answersTo } from './logsource.ts';
import { SigmaMatcher } from './matcher.ts';
import type { Expression } from './node.ts';
import { FieldTable } from './record-view.ts';

const fieldName = fc.constantFrom('a', 'b', 'a.b', 'a.b.c', 'b.0', 'c');
// A small alphabet, so that rules do match; with letters whose case is odd.
const short = fc.string({ unit: fc.constantFrom('x', 'y', 'X', 'Y', 'Σ', 'ς', 'İ', 'ß', '-', '/', '1'), maxLength: 8 });
// Long ones are looked for by some of their pieces only, and at some places only.
const word = fc.constantFrom('xyxxyxyyx', 'yyyxxxyxyxyy', 'XYXXYΣYYX-1', 'xyxx');
const text = fc.oneof({ weight: 4, arbitrary: short }, { weight: 1, arbitrary: fc.tuple(short, word, short).map((parts) => parts.join('')) });
const pattern = fc.oneof({ weight: 4, arbitrary: short }, { weight: 1, arbitrary: word }, { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom('x', 'y', 'Σ', '*', '?', '\\', '-', '1'), maxLength: 8 }) });
const value: fc.Arbitrary<SigmaValue> = fc.oneof({ weight: 6, arbitrary: pattern }, fc.integer({ min: 0, max: 12 }), fc.boolean(), fc.constant(null));
const modifiers = fc.constantFrom<SigmaModifier[]>(
  [], ['contains'], ['startswith'], ['endswith'], ['contains', 'all'], ['contains', 'cased'], ['cased'], ['neq'], ['exists'], ['gt'], ['fieldref'],
  ['base64offset', 'contains'], ['windash', 'contains'], ['re'], ['re', 'i'],
);
const item: fc.Arbitrary<SigmaItem> = fc.record({
  field: fc.option(fieldName, { nil: undefined, freq: 8 }), modifiers, values: fc.array(value, { minLength: 1, maxLength: 3 }),
});
const selection: fc.Arbitrary<SigmaSelection> = fc.letrec<{ any: SigmaSelection; group: SigmaSelection; leaf: SigmaSelection }>((tie) => ({
  any: fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('group')),
  group: fc.record({ kind: fc.constantFrom('all', 'any'), of: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
  leaf: fc.record({ kind: fc.constant('item' as const), item }),
})).any;
const condition = fc.constantFrom('p', 'not p', 'p and q', 'p or q', 'p and not q', '1 of them', 'all of them', 'not (p and q)', '(p or q) and not (p and q)');
const rule: fc.Arbitrary<SigmaRule> = fc.record({ p: selection, q: selection, condition }).map(({ p, q, condition: written }) => ({
  title: 'T', description: '', references: [], tags: [], falsePositives: [], level: 'low', logsource: {}, line: 1,
  selections: new Map([['p', p], ['q', q]]), conditions: [written],
}));
const leaf = fc.oneof({ weight: 5, arbitrary: text }, fc.integer({ min: 0, max: 12 }), fc.boolean(), fc.constant(null));
const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c'), fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof({ maxDepth: 2, withCrossShrink: true }, leaf, fc.array(tie('node'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', 'c', 'b.c'), tie('node'), { maxKeys: 3 })),
})).node, { maxKeys: 4 });

function compileAll(rules: readonly SigmaRule[]): CompiledRule[] {
  const context = { fields: new FieldTable(), placeholders: new Map<string, string[]>() };
  return rules.flatMap((one, index) => {
    const result = compileSigma(`event/${index}`, one, context);
    return 'compiled' in result ? [result.compiled] : [];
  });
}

describe('the index', () => {
  it('finds exactly what trying every rule finds', () => {
    let hits = 0;
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 12 }), fc.array(record, { minLength: 1, maxLength: 6 }), (rules, records) => {
        const compiled = compileAll(rules);
        const matcher = new SigmaMatcher(compiled);
        for (const one of records) {
          const found = matcher.match(one).rules.map(({ id }) => id);
          expect(found).toEqual(new SigmaMatcher(compiled).matchAll(one).rules.map(({ id }) => id));
          hits += found.length;
        }
      }),
      { numRuns: 400 },
    );
    expect(hits).toBeGreaterThan(100);
  });

  it('asks keywords of a field of which nothing else is asked but that it is there', () => {
    const selections = new Map<string, SigmaSelection>([
      ['p', { kind: 'item', item: { field: 'c', modifiers: ['fieldref'], values: ['x'] } }], ['q', { kind: 'item', item: { field: undefined, modifiers: [], values: ['y'] } }],
    ]);
    const compiled = compileAll([{ title: 'T', description: '', references: [], tags: [], falsePositives: [], level: 'low', logsource: {}, line: 1, selections, conditions: ['p or q'] }]);
    expect(new SigmaMatcher(compiled).match({ c: 'xyx' }).rules).toHaveLength(1);
    expect(new SigmaMatcher(compiled).match({ c: 'xzx' }).rules).toHaveLength(0);
  });

  it('tries few of many rules', () => {
    const make = (index: number): SigmaRule => ({
      title: 'T', description: '', references: [], tags: [], falsePositives: [], level: 'low', logsource: {}, line: 1, conditions: ['p'],
      selections: new Map([['p', { kind: 'item', item: { field: 'name', modifiers: index % 2 === 0 ? [] : ['contains'], values: [`value-${index}`] } }]]),
    });
    let tried = 0;
    const counted = (id: string): Expression => ({ kind: 'atom', atom: { kind: 'test', key: id, test: () => ++tried > 0 } });
    const compiled = compileAll(Array.from({ length: 2_000 }, (_, index) => make(index)))
      .map((one): CompiledRule => ({ ...one, expression: { kind: 'and', of: [counted(one.id), one.expression] } }));
    const matcher = new SigmaMatcher(compiled);
    expect(matcher.match({ name: 'value-1234' }).rules.map(({ id }) => id)).toContain('event/1234');
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThan(10);
  });

  it('names a rule that fails and goes on with the others', () => {
    const [good, bad] = compileAll([0, 1].map(() => ({
      title: 'T', description: '', references: [], tags: [], falsePositives: [], level: 'low', logsource: {}, line: 1, conditions: ['p'],
      selections: new Map([['p', { kind: 'item', item: { field: 'a', modifiers: [], values: ['x'] } }]]),
    })));
    if (good === undefined || bad === undefined) throw new Error('no rules');
    const test = (): never => { throw new RangeError('stack'); };
    const failing: CompiledRule = { ...bad, test, expression: { kind: 'atom', atom: { kind: 'test', key: 'failing', test } } };
    expect(new SigmaMatcher([failing, good]).match({ a: 'x' })).toMatchObject({ rules: [{ id: 'event/0' }], failed: [{ id: 'event/1' }] });
  });
});

describe('routing', () => {
  it('takes what a side leaves open as fitting', () => {
    expect(answersTo({ product: 'aws' }, { product: 'aws', service: 'cloudtrail' })).toBe(true);
    expect(answersTo({ product: 'aws', service: 'cloudtrail' }, { product: 'aws', service: 'guardduty' })).toBe(false);
    expect(answersTo({ product: 'windows', category: 'process_creation' }, {})).toBe(true);
    expect(answersTo({ category: 'webserver' }, { product: 'aws' })).toBe(true);
  });
});
