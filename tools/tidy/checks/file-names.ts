import { defineCheck } from '../repo.ts';

const forbidden = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'service', 'handler', 'misc']);
/** Names that other programs look for. */
const given = /^(?:[A-Z]+(?:\.md)?|Dockerfile|Makefile|\..*|.*\.(?:md|json))$/;
const kebab = /^_?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/;

export default defineCheck({
  id: 'file-names',
  title: 'Files and folders are kebab-case and named for what they hold',
  check(repo) {
    return repo.files.flatMap((path) => {
      const parts = path.split('/');
      const vague = parts.map(lastWord).find((word) => forbidden.has(word));
      if (vague !== undefined) return [{ path, message: `'${vague}' says nothing about what is inside` }];
      const odd = parts.find((part) => !kebab.test(part) && !given.test(part));
      return odd === undefined ? [] : [{ path, message: `'${odd}' is not kebab-case` }];
    });
  },
});

/** The word that says what a thing is: `service` of `mail-service.ts`, but not of `service-key.ts`. */
function lastWord(name: string): string {
  return name.split('.')[0]?.split('-').at(-1) ?? '';
}
