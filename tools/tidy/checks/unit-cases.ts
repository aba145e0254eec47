import { defineCheck, type Problem, type Repo } from '../repo.ts';

const unitFolder = new RegExp(
  '^(?:packages/(?:analyze/(?:detectors|proofs|stream-detectors)|normalize/mappings|sources/event-sources|act/(?:reporters|sinks))|apps/cli/commands|content/(?:rules|libraries)/[^/]+)/[^/]+$',
);

export default defineCheck({
  id: 'unit-cases',
  title: 'Every unit has its cases beside it, every cases file its unit, and nothing else lies in a folder of units',
  check(repo) {
    return repo.files.filter((path) => unitFolder.test(path)).flatMap((path) => checkUnit(repo, path));
  },
});

function checkUnit(repo: Repo, path: string): Problem[] {
  const extension = path.startsWith('content/') ? 'yaml' : 'ts';
  if (path.endsWith(`.test.ts`) && extension === 'ts') return [];
  if (!path.endsWith(`.${extension}`)) return [{ path, message: `is no unit: units here end in .${extension}` }];
  const stem = path.slice(0, -extension.length - 1);
  if (!stem.endsWith('.cases')) return missing(repo, path, `${stem}.cases.${extension}`);
  return missing(repo, path, `${stem.slice(0, -'.cases'.length)}.${extension}`);
}

function missing(repo: Repo, path: string, twin: string): Problem[] {
  return repo.has(twin) ? [] : [{ path, message: `has no ${twin} beside it` }];
}
