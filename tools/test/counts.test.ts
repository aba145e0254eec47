import { expect, it } from 'vitest';
import { addCounts, countTests, formatCounts } from './counts.ts';

const file = (status: string, ...states: string[]) => ({ status, assertionResults: states.map((state) => ({ status: state })) });

it('counts tests over files', () => {
  const report = { success: false, testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'failed', 'todo')] };
  expect(countTests(report)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

it('counts a file that could not be loaded as a failure', () => {
  expect(countTests({ success: false, testResults: [file('passed', 'passed'), file('failed')] })).toMatchObject({ passed: 1, failed: 1 });
});

it('counts a run that failed outside its tests as a failure', () => {
  expect(countTests({ success: false, testResults: [file('passed', 'passed')] })).toMatchObject({ passed: 1, failed: 1 });
});

it('ends in one plain line', () => {
  const counts = addCounts([{ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 0, skipped: 0 }]);
  expect(formatCounts(counts)).toBe('11 passed, 2 failed, 3 skipped');
});
