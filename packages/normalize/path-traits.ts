import type { PathTraits } from '#model/artifact.ts';

const test = /(?:^|\/)t\/|\.cases\.[a-z]+$|(?:^|[/._-])(?:tests?|specs?|__tests__|__mocks__|mocks?|fixtures?|testdata|testing|testcases?|e2e|it|molecule|stubs?|fakes?|snapshots?|cassettes?)(?:[/._-]|$)|[a-z](?:Test|Tests|Spec|IT|TestCase)\.[a-z]+$/;
const example = /(?:^|[/._-])(?:examples?|samples?|demos?|tutorials?|templates?|dummy|sandbox|quickstart|dist)(?:[/._-]|$)/i;
const documentation = /(?:^|\/)(?:docs?|documentation|wiki|man|changelogs?)\/|\.(?:md|mdx|markdown|rst|adoc|asciidoc|txt|html?|tex|1)$|(?:^|\/)(?:readme|changelog|changes|history|contributing|license|authors)[^/]*$/i;
const vendored = /(?:^|\/)(?:node_modules|vendor|vendors|third[_-]?party|bower_components|external|extern|deps|site-packages|Pods|Godeps|\.yarn\/(?:releases|plugins|sdks))\//i;
const lockfiles = new Set([
  'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'composer.lock', 'gemfile.lock', 'cargo.lock',
  'poetry.lock', 'pdm.lock', 'uv.lock', 'pipfile.lock', 'go.sum', 'mix.lock', 'pubspec.lock', 'flake.lock', 'packages.lock.json', 'deno.lock',
  'podfile.lock', 'gradle.lockfile', 'package.resolved', '.terraform.lock.hcl', 'module.bazel.lock', 'paket.lock', 'conda-lock.yml', 'cpanfile.snapshot',
]);
const config = /(?:^|\/)\.?env(?:[._-][^/]*)?$|\.(?:env|ya?ml|json|toml|ini|cfg|conf|config|properties|xml|tfvars|tf|hcl|plist|npmrc|netrc|pypirc)$/i;

/** Facts about a file that its path alone gives away. */
export function pathTraits(path: string): PathTraits {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    test: test.test(path) || /(?:^|\/)(?:test|spec)[A-Z_]/.test(path),
    example: example.test(path),
    documentation: documentation.test(path),
    vendored: vendored.test(path),
    lockfile: lockfiles.has(name.toLowerCase()),
    config: config.test(path),
    extension: extensionOf(name.toLowerCase()),
  };
}

function extensionOf(name: string): string {
  const double = /\.((?:min|bundle)\.(?:js|css|mjs|cjs))$/.exec(name)?.[1];
  if (double !== undefined) return double;
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1) : name;
}
