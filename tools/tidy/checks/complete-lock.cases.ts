import type { CheckCases } from '../repo.ts';

const lock = (packages: object) => ({ 'package-lock.json': JSON.stringify({ packages }) });

export default {
  bad: [
    {
      why: 'a platform left out',
      at: 'package-lock.json',
      tree: lock({ 'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } }, 'node_modules/a-linux': {} }),
    },
    { why: 'a dependency of the root left out', at: 'package-lock.json', tree: lock({ '': { dependencies: { a: '1.0.0' } } }) },
    {
      why: 'a dependency that only another package can see',
      at: 'package-lock.json',
      tree: lock({ 'node_modules/a': { dependencies: { c: '1.0.0' } }, 'node_modules/b/node_modules/c': {} }),
    },
  ],
  good: [
    lock({
      '': { dependencies: { '@s/a': '1.0.0' } },
      'node_modules/@s/a': { dependencies: { b: '1.0.0', c: '1.0.0' } },
      'node_modules/@s/a/node_modules/b': { dependencies: { c: '1.0.0' } },
      'node_modules/c': {},
    }),
  ],
} satisfies CheckCases;
