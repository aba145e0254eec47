import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SigmaCorrelation } from '#formats/sigma-correlation.ts';
import { correlationOperators, correlationTypes } from '#formats/sigma-correlation.ts';
import type { Observation, StreamDetector, UnscoredSignal } from '#model/stream.ts';
import type { CompiledCorrelation } from './correlation.ts';
import { mostOccurrences } from './correlation.ts';
import type { Occurrence } from './correlation.ts';
import { countOf, groupKey, mostCharacters, mostGroups, mostInAll, readState, valueKey, writeState } from './correlation-state.ts';
import type { CorrelationState } from './correlation-state.ts';
import { correlatedDetector } from './correlator.ts';
import type { SigmaState } from './detector.ts';

interface Sample {
  readonly time: number;
  readonly rule: string;
  readonly user: string;
  readonly n: number | string;
}

/** Stands for the detector of single events: the record says which rule it is for. */
const single: StreamDetector<SigmaState> = {
  initial: null,
  step(state, { record, time }) {
    const { rule } = record as Sample;
    const signal = { rule, title: rule, severity: 'low', confidence: 'low', message: '', time, techniques: [], tactics: [], evidence: [], events: [], references: [], falsePositives: [] } as const;
    return { state, signals: [signal satisfies UnscoredSignal], diagnostics: [] };
  },
};

function observe(record: Sample): Observation {
  return { record, time: record.time, logsource: {}, event: {} as Observation['event'] };
}

function correlation(id: string, change: Partial<SigmaCorrelation>): CompiledCorrelation {
  const section: SigmaCorrelation = {
    type: 'event_count', rules: ['a'], groupBy: ['user'], timespan: 60_000, aliases: new Map(), bounds: [{ operator: 'gte', value: 3 }], fields: ['n'], percentile: undefined, generate: false, ...change,
  };
  return { id, title: id, level: 'high', tags: [], references: [], falsePositives: [], correlation: section, rules: section.rules };
}

const sample: fc.Arbitrary<Sample> = fc.record({
  time: fc.integer({ min: 0, max: 300 }).map((second) => second * 1000), rule: fc.constantFrom('a', 'b', 'c'), user: fc.constantFrom('mira', 'jonas'),
  n: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('x', 'y'.repeat(300))),
});
const anyCorrelation = fc.record({
  type: fc.constantFrom(...correlationTypes), rules: fc.subarray(['a', 'b', 'c'], { minLength: 1 }), timespan: fc.constantFrom(10_000, 60_000),
  bounds: fc.array(fc.record({ operator: fc.constantFrom(...correlationOperators), value: fc.integer({ min: 0, max: 4 }) }), { minLength: 1, maxLength: 2 }),
  percentile: fc.constantFrom(undefined, 50, 90), groupBy: fc.constantFrom(['user'], []),
});

describe('the state of correlations', () => {
  it('goes through JSON at any moment without a change in what follows', () => {
    let signals = 0;
    fc.assert(fc.property(fc.array(anyCorrelation, { minLength: 1, maxLength: 4 }), fc.array(sample, { maxLength: 60 }), fc.nat(60), (sections, samples, cut) => {
      const correlations = sections.map((section, index) => correlation(`correlation-${index}`, section));
      const run = (interrupt: boolean): string[] => {
        let detector = correlatedDetector(single, correlations);
        let state: CorrelationState = new Map();
        let now = 0;
        return samples.flatMap((one, index) => {
          if (interrupt && index === cut) {
            detector = correlatedDetector(single, correlations);
            const read = readState(JSON.parse(JSON.stringify(writeState(state))));
            expect(read).toEqual(state);
            state = read ?? new Map();
          }
          now = Math.max(now, one.time);
          const step = detector.step(state, observe(one), now);
          state = step.state;
          return step.signals.map(({ message }) => `${index} ${message}`);
        });
      };
      const whole = run(false);
      expect(run(true)).toEqual(whole);
      signals += whole.length;
    }), { numRuns: 300 });
    expect(signals).toBeGreaterThan(300);
  });

  it('is refused when it is not what was written', () => {
    const good = [['c', [['k', [[1, 0, 'v']]]]]];
    expect(readState(good)).toEqual(new Map([['c', new Map([['k', [{ time: 1, rule: 0, value: 'v' }]]])]]));
    for (const bad of [null, {}, 'x', [1], [['c']], [['c', 1]], [['c', [['k', 1]]]], [['c', [['k', [1]]]]], [['c', [['k', [[1, 0]]]]]], [['c', [['k', [['1', 0, null]]]]]], [['c', [['k', [[1, 0, 5]]]]]]]) expect(readState(bad)).toBeUndefined();
    fc.assert(fc.property(fc.jsonValue(), (value) => void readState(value)));
  });

  it('keeps its limits, and says so', () => {
    const many = correlation('many', { bounds: [{ operator: 'gte', value: 1_000_000 }], timespan: 86_400_000 });
    const detector = correlatedDetector(single, [many, { ...many, id: 'others', correlation: { ...many.correlation, groupBy: ['user', 'n'] } }]);
    const occurrences = (count: number): Occurrence[] => Array.from({ length: count }, (_, time) => ({ time, rule: 0, value: valueKey('\u0000'.repeat(500)) }));
    const full = Array.from({ length: mostGroups - 10 }, (_, index): [string, Occurrence[]] => [groupKey([`${index}${'\u0000'.repeat(60)}`]), occurrences(index === 9_000 ? 44 : 4)]);
    let state: CorrelationState = new Map([['many', new Map([['["mira"]', occurrences(mostOccurrences)]])], ['others', new Map(full)]]);
    expect(countOf(state)).toBe(mostInAll);
    const told = new Set<string>();
    for (let index = 0; index < 50; index++) {
      const step = detector.step(state, observe({ time: mostOccurrences + index, rule: 'a', user: index < 5 ? 'mira' : 'x'.repeat(500), n: index }), mostOccurrences + index);
      state = step.state;
      for (const { message } of step.diagnostics) told.add(message.replace(/^correlation \w+: /, ''));
    }
    expect(countOf(state)).toBeGreaterThan(mostInAll - 200);
    expect(countOf(state)).toBeLessThanOrEqual(mostInAll);
    expect(Math.max(...[...state.values()].map((groups) => groups.size))).toBeLessThanOrEqual(mostGroups);
    expect(JSON.stringify(writeState(state)).length).toBeLessThan(mostCharacters);
    expect([...told].sort()).toEqual([
      `all correlations together hold more than ${mostInAll} events; the oldest was left out`,
      `it has more than ${mostGroups} groups; the oldest was left out`,
      `one group holds more than ${mostOccurrences} events; the oldest was left out`,
    ]);
  });

  it('forgets groups that came to nothing', () => {
    const detector = correlatedDetector(single, [correlation('c', {})]);
    let state = detector.initial;
    for (let index = 0; index < 500; index++) state = detector.step(state, observe({ time: index * 1000, rule: 'a', user: `u${index}`, n: 0 }), index * 1000).state;
    expect(state.get('c')?.size).toBeLessThanOrEqual(61);
  });

  it('tells long values apart', () => {
    expect(valueKey('7')).toBe('7');
    expect(valueKey(`${'x'.repeat(500)}1`)).not.toBe(valueKey(`${'x'.repeat(500)}2`));
    expect(groupKey(['x'.repeat(9_000)]).length).toBeLessThanOrEqual(200);
    expect(groupKey(['a', 'b'])).toBe('["a","b"]');
  });
});
