import { expect, it } from 'vitest';
import { addCounts, countTests, failureLines, formatCounts } from './counts.ts';

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

it('names each failed test and each broken file, with the first line of why', () => {
  const failing = { status: 'failed', fullName: 'a group a test', failureMessages: ['expected 1 to be 2\n    at somewhere'] };
  const testResults = [
    { status: 'failed', name: '/root/packages/a.test.ts', assertionResults: [{ status: 'passed', fullName: 'another' }, failing] },
    { status: 'failed', name: '/root/packages/b.test.ts', message: 'no such module\nmore', assertionResults: [] },
    { status: 'passed', name: '/root/packages/c.test.ts', assertionResults: [{ status: 'passed' }] },
  ];
  expect(failureLines({ success: false, testResults }, '/root')).toEqual([
    'failed: packages/a.test.ts > a group a test: expected 1 to be 2',
    'failed: packages/b.test.ts: no such module',
  ]);
  expect(failureLines({ success: false, testResults: [file('passed', 'passed')] }, '/root')).toMatchObject([expect.stringMatching(/^failed: the run itself/)]);
  expect(failureLines({ success: true, testResults: [file('passed', 'passed')] }, '/root')).toEqual([]);
});
