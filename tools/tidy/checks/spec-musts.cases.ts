import type { CheckCases } from '../repo.ts';

const spec = (text: string) => ({ at: 'specs/a.md', tree: { 'specs/a.md': text, 'tools/tidy.ts': '' } });

export default {
  bad: [
    { why: 'nothing holds it', ...spec('| AB-1 | It MUST work. | contract test |\n') },
    { why: 'the check is gone', ...spec('| AB-1 | It MUST work. | `packages/act/gone.test.ts` |\n') },
    { why: 'one of two checks is gone', ...spec('| AB-1 | It MUST work. | `tools/tidy`, `tools/gone` |\n') },
    { why: 'a MUST without an id', ...spec('The tool MUST work.\n') },
    { why: 'an id given out twice', ...spec('| AB-1 | It MUST. | `tools/tidy` |\n| AB-1 | It MUST. | `tools/tidy` |\n') },
  ],
  good: [
    {
      'specs/a.md': '`MUST`s carry ids.\n\n| id | MUST | held by |\n|---|---|---|\n| AB-1 | It MUST work. | `tools/tidy`, `packages/act` |\n',
      'tools/tidy.ts': '',
      'packages/act/a.ts': '',
    },
  ],
} satisfies CheckCases;
