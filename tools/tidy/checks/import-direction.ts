import { posix } from 'node:path';
import { isScript, isTest, roomOf } from '../places.ts';
import { defineCheck, type Problem, type Repo } from '../repo.ts';

/** Which rooms each room may look into besides itself; a room that is not named here may look anywhere. */
const doors = new Map<string, readonly string[]>([
  ['model', []],
  ['formats', ['model']],
  ['learn', ['model']],
  ['store', ['model']],
  ['protect', ['model', 'formats']],
  ['sources', ['model', 'formats']],
  ['normalize', ['model', 'formats']],
  ['analyze', ['model', 'formats', 'learn']],
  ['score', ['model', 'formats', 'learn']],
  ['decide', ['model', 'formats']],
  ['act', ['model', 'formats']],
  [
    'engine',
    ['model', 'formats', 'learn', 'store', 'protect', 'sources', 'normalize', 'analyze', 'score', 'decide', 'act', 'generated'],
  ],
  // A configuration file is YAML: apps read it with the same codec as everyone.
  ['apps', ['engine', 'model', 'formats', 'generated']],
]);

export default defineCheck({
  id: 'import-direction',
  title: 'Stages share only model and formats; only the engine knows the order; imports between rooms go by alias',
  check(repo) {
    return repo.files.filter((path) => isScript(path) && doors.has(roomOf(path))).flatMap((path) => checkFile(repo, path));
  },
});

function checkFile(repo: Repo, path: string): Problem[] {
  const problems: Problem[] = [];
  for (const { specifier, line } of repo.module(path).imports) {
    const message = judge(path, specifier);
    if (message !== undefined) problems.push({ path, line, message });
  }
  return problems;
}

function judge(path: string, specifier: string): string | undefined {
  const room = roomOf(path);
  const target = specifier.startsWith('#') ? (specifier.slice(1).split('/')[0] ?? '') : roomBehind(path, specifier);
  if (target === undefined || target === room) return undefined;
  if (specifier.startsWith('.')) return `relative import '${specifier}' leaves its package; use the alias '#${target}/...'`;
  if (doors.get(room)?.includes(target) === true) return undefined;
  if (isTest(path) && target === 'generated') return undefined;
  return `'${room}' must not import '${target}' ('${specifier}')`;
}

function roomBehind(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? roomOf(posix.join(posix.dirname(path), specifier)) : undefined;
}
