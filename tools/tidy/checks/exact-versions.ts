import { defineCheck } from '../repo.ts';

export default defineCheck({
  id: 'exact-versions',
  title: 'Dependencies are pinned to one version',
  check(repo) {
    if (!repo.has('package.json')) return [];
    const path = 'package.json';
    const manifest = JSON.parse(repo.text(path)) as { readonly [key: string]: unknown };
    return ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((group) =>
      Object.entries((manifest[group] ?? {}) as { readonly [name: string]: string })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version))
        .map(([name, version]) => ({ path, message: `${name} is '${version}', which is no exact version` })),
    );
  },
});
