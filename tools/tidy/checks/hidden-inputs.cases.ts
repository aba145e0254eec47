import type { CheckCases } from '../repo.ts';

const score = (text: string) => ({ at: 'packages/score/a.ts', tree: { 'packages/score/a.ts': text } });

export default {
  bad: [
    { why: 'chance', ...score('export const x = Math.random();') },
    { why: 'the clock', ...score('export const x = Date.now();') },
    { why: 'the clock by another name', ...score('export const x = new Date();') },
    { why: 'the clock handed on', ...score('export const clock = Date.now;') },
  ],
  good: [
    {
      'packages/score/a.ts': `export const day = (at: number): Date => new Date(at); // never Date.now()`,
      'packages/score/a.test.ts': 'Math.random();',
      'packages/engine/clock.ts': 'export const now = Date.now();',
      'bench/a.ts': 'performance.now();',
    },
  ],
} satisfies CheckCases;
