import type { CheckCases } from '../repo.ts';

const script = (text: string, path = 'packages/act/a.ts') => ({ at: path, tree: { [path]: text } });

export default {
  bad: [
    { why: 'work left for later', ...script('// TODO: write this\n') },
    { why: 'a silenced type error', ...script('/* @ts-ignore */\nx();') },
    { why: 'a silenced lint rule', ...script('// oxlint-disable-next-line\nx();') },
    { why: 'a parameter typed away', ...script('export function f(x: any): void {}') },
    { why: 'a cast that types away', ...script('export const x = y as any;') },
    { why: 'only one test', ...script(`it.only('x', () => {});`, 'packages/act/a.test.ts') },
    { why: 'a skipped chapter', ...script(`describe.skip('x', () => {});`, 'packages/act/a.test.ts') },
    { why: 'a table of skipped tests', ...script(`it.skip.each([1])('x', () => {});`, 'packages/act/a.test.ts') },
    { why: 'a test that may skip itself', ...script(`it.skipIf(here)('x', () => {});`, 'packages/act/a.test.ts') },
    { why: 'a note in YAML', ...script('a: 1 # FIXME\n', 'content/rules/secrets/a.yaml') },
    { why: 'a file that does not parse', ...script('export const = ;') },
  ],
  good: [
    {
      'packages/act/a.ts': `// Says any word it likes.\nexport const words = ['TODO', '@ts-ignore', 'it.only(', ': any'];`,
      'packages/act/a.test.ts': `it.each([1])('x', () => { list.only(); });`,
      'content/rules/secrets/a.yaml': `pattern: 'TODO#FIXME'\n# a remark\n`,
    },
  ],
} satisfies CheckCases;
