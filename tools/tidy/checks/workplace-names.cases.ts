import type { CheckCases } from '../repo.ts';

const page = (text: string) => ({ at: 'README.md', tree: { 'README.md': text } });

export default {
  bad: [
    { why: 'a path of the machine', ...page(['Look in ', 'work', 'main', 'specs'].join('/')) },
    { why: 'a page outside the repository', ...page(['See ..', 'shared', 'DESIGN.md'].join('/')) },
    { why: "the workplace's own tool", ...page(['Run issues', 'show 2'].join(' ')) },
  ],
  good: [{ 'README.md': 'Known issues are listed below. Look in /root/.ssh and https://example.com/work/mainly.' }],
} satisfies CheckCases;
