import { isScript, isTest } from '../places.ts';
import { defineCheck, type Problem, type Repo } from '../repo.ts';

const unfinished = /\b(?:TODO|FIXME|XXX|HACK)\b/;
const silencers = /@ts-(?:ignore|expect-error|nocheck)|(?:eslint|oxlint|biome)-(?:disable|ignore)|(?:v8|istanbul|c8) ignore/;
const selective = /^(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:only|skip|todo|skipIf|runIf)$/;

export default defineCheck({
  id: 'no-escape-hatches',
  title: 'Nothing is left for later, silenced, typed away or skipped',
  check(repo) {
    return repo.files.flatMap((path) => {
      if (isScript(path)) return checkScript(repo, path);
      return /\.ya?ml$|^\.ci\//.test(path) ? checkHashComments(repo, path) : [];
    });
  },
});

function checkScript(repo: Repo, path: string): Problem[] {
  const { comments, anys, members, error } = repo.module(path);
  const problems: Problem[] = error === undefined ? [] : [{ path, message: `does not parse: ${error}` }];
  for (const { text, line } of comments) {
    const found = unfinished.exec(text)?.[0] ?? silencers.exec(text)?.[0];
    if (found !== undefined) problems.push({ path, line, message: `'${found}' in a comment` });
  }
  for (const line of anys) problems.push({ path, line, message: "the type 'any'" });
  if (!isTest(path)) return problems;
  const skipped = members.filter(({ name }) => selective.test(name));
  return [...problems, ...skipped.map(({ name, line }) => ({ path, line, message: `'${name}' leaves tests out` }))];
}

function checkHashComments(repo: Repo, path: string): Problem[] {
  return repo
    .text(path)
    .split('\n')
    .flatMap((text, at) => {
      const found = unfinished.exec(/(?:^|\s)#(.*)/.exec(text)?.[1] ?? '')?.[0];
      return found === undefined ? [] : [{ path, line: at + 1, message: `'${found}' in a comment` }];
    });
}
