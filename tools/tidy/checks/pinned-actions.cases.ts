import type { CheckCases } from '../repo.ts';

const workflow = (uses: string) => ({ '.github/workflows/a.yml': `steps:\n  - uses: ${uses}\n` });
const at = '.github/workflows/a.yml';

export default {
  bad: [
    { why: 'a tag', at, tree: workflow('actions/checkout@v5') },
    { why: 'a branch', at, tree: workflow('"some/action/sub@main"') },
    { why: 'a short hash', at, tree: workflow('actions/checkout@0123456') },
    { why: 'an image by tag', at, tree: workflow('docker://alpine:3') },
    { why: 'in a composite action', at: 'action.yaml', tree: { 'action.yaml': '  uses: actions/cache@v4\n' } },
  ],
  good: [workflow(`actions/checkout@${'0a'.repeat(20)} # v5.0.0`), workflow('./.github/actions/own'), { 'a.yml': 'using: composite' }],
} satisfies CheckCases;
