import type { CheckCases } from '../repo.ts';

export default {
  bad: [{ why: 'a large file', at: 'bench/a.csv', tree: { 'bench/a.csv': 'x'.repeat(200_001) } }],
  good: [{ 'bench/a.csv': 'x'.repeat(200_000) }],
} satisfies CheckCases;
