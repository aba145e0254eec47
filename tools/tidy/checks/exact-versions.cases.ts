import type { CheckCases } from '../repo.ts';

const manifest = (group: string, version: string) => ({ 'package.json': JSON.stringify({ [group]: { dep: version } }) });

export default {
  bad: [
    { why: 'a range', at: 'package.json', tree: manifest('dependencies', '^1.2.3') },
    { why: 'a tag', at: 'package.json', tree: manifest('devDependencies', 'latest') },
    { why: 'a place in git', at: 'package.json', tree: manifest('optionalDependencies', 'github:some/where') },
  ],
  good: [manifest('dependencies', '1.2.3'), manifest('devDependencies', '1.0.0-beta.0')],
} satisfies CheckCases;
