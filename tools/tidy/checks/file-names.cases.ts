import type { CheckCases } from '../repo.ts';

export default {
  bad: [
    { why: 'a drawer for anything', at: 'packages/act/utils.ts', tree: { 'packages/act/utils.ts': '' } },
    { why: 'a folder for anything', at: 'packages/common/a.ts', tree: { 'packages/common/a.ts': '' } },
    { why: 'a vague part of a name', at: 'packages/act/file-manager.ts', tree: { 'packages/act/file-manager.ts': '' } },
    { why: 'a vague name of a test', at: 'packages/act/file-helpers.test.ts', tree: { 'packages/act/file-helpers.test.ts': '' } },
    { why: 'camel case', at: 'packages/act/fileName.ts', tree: { 'packages/act/fileName.ts': '' } },
    { why: 'snake case', at: 'content/rules/secrets/a_b.yaml', tree: { 'content/rules/secrets/a_b.yaml': '' } },
  ],
  good: [
    {
      'README.md': '',
      LICENSE: '',
      '.ci/run': '',
      'specs/decisions/0001-own-automaton.md': '',
      'packages/act/file-name.deep.test.ts': '',
      '.github/workflows/test.yml': '',
      'packages/analyze/proofs/service-key.ts': '',
    },
  ],
} satisfies CheckCases;
