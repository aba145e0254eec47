import type { CheckCases } from '../repo.ts';

export default {
  bad: [
    {
      why: 'a rule without cases',
      at: 'content/rules/secrets/acme-token.yaml',
      tree: { 'content/rules/secrets/acme-token.yaml': '' },
    },
    {
      why: 'cases without a rule',
      at: 'content/rules/event/log-in.cases.yaml',
      tree: { 'content/rules/event/log-in.cases.yaml': '' },
    },
    { why: 'a detector without cases', at: 'packages/analyze/detectors/a.ts', tree: { 'packages/analyze/detectors/a.ts': '' } },
    { why: 'cases without a command', at: 'apps/cli/commands/a.cases.ts', tree: { 'apps/cli/commands/a.cases.ts': '' } },
    { why: 'a stray file among units', at: 'content/rules/secrets/notes.md', tree: { 'content/rules/secrets/notes.md': '' } },
  ],
  good: [
    {
      'content/rules/secrets/acme-token.yaml': '',
      'content/rules/secrets/acme-token.cases.yaml': '',
      'packages/act/reporters/plain.ts': '',
      'packages/act/reporters/plain.cases.ts': '',
      'packages/act/reporters/plain.test.ts': '',
      'packages/analyze/automaton.ts': '',
    },
  ],
} satisfies CheckCases;
