import { isScript, isTest, roomOf } from '../places.ts';
import { defineCheck, type Problem, type Repo } from '../repo.ts';

const hidden = /^(?:globalThis\.)?(?:Math\.random|Date\.now|performance\.now|crypto\.(?:randomUUID|getRandomValues))$/;
const free = new Set(['engine', 'apps', 'tools', 'bench']);

export default defineCheck({
  id: 'hidden-inputs',
  title: 'Clock and chance are handed in; only the engine and the apps read them',
  check(repo) {
    return repo.files
      .filter((path) => isScript(path) && !isTest(path) && path.startsWith('packages/') && !free.has(roomOf(path)))
      .flatMap((path) => checkFile(repo, path));
  },
});

function checkFile(repo: Repo, path: string): Problem[] {
  const { members, bareNews } = repo.module(path);
  const reads = members.filter(({ name }) => hidden.test(name));
  const dates = bareNews.filter(({ name }) => name === 'Date').map(({ line }) => ({ name: 'new Date()', line }));
  return [...reads, ...dates].map(({ name, line }) => ({ path, line, message: `'${name}' hides an input; take it as an argument` }));
}
