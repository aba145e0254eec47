import { rolldown } from 'rolldown';
import { root } from '../program.ts';

/**
 * Bundles the program and its worker into `folder`, all chunks side by side (packages/engine/place.ts relies on that).
 * What is imported late stays a chunk of its own, so that a start reads only what it runs. Gives the folders of the npm packages that went in.
 */
export async function bundle(folder: string, external: readonly string[]): Promise<string[]> {
  const build = await rolldown({
    cwd: root,
    input: { main: 'apps/cli/main.ts', worker: 'packages/engine/worker.ts', 'event-worker': 'packages/engine/event-worker.ts', 'lake-thread': 'packages/store/lake/thread.ts', 'code-lower-worker': 'packages/engine/code/lower-worker.ts', 'code-program-worker': 'packages/engine/code/program-worker.ts', 'code-pattern-flow-worker': 'packages/engine/code/pattern-flow-worker.ts' },
    platform: 'node',
    external: (id) => id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`)),
    onLog: (level, log) => {
      // Code that web-tree-sitter's loader has for modules that carry JavaScript; the grammars that ship carry none.
      if (log.code === 'EVAL' && log.id?.includes('/node_modules/web-tree-sitter/') === true) return;
      if (level !== 'debug' && level !== 'info') throw new Error(`${log.code ?? level}: ${log.message}`);
    },
  });
  const { output } = await build.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    comments: false,
  });
  await build.close();
  return packagesIn(output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])));
}

/** Folders of the npm packages that the given modules belong to. */
export function packagesIn(modules: readonly string[]): string[] {
  const folders = modules.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? []);
  return [...new Set(folders)].sort();
}
