import { expect, it } from 'vitest';
import { unreadSurfaces } from './unread-surfaces.ts';

it('names what was searched for secrets only, one remark for each kind', () => {
  const paths = ['main.tf', 'modules/net/vars.tf', 'Dockerfile', 'deploy/Dockerfile.prod', 'docker-compose.yml', '.github/workflows/ci.yml', 'web/package-lock.json', 'api/pom.xml'];
  expect(unreadSurfaces(paths).map(({ code, count, message, path }) => [code, count, path, message])).toEqual([
    ['surface-unread', 2, 'main.tf', 'infrastructure: 2 files were searched for secrets only'],
    ['surface-unread', 3, 'Dockerfile', 'images: 3 files were searched for secrets only'],
    ['surface-unread', 1, '.github/workflows/ci.yml', 'pipelines: one file was searched for secrets only'],
    ['surface-unread', 2, 'web/package-lock.json', 'dependencies: 2 files were searched for secrets only'],
  ]);
});

it('says nothing of code, documents and settings', () => {
  expect(unreadSurfaces(['app.ts', 'Dockerfile.ts/readme.md', 'docs/workflows/ci.yml', 'requirements.md', 'package.json', 'my-pom.xml.bak'])).toEqual([]);
});
