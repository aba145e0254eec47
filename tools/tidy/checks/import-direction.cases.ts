import type { CheckCases } from '../repo.ts';

export default {
  bad: [
    { why: 'model imports a stage', at: 'packages/model/a.ts', tree: { 'packages/model/a.ts': `import { x } from '#formats/x.ts';` } },
    { why: 'a stage imports a stage', at: 'packages/score/a.ts', tree: { 'packages/score/a.ts': `import { x } from '#analyze/x.ts';` } },
    {
      why: 'a type counts too',
      at: 'packages/decide/a.ts',
      tree: { 'packages/decide/a.ts': `import type { X } from '#score/x.ts';` },
    },
    {
      why: 'an inline type import counts too',
      at: 'packages/decide/a.ts',
      tree: { 'packages/decide/a.ts': `export const x: import('#score/x.ts').X = 1;` },
    },
    { why: 'a re-export counts too', at: 'packages/act/a.ts', tree: { 'packages/act/a.ts': `export * from '#engine/x.ts';` } },
    { why: 'a late import counts too', at: 'packages/act/a.ts', tree: { 'packages/act/a.ts': `await import('#engine/x.ts');` } },
    { why: 'an app reaches past the engine', at: 'apps/cli/a.ts', tree: { 'apps/cli/a.ts': `import { x } from '#act/x.ts';` } },
    {
      why: 'a relative import leaves its package',
      at: 'packages/engine/a.ts',
      tree: { 'packages/engine/a.ts': `import { x } from '../model/x.ts';` },
    },
    { why: 'the engine imports an app', at: 'packages/engine/a.ts', tree: { 'packages/engine/a.ts': `import '#apps/cli/x.ts';` } },
  ],
  good: [
    {
      'packages/formats/a.ts': `import type { X } from '#model/x.ts';`,
      'packages/score/a.ts': `import { b } from './b.ts';\nimport { l } from '#learn/l.ts';`,
      'packages/engine/a.ts': `import { x } from '#analyze/x.ts';\nimport { y } from '#generated/registry.ts';`,
      'apps/cli/deep/a.ts': `import { x } from '#engine/x.ts';\nimport { y } from '../y.ts';`,
      'tools/a.ts': `import { x } from '../packages/act/x.ts';`,
      'packages/analyze/a.test.ts': `import { it } from 'vitest';\nimport { proofs } from '#generated/analysis.ts';`,
    },
  ],
} satisfies CheckCases;
