import { JavaClasses } from './resolve-java.ts';
import { resolveJavaScript } from './resolve-javascript.ts';
import type { Project } from './phase.ts';
import { type FlowGroup, pythonResolver } from './pattern-links.ts';

/** The file of the tree that a name means in a file. */
export type Resolve = (from: string, name: string) => string | undefined;

export function resolverOf(group: FlowGroup, paths: readonly string[], project: () => Project): Resolve {
  if (group === 'java') {
    const classes = new JavaClasses(paths.map((path) => ({ path, language: 'java', imports: [], exports: [] })));
    return (from, name) => classes.resolve(from, name)?.path;
  }
  if (group === 'python') {
    const resolve = pythonResolver(paths);
    return (from, name) => resolve(from, name)?.path;
  }
  const { manifests, aliases } = project();
  const npm = manifests.filter(({ kind }) => kind === 'npm');
  const tree = { modules: new Set(paths), manifests: new Map(npm.map((one) => [one.folder, one])), byName: new Map(npm.flatMap((one) => (one.name === '' ? [] : [[one.name, one] as const]))), aliases };
  return (from, name) => {
    const target = resolveJavaScript(tree, from, name);
    return target !== undefined && 'path' in target ? target.path : undefined;
  };
}
