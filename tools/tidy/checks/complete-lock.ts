import { defineCheck } from '../repo.ts';

interface LockEntry {
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

export default defineCheck({
  id: 'complete-lock',
  title: 'The lock file knows every dependency of every platform; `npm ci` refuses it otherwise',
  check(repo) {
    const path = 'package-lock.json';
    if (!repo.has(path)) return [];
    const { packages = {} } = JSON.parse(repo.text(path)) as { packages?: { readonly [place: string]: LockEntry } };
    const known = new Set(Object.keys(packages));
    return Object.entries(packages).flatMap(([place, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !places(place, name).some((candidate) => known.has(candidate)))
        .map((name) => ({ path, message: `lacks ${name}, which ${place === '' ? 'package.json' : place} names` })),
    );
  },
});

/** Where a package may lie for the one that asks for it: beside it, or beside one of those it lies in. */
function places(from: string, name: string): string[] {
  const folders = from === '' ? [''] : ['', ...from.split('/node_modules/').map((_, at, all) => `${all.slice(0, at + 1).join('/node_modules/')}/`)];
  return folders.map((folder) => `${folder}node_modules/${name}`);
}
