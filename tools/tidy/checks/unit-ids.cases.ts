import type { CheckCases } from '../repo.ts';

const rule = 'content/rules/secrets/acme-token.yaml';

export default {
  bad: [
    { why: 'an unknown surface', at: 'content/rules/misc/a.yaml', tree: { 'content/rules/misc/a.yaml': 'title: A\n' } },
    { why: 'a name with capitals', at: 'content/rules/secrets/Acme.yaml', tree: { 'content/rules/secrets/Acme.yaml': 'title: A\n' } },
    { why: 'an id of its own', at: rule, tree: { [rule]: 'title: A\nid: other\n' } },
    {
      why: 'a detector whose id is another',
      at: 'packages/analyze/detectors/a.ts',
      tree: { 'packages/analyze/detectors/a.ts': `export default defineDetector({ id: 'secrets/b', title: 'B' });` },
    },
    {
      why: 'a command without a record',
      at: 'apps/cli/commands/a.ts',
      tree: { 'apps/cli/commands/a.ts': `export default {};` },
    },
  ],
  good: [
    {
      [rule]: 'title: A\n',
      'content/rules/event/log-in.yaml': 'title: A\nid: 6f0f4a2e-0000-4000-8000-000000000000\n',
      'packages/analyze/detectors/a.ts': `export default defineDetector({ id: 'secrets/a', title: 'A' });`,
      'packages/analyze/proofs/p.ts': `export default defineProof({\n  id: 'p',\n});`,
      'apps/cli/commands/c.ts': `export default defineCommand({ name: 'c' });`,
    },
  ],
} satisfies CheckCases;
