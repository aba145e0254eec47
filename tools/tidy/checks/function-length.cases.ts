import type { CheckCases } from '../repo.ts';

const lines = (count: number): string => 'x();\n'.repeat(count);

export default {
  bad: [
    { why: 'a function', at: 'tools/a.ts', tree: { 'tools/a.ts': `function f() {\n${lines(60)}}` } },
    { why: 'an arrow function', at: 'tools/a.ts', tree: { 'tools/a.ts': `const f = () => {\n${lines(60)}};` } },
    { why: 'a test', at: 'tools/a.test.ts', tree: { 'tools/a.test.ts': `it('is long', () => {\n${lines(60)}});` } },
  ],
  good: [
    { 'tools/a.ts': `function f() {\n${lines(58)}}`, 'tools/a.test.ts': `describe('long', () => {\n${lines(200)}});` },
  ],
} satisfies CheckCases;
