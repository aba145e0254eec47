import type { CheckCases } from '../repo.ts';

const page = (text: string) => ({ at: 'docs/a.md', tree: { 'docs/a.md': text, 'docs/b.md': '# One thing\n', 'LICENSE': '' } });

export default {
  bad: [
    { why: 'a file that is gone', ...page('See [there](gone.md).\n') },
    { why: 'a path from the wrong folder', ...page('See [there](LICENSE).\n') },
    { why: 'a heading that is gone', ...page('See [there](b.md#another-thing).\n') },
    { why: 'a heading of its own that is gone', ...page('See [there](#nothing).\n') },
    { why: 'a reference that is gone', ...page('See [there][x].\n\n[x]: gone.md\n') },
  ],
  good: [
    page('[b](b.md) [c](b.md#one-thing) [d](../LICENSE) [e](https://example.com/x) `[f](gone.md)`\n\n```\n[g](gone.md)\n```\n').tree,
  ],
} satisfies CheckCases;
