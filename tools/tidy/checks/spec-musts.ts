import { defineCheck, type Problem, type Repo } from '../repo.ts';

const row = /^\|\s*([A-Z]{2,}-\d+)\s*\|(.*)\|\s*$/;

export default defineCheck({
  id: 'spec-musts',
  title: 'Every MUST of a specification has an id and a check that exists',
  check(repo) {
    const specs = repo.files.filter((path) => /^specs\/[^/]+\.md$/.test(path));
    const seen = new Map<string, string>();
    return specs.flatMap((path) => checkSpec(repo, path, seen));
  },
});

function checkSpec(repo: Repo, path: string, seen: Map<string, string>): Problem[] {
  return repo
    .text(path)
    .split('\n')
    .flatMap((text, at) => {
      const line = at + 1;
      const [, id, cells = ''] = row.exec(text) ?? [];
      if (id === undefined) {
        const loose = /\bMUST\b/.test(text.replace(/`[^`]*`/g, '')) && !/^\|\s*id\s*\|/.test(text);
        return loose ? [{ path, line, message: 'a MUST outside the table of ids' }] : [];
      }
      const first = seen.get(id);
      seen.set(id, path);
      const twice = first === undefined ? [] : [{ path, line, message: `${id} is given out twice (${first})` }];
      return [...twice, ...checkHolders(repo, path, line, id, cells)];
    });
}

/** The last cell names what holds the MUST: paths in backticks, a file or the stem of one. */
function checkHolders(repo: Repo, path: string, line: number, id: string, cells: string): Problem[] {
  const holder = cells.split('|').at(-1) ?? '';
  const named = [...holder.matchAll(/`([\w.-]+(?:\/[\w.-]+)*)`/g)].map((match) => match[1] ?? '');
  if (named.length === 0) return [{ path, line, message: `${id} names no file that holds it` }];
  return named
    .filter((name) => !repo.has(name) && !repo.has(`${name}.ts`))
    .map((name) => ({ path, line, message: `${id} is held by '${name}', which does not exist` }));
}
