import type { CheckCases } from '../repo.ts';

const lock = (entry: object) => ({ 'package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/dep': entry } }) });

export default {
  bad: [
    { why: 'a runtime dependency with one', at: 'package-lock.json', tree: lock({ hasInstallScript: true }) },
    { why: 'an optional dependency with one', at: 'package-lock.json', tree: lock({ hasInstallScript: true, optional: true }) },
    { why: 'no lock file', at: 'package-lock.json', tree: { 'package.json': '{}' } },
  ],
  good: [lock({}), lock({ hasInstallScript: true, dev: true })],
} satisfies CheckCases;
