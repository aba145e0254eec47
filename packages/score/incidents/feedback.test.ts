import fc from 'fast-check';
import { expect, it } from 'vitest';
import { feedbackOf, kindsOf, learnedFrom, mostLearned, rankOf } from './feedback.ts';

const step = (rule: string): { rule: string; title: string } => ({ rule, title: `Title of ${rule}` });
const judged = (attack: boolean, ...rules: string[]): { kinds: string[]; attack: boolean } => ({ kinds: kindsOf(rules.map(step)), attack });

it('moves what is like a confirmed incident up and what is like a false alarm down, and nothing else (IN-12)', () => {
  const feedback = feedbackOf([judged(true, 'a'), judged(false, 'b'), judged(false, 'b')]);
  expect(rankOf(20, learnedFrom(feedback, [step('a')]))).toBe(40);
  expect(rankOf(20, learnedFrom(feedback, [step('b')]))).toBe(6.7);
  expect(rankOf(20, learnedFrom(feedback, [step('c')]))).toBe(20);
  expect(learnedFrom(feedback, [step('b'), step('c')])).toMatchObject({ attacks: 0, falseAlarms: 2 });
});

const verdicts = fc.array(fc.record({ rules: fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { minLength: 1, maxLength: 3 }), attack: fc.boolean() }), { maxLength: 200 });

it('is bounded, whatever people say, and follows from what is in force alone (IN-12)', () => {
  fc.assert(fc.property(verdicts, verdicts, (kept, takenBack) => {
    const of = (list: typeof kept): ReturnType<typeof feedbackOf> => feedbackOf(list.map(({ rules, attack }) => judged(attack, ...rules)));
    for (const rule of ['a', 'b', '__proto__']) {
      const { moved } = learnedFrom(of([...kept, ...takenBack]), [step(rule)]);
      expect(Math.abs(moved)).toBeLessThanOrEqual(mostLearned);
      const back = of([...kept, ...takenBack].filter((one) => !takenBack.includes(one)));
      expect(learnedFrom(back, [step(rule)])).toEqual(learnedFrom(of(kept), [step(rule)]));
    }
  }));
});
