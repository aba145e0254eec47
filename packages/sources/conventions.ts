/**
 * Folders that hold what others wrote or what a build made. They are skipped unless git tracks what is in them; each is counted
 * in the ledger.
 */
const alone = new Set([
  'node_modules', 'bower_components', '.venv', '__pycache__', '.tox', '.nox', '.mypy_cache', '.pytest_cache', '.ruff_cache',
  '.gradle', '.terraform', '.hg', '.svn',
]);

/** Names that mean this only beside, or with, another file. */
const beside = new Map([['target', ['Cargo.toml', 'pom.xml']]]);
const inside = new Map([['venv', 'pyvenv.cfg'], ['env', 'pyvenv.cfg']]);

/**
 * @param path byte path of the folder
 * @param siblings names in the folder that holds it
 * @param holds asks for a file in the folder itself
 */
export function isConventionallyExcluded(
  path: string,
  siblings: ReadonlySet<string>,
  holds: (name: string) => boolean,
): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (alone.has(name)) return true;
  if (name === 'bundle' && /(?:^|\/)vendor\/bundle$/.test(path)) return true;
  if (beside.get(name)?.some((file) => siblings.has(file)) === true) return true;
  const mark = inside.get(name);
  return mark !== undefined && holds(mark);
}
