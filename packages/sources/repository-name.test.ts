import { expect, it } from 'vitest';
import { repositoryOf } from './tree.ts';

it.each([
  ['git@github.com:Acme/Web.git', 'acme/web'], ['https://github.com/acme/web', 'acme/web'], ['https://user:word@host.example/group/sub/name.git/', 'group/sub/name'],
  ['ssh://git@host.example:2222/acme/web.git', 'acme/web'], ['host.example:acme/web', 'acme/web'],
])('%s is %s', (url, name) => expect(repositoryOf(url)).toBe(name));

it.each([undefined, '', '/srv/git/web.git', '../web', 'C:\\work\\web', 'https://host/web', 'https://host/a/<script>'])('%s names no repository of a forge', (url) => {
  expect(repositoryOf(url)).toBeUndefined();
});
