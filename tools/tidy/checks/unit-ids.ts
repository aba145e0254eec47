import { surfaces } from '#model/severity.ts';
import { isCases, isTest } from '../places.ts';
import { defineCheck, type Problem, type Repo } from '../repo.ts';

const codeUnit = /^(?:packages\/(?:analyze\/(?:detectors|proofs|stream-detectors)|normalize\/mappings|sources\/event-sources|act\/(?:reporters|sinks)|engine\/evaluations)|apps\/cli\/commands)\/([^/]+)\.ts$/;
const rulePath = /^content\/rules\/([^/]+)\/[a-z0-9]+(?:-[a-z0-9]+)*(?:\.cases)?\.yaml$/;

export default defineCheck({
  id: 'unit-ids',
  title: "A unit's id is its file's name; a rule lies in the folder of its surface and takes its id from there",
  check(repo) {
    return repo.files.flatMap((path) => {
      if (path.startsWith('content/rules/')) return checkRule(repo, path);
      const name = isCases(path) || isTest(path) ? undefined : codeUnit.exec(path)?.[1];
      return name === undefined ? [] : checkCode(repo, path, name);
    });
  },
});

function checkRule(repo: Repo, path: string): Problem[] {
  const surface = rulePath.exec(path)?.[1];
  if (surface === undefined) return [{ path, message: 'a rule is content/rules/<surface>/<what-is-wrong>.yaml, in kebab-case' }];
  if (!surfaces.some((known) => known === surface)) return [{ path, message: `'${surface}' is no surface` }];
  // A Sigma rule carries the UUID that its own standard asks for.
  const named = surface !== 'event' && !isCases(path) && /^id:/m.test(repo.text(path));
  return named ? [{ path, message: "a text rule has no 'id': its path is its id" }] : [];
}

function checkCode(repo: Repo, path: string, name: string): Problem[] {
  const id = /\bdefine[A-Z]\w*(?:<\w+>)?\(\{[^]*?\b(?:id|name):\s*'([^']*)'/.exec(repo.text(path))?.[1];
  if (id === undefined) return [{ path, message: 'has no define...({ id }) record with a literal id' }];
  return id.split('/').at(-1) === name ? [] : [{ path, message: `has the id '${id}', but its file is named '${name}'` }];
}
