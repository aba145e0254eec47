import type { CheckCases } from '../repo.ts';

export default {
  bad: [{ why: '351 lines', at: 'packages/act/a.ts', tree: { 'packages/act/a.ts': '\n'.repeat(351) } }],
  good: [{ 'packages/act/a.ts': '\n'.repeat(350), 'NOTES.md': '\n'.repeat(999) }],
} satisfies CheckCases;
