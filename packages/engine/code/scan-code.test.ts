import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '#model/report.ts';
import { temporaryFolder, TestRepository } from '#sources/git/test-repository.ts';
import { defaultLimits, type ScanOptions } from '../options.ts';
import { scan } from '../scan.ts';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const app = (before = ''): string => `${before}const { run } = require('./lib/shell');
const app = require('express')();
app.get('/', (req, res) => {
  run(req.query.name);
});
`;
const shell = (before = ''): string => `${before}const { exec } = require('child_process');
exports.run = function (name) {
  exec('ls ' + name);
};
`;
const mark = ['watchward', 'ignore'].join(':');

function repository(name: string): TestRepository {
  return new TestRepository(join(folder, name)).write('package.json', '{"name": "shop", "private": true}').write('app.js', app()).write('lib/shell.js', shell());
}

function run({ path }: TestRepository, options: Partial<ScanOptions> = {}): Promise<Report> {
  const base: ScanOptions = {
    target: path, label: '.', severity: 'low', confidence: 'low', persona: 'regular', rules: ['code/command-injection'], surfaces: [], ruleFiles: [], exclude: [],
    suppressions: [], history: false, jobs: 0, limits: defaultLimits,
  };
  return scan({ ...base, ...options });
}

const places = ({ findings }: Report): string[] => findings.map(({ location, baseline }) => `${location.path}:${location.region.startLine}${baseline === undefined ? '' : ` ${baseline}`}`);

describe('flows of a program', () => {
  it('are told from source to sink, across files, and keep their identity when other lines change', async () => {
    const tree = repository('told');
    const report = await run(tree);
    expect(places(report)).toEqual(['lib/shell.js:3']);
    const [finding] = report.findings;
    expect(finding?.evidence.map(({ factor }) => factor)).toEqual(['source.request']);
    expect(finding?.codeFlow?.map(({ location, code }) => `${location.path}:${location.region.startLine} ${code}`)).toEqual(expect.arrayContaining(['app.js:4 run(req.query.name);', "lib/shell.js:3 exec('ls ' + name);"]));
    tree.write('app.js', app('// more\n\n')).write('lib/shell.js', shell('// and\n// more\n'));
    const moved = await run(tree);
    expect(places(moved)).toEqual(['lib/shell.js:5']);
    expect(moved.findings[0]?.fingerprint).toBe(finding?.fingerprint);
  });

  it('tell a check once, however often the input passes it on its line', async () => {
    const tree = repository('checked').write('app.js', "const { exec } = require('child_process');\nconst app = require('express')();\napp.get('/', (req, res) => {\n  const name = req.query.name;\n  if (!other(name) || !other(name)) return;\n  exec('cat ' + name);\n});\n");
    const { findings } = await run(tree);
    expect(findings.map(({ evidence }) => evidence.filter(({ factor }) => factor === 'flow.checked').length)).toEqual([1]);
  });

  it('are the same from the cache, on one thread and on several, and say what was kept', async () => {
    const tree = repository('cached');
    const stateDir = join(folder, 'state');
    const reports = [await run(tree), await run(tree, { jobs: 2, stateDir }), await run(tree, { stateDir })];
    for (const { findings } of reports) expect(findings).toEqual(reports[0]?.findings);
    expect(reports[2]?.ledger.code).toMatchObject({ modules: 2, modulesFromCache: 2, programs: 1, programsFromCache: 1 });
    tree.write('lib/shell.js', shell('const other = 1;\n'));
    expect((await run(tree, { stateDir })).ledger.code).toMatchObject({ modules: 2, modulesFromCache: 1, programsFromCache: 0 });
  });

  it('are told at their new places without being looked for again when only comments and layout change', async () => {
    const tree = repository('laid-out');
    const stateDir = join(folder, 'laid-out-state');
    await run(tree, { stateDir });
    tree.write('lib/shell.js', shell('// one\n\n/* two */ ').replace('exec(', 'exec (  ')).write('app.js', `\n${app('// three\n')}`);
    const moved = await run(tree, { stateDir });
    expect(moved.ledger.code).toMatchObject({ modulesFromCache: 0, programsFromCache: 1 });
    expect(moved.findings).toEqual((await run(tree)).findings);
    expect(places(moved)).toEqual(['lib/shell.js:5']);
  });

  it('can be ignored by a comment, which is then not unused', async () => {
    const tree = repository('ignored').write('lib/shell.js', shell().replace('  exec(', `  // ${mark} code/command-injection until=2100-01-01 -- names are checked by the proxy\n  exec(`));
    const report = await run(tree);
    expect(report.summary).toMatchObject({ open: 0, suppressed: 1 });
    expect(report.ledger.diagnostics.map(({ code }) => code)).not.toContain('suppression-unused');
  });

  it('are known from a baseline, and told where a changed file has part in them', async () => {
    const tree = repository('old');
    tree.commit('first');
    tree.write('notes.js', 'module.exports = 1;\n').write('app.js', app('// moved\n'));
    expect(places(await run(tree, { baseline: 'HEAD' }))).toEqual(['lib/shell.js:3 existing']);
    expect(places(await run(tree, { changedSince: 'HEAD' }))).toEqual(['lib/shell.js:3']);
    tree.write('app.js', app());
    expect(places(await run(tree, { changedSince: 'HEAD' }))).toEqual([]);
    tree.write('lib/shell.js', `${shell()}exports.other = (name) => exec(name);\n`).write('app.js', `${app()}require('./lib/shell').other(process.env.X + '');\napp.get('/o', (req) => require('./lib/shell').other(req.query.o));\n`);
    expect(places(await run(tree, { baseline: 'HEAD' })).sort()).toEqual(['lib/shell.js:3 existing', 'lib/shell.js:5 new']);
  });

  it('follow what callers pass only where the package is a library, or is taken for one', async () => {
    const tree = new TestRepository(join(folder, 'library')).write('package.json', '{"name": "shell", "main": "lib/shell.js"}').write('lib/shell.js', shell());
    expect(places(await run(tree))).toEqual(['lib/shell.js:3']);
    expect(places(await run(tree, { threatModel: 'application' }))).toEqual([]);
  });
});
