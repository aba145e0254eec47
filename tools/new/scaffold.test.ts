import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../program.ts';
import { loadChecks } from '../tidy/checks.ts';
import { repoOf } from '../tidy/repo.ts';
import { filesOf, scaffold, ScaffoldError } from './scaffold.ts';
import { templates } from './templates.ts';

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'watchward-new-'));
  for (const folder of ['packages', 'apps', 'content']) cpSync(join(root, folder), join(copy, folder), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function snapshot(): Map<string, string> {
  const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(copy, path), readFileSync(path, 'utf8')];
    }),
  );
}

const named = new Map([
  ['rule', 'secrets/zz-acme-token'],
  ['code-rule', 'code/zz-acme-unsafe'],
  ['library', 'javascript/zz-acme'],
  ['detector', 'secrets/zz-acme-login'],
  ['sigma', 'event/zz-acme-deleted'],
  ['stream-detector', 'event/zz-acme-flood'],
]);
const checks = await loadChecks();

describe.each(templates)('a new $kind', (template) => {
  const argument = named.get(template.kind) ?? 'zz-acme';

  it('is two new files and no edited one', () => {
    const before = snapshot();
    const made = scaffold(copy, template, argument);
    const after = snapshot();
    expect([...after.keys()].filter((path) => !before.has(path)).sort()).toEqual([...made].sort());
    expect(made).toHaveLength(2);
    expect([...before].filter(([path, text]) => after.get(path) !== text)).toEqual([]);
  });

  it('is tidy', () => {
    const paths = filesOf(template, argument);
    const repo = repoOf(Object.fromEntries(paths.map((path) => [path, readFileSync(join(copy, path), 'utf8')])));
    const wholeTree = ['license', 'install-scripts'];
    expect(checks.filter(({ id }) => !wholeTree.includes(id)).flatMap((check) => check.check(repo))).toEqual([]);
  });

  it('is never written over another', () => {
    expect(() => scaffold(copy, template, argument)).toThrow(ScaffoldError);
  });

  it.each(['Acme', '../acme', 'secrets/../../acme', '', 'a_b'])('refuses the name %j', (name) => {
    expect(() => scaffold(copy, template, name)).toThrow(ScaffoldError);
  });
});
