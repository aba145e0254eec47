import { expect, it } from 'vitest';
import type { RunFacts } from '#model/report.ts';
import { repositoryPath, shownPath } from './place.ts';
import { sampleReport } from './sample-report.ts';

function run(target: string, root: string): RunFacts {
  return { ...sampleReport().run, target, root };
}

it.each([
  ['.', '/w/shop', 'a/b.ts', 'a/b.ts'],
  ['./', '/w/shop', 'a/b.ts', 'a/b.ts'],
  ['shop', '/w/shop', 'shop/a/b.ts', 'shop/a/b.ts'],
  ['./apps//web/', '/w/apps//web', 'apps//web/a/b.ts', 'apps//web/a/b.ts'],
  ['../shop', '/w/shop', '../shop/a/b.ts', 'a/b.ts'],
  ['..', '/w', '../a/b.ts', 'a/b.ts'],
  ['/w/shop', '/w/shop', '/w/shop/a/b.ts', 'a/b.ts'],
  ['C:\\w\\shop', 'C:\\w\\shop', 'C:/w/shop/a/b.ts', 'a/b.ts'],
])('from %s (root %s) a place shows as %s, in the repository as %s', (target, root, shown, inRepository) => {
  expect(shownPath(run(target, root), 'a/b.ts')).toBe(shown);
  expect(repositoryPath(run(target, root), 'a/b.ts')).toBe(inRepository);
});

it('takes the folder of a target that is one file', () => {
  expect(shownPath(run('config/app.env', '/w/config'), 'app.env')).toBe('config/app.env');
  expect(shownPath(run('app.env', '/w'), 'app.env')).toBe('app.env');
  expect(shownPath(run('/w/app.env', '/w'), 'app.env')).toBe('/w/app.env');
});
