interface SourceManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly dependencies: { readonly [name: string]: string };
  readonly optionalDependencies: { readonly [name: string]: string };
}

/** Dependencies that stay packages of their own: they carry WebAssembly, or no text of their licence that could be handed on. All others are bundled. */
const kept = ['@bufbuild/protobuf', '@cedar-policy/cedar-wasm', '@platformatic/kafka'];

/** The package.json of what is published: no scripts, no development dependencies, nothing that runs when it is installed. */
export function publishedManifest(source: SourceManifest) {
  const { name, version, description, license, engines, dependencies, optionalDependencies } = source;
  return {
    name,
    version,
    description,
    license,
    type: 'module' as const,
    bin: { watchward: 'lib/launch.mjs' },
    engines,
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([dependency]) => kept.includes(dependency))),
    optionalDependencies,
  };
}
