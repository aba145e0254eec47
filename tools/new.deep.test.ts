import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scaffold } from './new/scaffold.ts';
import { templates } from './new/templates.ts';
import { root } from './program.ts';
import { runOutside, type Outcome } from './test/outside.ts';

const names = new Map([
  ['rule', 'secrets/zz-new-rule'],
  ['detector', 'secrets/zz-new-detector'],
  ['sigma', 'event/zz-new-sigma'],
  ['stream-detector', 'event/zz-new-stream-detector'],
  ['code-rule', 'code/zz-new-code-rule'],
  ['library', 'javascript/zz-new-library'],
]);
const nameOf = (kind: string): string => names.get(kind) ?? `zz-new-${kind}`;

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[] }[];
}

let copy: string;
let types: Outcome;
let failing: string[];

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'watchward-new-'));
  const parts = ['packages', 'apps', 'content', 'tools', 'bench', 'package.json', 'vitest.config.ts', 'tsconfig.json', 'tsconfig.base.json', 'tsconfig.pure.json'];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const template of templates) scaffold(copy, template, nameOf(template.kind));
  const run = (...args: string[]): Promise<Outcome> => runOutside([process.execPath, ...args], copy);
  const generated = await run('tools/generate.ts');
  if (generated.code !== 0) throw new Error(generated.stderr);
  types = await run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false');
  const contracts = ['packages/engine', 'packages/act', 'packages/normalize', 'packages/sources', 'apps/cli/commands.test.ts'];
  await run('node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile=report.json', '-t', 'zz-new-', ...contracts);
  const report = JSON.parse(readFileSync(join(copy, 'report.json'), 'utf8')) as Report;
  failing = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  );
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe.each(templates)('a new $kind', ({ kind }) => {
  it('fails until somebody has written its cases', () => {
    expect(failing.filter((name) => name.includes(nameOf(kind)))).not.toEqual([]);
  });
});

it('type checks', () => {
  expect(types.stdout.split('\n').filter((line) => line.includes('zz-new-'))).toEqual([]);
});
