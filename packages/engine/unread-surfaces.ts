import type { Diagnostic } from '#model/diagnostic.ts';

/** What a file is about that no rule of ours reads yet, by its name. */
const kinds: readonly (readonly [kind: string, name: RegExp])[] = [
  ['infrastructure', /(?:\.(?:tf|tf\.json|tofu|hcl|bicep)|(?:^|\/)(?:Chart\.yaml|kustomization\.ya?ml))$/],
  ['images', /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[^/]+)?|(?:docker-)?compose(?:\.[^/]+)?\.ya?ml)$|\.dockerfile$/i],
  ['pipelines', /(?:^|\/)(?:\.github\/workflows\/[^/]+\.ya?ml|action\.ya?ml|\.gitlab-ci\.yml|Jenkinsfile|azure-pipelines\.ya?ml|\.circleci\/config\.yml|bitbucket-pipelines\.yml)$/],
  ['dependencies', /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|requirements[^/]*\.txt|poetry\.lock|uv\.lock|Pipfile\.lock|go\.sum|Cargo\.lock|composer\.lock|Gemfile\.lock|pom\.xml|build\.gradle(?:\.kts)?|gradle\.lockfile|packages\.lock\.json)$/],
];

/** Files that were searched for secrets only: that nothing else was found in them says nothing. One remark a kind. */
export function unreadSurfaces(paths: Iterable<string>): readonly Diagnostic[] {
  const found = new Map<string, { readonly path: string; count: number }>();
  for (const path of paths) {
    const kind = kinds.find(([, name]) => name.test(path))?.[0];
    if (kind === undefined) continue;
    const known = found.get(kind);
    if (known === undefined) found.set(kind, { path, count: 1 });
    else known.count++;
  }
  return [...found].map(([kind, { path, count }]) => ({ code: 'surface-unread', path, count, message: `${kind}: ${count === 1 ? 'one file was' : `${count} files were`} searched for secrets only` }));
}
