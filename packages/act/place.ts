import type { Location } from '#model/region.ts';
import type { RunFacts } from '#model/report.ts';

/**
 * What leads from the folder where the command was typed to the scanned root: paths that a person clicks or that a forge shows
 * start there, while paths in findings start at the root. A target that is one file has its folder as root.
 */
function prefixOf(run: RunFacts): string {
  const target = run.target.replace(/\\/g, '/').replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '');
  if (target === '' || target === '.') return '';
  const root = `/${run.root.replace(/\\/g, '/')}`;
  const below = target.replace(/^(?:\.\.\/)+/, '');
  if (below === '..' || root.endsWith(`/${below}`)) return `${target}/`;
  const folder = target.slice(0, Math.max(0, target.lastIndexOf('/')));
  return folder === '' ? '' : `${folder}/`;
}

/** A path as a person at the same prompt would type it. */
export function shownPath(run: RunFacts, path: string): string {
  return `${prefixOf(run)}${path}`;
}

/** `path:line:column`, which terminals and editors make clickable. */
export function shownPlace(run: RunFacts, location: Location): string {
  return `${shownPath(run, location.path)}:${location.region.startLine}:${location.region.startColumn}`;
}

/** A path from the top of the repository, for a forge; the command runs at that top in its pipelines. */
export function repositoryPath(run: RunFacts, path: string): string {
  const prefix = prefixOf(run);
  return prefix.startsWith('/') || prefix.startsWith('../') || /^[A-Za-z]:/.test(prefix) ? path : `${prefix}${path}`;
}
