import type { CheckCases } from '../repo.ts';

const manifest = JSON.stringify({ dependencies: { '@scope/known': '1.0.0' }, devDependencies: { vitest: '5.1.1' } });

export default {
  bad: [
    { why: 'a file system in a pure package', at: 'packages/score/a.ts', tree: { 'packages/score/a.ts': `import 'node:fs';` } },
    {
      why: 'a type of Node in a pure package',
      at: 'packages/model/a.ts',
      tree: { 'packages/model/a.ts': `import type { Readable } from 'node:stream';` },
    },
    {
      why: 'a development dependency in what ships',
      at: 'apps/cli/a.ts',
      tree: { 'package.json': manifest, 'apps/cli/a.ts': `import { it } from 'vitest';` },
    },
    {
      why: 'a built-in module without its scheme',
      at: 'packages/engine/a.ts',
      tree: { 'package.json': manifest, 'packages/engine/a.ts': `import { join } from 'path';` },
    },
  ],
  good: [
    {
      'package.json': manifest,
      'packages/engine/a.ts': `import { join } from 'node:path';\nimport { x } from '@scope/known/sub';`,
      'packages/act/reporters/a.cases.ts': `import { expect } from 'vitest';`,
      'packages/act/a.arbitrary.ts': `import fc from 'fast-check';`,
      'packages/score/a.test.ts': `import { it } from 'vitest';\nimport 'node:fs';`,
    },
  ],
} satisfies CheckCases;
