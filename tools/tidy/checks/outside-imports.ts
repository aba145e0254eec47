import { isCases, isScript, isTest, pureRooms, roomOf } from '../places.ts';
import { defineCheck, type Problem, type Repo } from '../repo.ts';

export default defineCheck({
  id: 'outside-imports',
  title: 'Pure packages import nothing of Node; what ships imports only runtime dependencies',
  check(repo) {
    const shipped = repo.files.filter((path) => isScript(path) && !isTest(path) && /^(?:packages|apps)\//.test(path));
    const dependencies = runtimeDependencies(repo);
    return shipped.flatMap((path) => checkFile(repo, path, dependencies));
  },
});

function runtimeDependencies(repo: Repo): Set<string> {
  if (!repo.has('package.json')) return new Set();
  const manifest = JSON.parse(repo.text('package.json')) as { dependencies?: object; optionalDependencies?: object };
  return new Set([...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.optionalDependencies ?? {})]);
}

function checkFile(repo: Repo, path: string, dependencies: ReadonlySet<string>): Problem[] {
  const pure = pureRooms.includes(roomOf(path));
  return repo.module(path).imports.flatMap(({ specifier, line }) => {
    if (/^[.#]/.test(specifier)) return [];
    if (specifier.startsWith('node:')) return pure ? [{ path, line, message: `a pure package imports '${specifier}'` }] : [];
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
    return isCases(path) || dependencies.has(name) ? [] : [{ path, line, message: `'${name}' is neither in "dependencies" nor in "optionalDependencies" of package.json` }];
  });
}
