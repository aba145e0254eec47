import { defineCheck } from '../repo.ts';

interface LockEntry {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

export default defineCheck({
  id: 'install-scripts',
  title: 'No runtime dependency runs a script when it is installed',
  check(repo) {
    const path = 'package-lock.json';
    if (!repo.has(path)) return [{ path, message: 'is missing: what gets installed is not fixed' }];
    const { packages = {} } = JSON.parse(repo.text(path)) as { packages?: { readonly [place: string]: LockEntry } };
    return Object.entries(packages)
      .filter(([, entry]) => entry.hasInstallScript === true && entry.dev !== true)
      .map(([place]) => ({ path, message: `${place.replace(/^.*node_modules\//, '')} has an install script` }));
  },
});
