import { afterAll, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import type { ScanOptions } from '../options.ts';
import { TestScans } from './test-scans.ts';

const scans = new TestScans();
afterAll(() => scans.remove());
const put = scans.put.bind(scans);

const rules = put('rules', {
  'flow.yaml': ['javascript, typescript', 'python', 'java'].map((languages) =>
    `- id: flow-${languages.slice(0, 2)}\n  message: m\n  severity: ERROR\n  languages: [${languages}]\n  mode: taint\n  pattern-sources: [{pattern: source(...)}]\n  pattern-sinks: [{pattern: sink(...)}]\n  pattern-sanitizers: [{pattern: clean(...)}]\n`).join('').replace(/^/, 'rules:\n'),
});

const run = (target: string, options: Partial<ScanOptions> = {}): Promise<Report> => scans.run(target, rules, { rules: ['code/own.*'], surfaces: [], ...options });

const places = ({ findings }: Report): string[] => findings.map(({ location }) => `${location.path}:${location.region.startLine}`).sort();

const trees: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  javascript: {
    'package.json': '{"name":"a"}',
    'src/input.js': 'exports.read = () => source();\nexports.cleaned = function () { return clean(source()); };\n',
    'src/run.js': 'function run(x) {\n  sink(x);\n}\nfunction quiet(x) {\n  sink(x);\n}\nmodule.exports = { run, quiet };\n',
    'src/main.js': "const input = require('./input');\nconst { run, quiet } = require('./run');\nrun(input.read());\nquiet(input.cleaned());\n",
    'lib/service.ts': "import { Store as Kept } from './store.js';\nexport class Service {\n  constructor(private store: Kept) {}\n  go(x: string) { return this.store.put(x); }\n}\n",
    'lib/store.ts': 'export class Store {\n  put(x: string) {\n    sink(x);\n  }\n}\n',
    'lib/index.ts': "export * from './service';\n",
    'lib/app.ts': "import { Service } from '.';\nfunction start(service: Service) { service.go(source()); }\n",
    'lib/default.mjs': "export default function (x) {\n  sink(x);\n}\n",
    'lib/use.mjs': "import put from './default.mjs';\nput(source());\n",
  },
  python: {
    'app/__init__.py': '', 'app/db.py': 'class Db:\n    def __init__(self, name):\n        self.name = name\n    def run(self):\n        sink(self.name)\n\ndef plain(x):\n    sink(x)\n\ndef other(x):\n    sink(x)\n',
    'app/views.py': 'from .db import Db\nfrom . import db as base\nimport app.db\n\ndef view():\n    Db(source()).run()\n    base.plain(source())\n    app.db.other(source())\n',
  },
  java: {
    'src/main/java/com/acme/web/Controller.java': 'package com.acme.web;\nimport com.acme.data.Repo;\nclass Controller {\n  private final Repo repo;\n  void get() { repo.find(source()); repo.safe(clean(source())); Tool.use(source()); }\n}\n',
    'src/main/java/com/acme/data/Repo.java': 'package com.acme.data;\npublic interface Repo { void find(String q); void safe(String q); }\n',
    'src/main/java/com/acme/data/SqlRepo.java': 'package com.acme.data;\npublic class SqlRepo implements Repo {\n  public void find(String q) {\n    sink(q);\n  }\n  public void safe(String q) {\n    sink(q);\n  }\n}\n',
    'src/main/java/com/acme/web/Tool.java': 'package com.acme.web;\nclass Tool { static void use(String q) {\n  sink(q);\n} }\n',
  },
};
const wanted: Readonly<Record<string, readonly string[]>> = {
  javascript: ['lib/default.mjs:2', 'lib/store.ts:3', 'src/run.js:2'],
  python: ['app/db.py:11', 'app/db.py:5', 'app/db.py:8'],
  java: ['src/main/java/com/acme/data/SqlRepo.java:4', 'src/main/java/com/acme/web/Tool.java:3'],
};

test.each(Object.keys(trees))('%s: data is followed from file to file', async (language) => {
  const report = await run(put(language, trees[language] ?? {}));
  expect(places(report)).toEqual(wanted[language]);
  expect(report.ledger.diagnostics.filter(({ code }) => code === 'rule-failed')).toEqual([]);
});

test('the steps name the files, the finding its own, and the way is told', async () => {
  const { findings } = await run(put('told', { 'a.js': "const b = require('./b');\nfunction get() { return source(); }\nb.run(get());\n", 'b.js': 'exports.run = (x) => {\n  const y = x + 1;\n  sink(y);\n};\n' }));
  expect(findings.map(({ location, codeFlow }) => [location.path, codeFlow?.map((step) => [step.location.path, step.location.region.startLine, step.message, step.code])])).toEqual([
    ['b.js', [
      ['a.js', 2, 'comes in here', 'function get() { return source(); }'], ['a.js', 3, 'comes out of get()', 'b.run(get());'], ['a.js', 3, 'is passed to exports.run()', 'b.run(get());'],
      ['b.js', 1, 'comes into exports.run()', 'exports.run = (x) => {'], ['b.js', 2, 'is kept here', 'const y = x + 1;'], ['b.js', 3, 'reaches this', 'sink(y);'],
    ]],
  ]);
});

test('the same findings whatever the number of workers; a second run takes them from what was kept; a change is seen', async () => {
  const target = put('kept', trees['javascript'] ?? {});
  const stateDir = put('state', {});
  const [one, two, again] = [await run(target), await run(target, { jobs: 2, stateDir }), await run(target, { stateDir })];
  expect(two.findings.map(({ fingerprint }) => fingerprint).sort()).toEqual(one.findings.map(({ fingerprint }) => fingerprint).sort());
  expect(again.findings).toEqual(two.findings);
  put('kept', { 'src/run.js': 'exports.run = () => 1;\nexports.quiet = () => 1;\n' });
  expect(places(await run(target, { stateDir }))).toEqual(['lib/default.mjs:2', 'lib/store.ts:3']);
});

test('what one file shows is told once, and ignore comments hold for what came from elsewhere', async () => {
  const report = await run(put('once', { 'a.js': "const b = require('./b');\nb.run(source());\n", 'b.js': 'exports.run = (x) => {\n  sink(x);\n  // watchward:ignore code/own.flow-ja until=2999-01-01 -- checked by hand\n  sink(x + 1);\n};\nexports.run(source());\n' }));
  expect(report.findings.map(({ location, suppression }) => [location.region.startLine, suppression?.reason])).toEqual(expect.arrayContaining([[2, undefined], [4, 'checked by hand']]));
  expect(report.findings).toHaveLength(2);
});
