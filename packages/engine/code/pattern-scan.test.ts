import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { needsOf } from '#analyze/patterns/needs.ts';
import { loadPatternRules } from '#analyze/patterns/load.ts';
import { defaultLimits } from '../options.ts';
import { testPatternRules } from './pattern-tests.ts';
import { TestScans } from './test-scans.ts';

const scans = new TestScans();
afterAll(() => scans.remove());
const put = scans.put.bind(scans);
const run = scans.run.bind(scans);

const rule = (id: string, languages: string, rest: string): string => `- id: ${id}\n  message: Found $X in it. More.\n  severity: ERROR\n  languages: [${languages}]\n${rest.replace(/^/gm, '  ')}\n`;
const privileged = rule('priv', 'yaml', 'patterns: [{pattern: "privileged: $X"}, {metavariable-regex: {metavariable: $X, regex: "true"}}]\nmetadata: {cwe: ["CWE-250: x"], confidence: HIGH}\nfix: "privileged: false"');

test('rules run on the files of their languages, tell what they saw, and bring fixes that are verified', async () => {
  const rules = put('rules', { 'deep/a.yaml': `rules:\n${privileged}${rule('user', 'dockerfile', 'pattern: USER $X')}`, 'deep/a.test.yaml': 'privileged: true\n', 'notes.yaml': 'just: data\n' });
  const report = await run(put('tree', { 'k.yaml': 'a:\n  privileged: true # é\n', 'Dockerfile': 'FROM x:1\nUSER root\n', 'other.txt': 'privileged: true\n' }), rules);
  expect(report.findings.map(({ rule: id, location, message, severity, confidence, cwe }) => [id, location.path, location.region.startLine, message, severity, confidence, cwe])).toEqual(
    expect.arrayContaining([
      ['code/own.priv', 'k.yaml', 2, 'Found true in it. More.', 'high', 'high', [250]],
      ['code/own.user', 'Dockerfile', 2, 'Found root in it. More.', 'high', 'medium', []],
    ]),
  );
  expect(report.findings).toHaveLength(2);
  const fix = report.findings.find(({ rule: id }) => id === 'code/own.priv')?.fix;
  expect(fix).toMatchObject({ disposition: 'unsafe', verified: true, edits: [{ text: 'privileged: false' }] });
  expect(report.run.exitCode).toBe(1);
  expect(report.ledger.diagnostics.map(({ code }) => code)).toEqual(['config-ignored']);
});

test('a bad rule is named and degrades the run; two rules of one id run beside each other', async () => {
  const rules = put('bad', { 'a.yaml': `rules:\n${privileged}${privileged}${rule('regex', 'regex', "pattern-regex: 'a++'")}${rule('cobol', 'cobol', 'pattern: x')}` });
  const report = await run(put('tree2', { 'k.yaml': 'privileged: true\n' }), rules);
  expect(report.findings.map(({ rule: id }) => id).sort()).toEqual(['code/own.priv', 'code/own.priv-2']);
  expect(report.ledger.diagnostics.filter(({ code }) => code === 'rule-invalid').map(({ rule: id }) => id)).toEqual(['regex', 'cobol']);
  expect(report.ledger.rulesSkipped).toBe(2);
});

test('work on a file is counted, not timed: the rules that come after the limit are named in the ledger', async () => {
  const first = ['a', 'b', 'c'].map((name) => rule(name, 'python', `pattern: ${name}($X)`));
  const rules = put('counted', { 'a.yaml': `rules:\n${first.join('')}` });
  const tree = put('counted-tree', { 'a.py': 'a(1)\nb(2)\nc(3)\n' });
  const report = await run(tree, rules, { limits: { ...defaultLimits, fileSteps: 1 } });
  expect(report.findings.map(({ rule: id }) => id)).toEqual(['code/own.a']);
  expect(report.ledger.diagnostics).toContainEqual({ code: 'file-over-budget', path: 'a.py', message: '2 rules about its form were not run on it: the others took 1 comparisons; raise limits.file-steps or exclude the file' });
  expect((await run(tree, rules, { limits: { ...defaultLimits, fileMs: 60_000 } })).findings).toHaveLength(3);
});

test('a rule with a pattern that is none is told once, whatever the number of files, and costs no other rule', async () => {
  const broken = rule('broken', 'python', 'patterns: [{pattern: eval($X)}, {pattern-not: "eval($X"}]');
  const path = put('broken', { 'a.yaml': `rules:\n${rule('first', 'python', 'pattern: eval($X)')}${broken}` });
  const report = await run(put('broken-tree', Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at}.py`, 'eval(a)\n']))), path);
  expect(report.findings.map(({ rule: id }) => id)).toEqual(Array.from({ length: 60 }, () => 'code/own.first'));
  const said = report.ledger.diagnostics.filter(({ code }) => code.startsWith('rule-'));
  expect(said).toEqual([{ code: 'rule-invalid', path: expect.stringMatching(/a\.yaml$/), rule: 'code/own.broken', message: expect.stringContaining('`eval($X` cannot be read as python') }]);
  expect((await testPatternRules([join(path, 'a.yaml')])).map(({ problems }) => problems)).toEqual([[], ['line 11: the pattern `eval($X` cannot be read as python']]);
});

test('what a rule about secrets found is told nowhere', async () => {
  const value = ['hunter2', 'Xy9Kq'].join('-');
  const rules = put('secret-rules', { 'a.yaml': `rules:\n${rule('hard-coded-password', 'yaml', 'pattern: "password: $X"\nfix: "password: $X"')}` });
  const report = await run(put('tree3', { 'k.yaml': `password: ${value}\n` }), rules);
  expect(report.findings).toHaveLength(1);
  expect(JSON.stringify(report)).not.toContain(value);
});

test('paths of a rule are kept, a file that cannot be read is in the ledger, and an expression that runs away is stopped', async () => {
  const slow = rule('slow', 'regex', "pattern-regex: '(?=(?:(?!b)a+)+$)aaa'");
  const rules = put('more', { 'a.yaml': `rules:\n${privileged.replace('  patterns:', '  paths: {include: ["k8s/*"], exclude: ["*.skip.yaml"]}\n  patterns:')}${slow}` });
  const tree = put('tree4', { 'k8s/a.yaml': 'privileged: true\n', 'k8s/b.skip.yaml': 'privileged: true\n', 'c.yaml': 'privileged: true\n', 'k8s/broken.yaml': 'privileged: [true\n', 'long.txt': `${'a'.repeat(60)}!\n` });
  const report = await run(tree, rules, { limits: { ...defaultLimits, fileMs: 3_000 } });
  expect(report.findings.map(({ location }) => location.path)).toEqual(['k8s/a.yaml']);
  expect(report.ledger.diagnostics.map(({ code, path }) => [code, path])).toEqual(expect.arrayContaining([['pattern-unparsed', 'k8s/broken.yaml'], ['rule-over-budget', 'long.txt']]));
});

test('a little that could not be parsed is said, and does not put the rest in doubt; much of it does', async () => {
  const go = (broken: string): string => `package main\nimport "crypto/tls"\nvar c = &tls.Config{InsecureSkipVerify: true}\n${'func f() int {\n\treturn 1\n}\n'.repeat(20)}${broken}`;
  const tree = put('little', { 'a.go': go('func g() {\n\tx := ]\n}\n'), 'b.h': `${'int one(void) { return 1; }\n'.repeat(40)}int f(char *a) { return system(a) }\n` });
  const little = await run(tree, '', { ruleFiles: [] });
  expect(little.findings.map(({ location }) => location.path)).toEqual(['a.go']);
  expect(little.ledger.diagnostics.filter(({ code }) => code.startsWith('pattern-')).map(({ code, path }) => `${code} ${path}`)).toEqual(['pattern-partial a.go', 'pattern-partial b.h']);
  expect(little.run.exitCode).toBe(1);
  const much = await run(put('much', { 'a.go': go(`func g() {\n${'\tx := ] ) ( } { [ ;; 1 2 3 4 5\n'.repeat(60)}`) }), '', { ruleFiles: [] });
  expect(much.ledger.diagnostics.map(({ code }) => code)).toContain('pattern-unparsed');
});

test('a second run takes what did not change from its cache, and other rules do not', async () => {
  const rules = put('cached', { 'a.yaml': `rules:\n${privileged}` });
  const tree = put('tree5', { 'k.yaml': 'privileged: true\n' });
  const stateDir = put('state', {});
  const first = await run(tree, rules, { stateDir });
  const second = await run(tree, rules, { stateDir });
  expect([first.ledger.filesFromCache, second.ledger.filesFromCache]).toEqual([0, 1]);
  expect(second.findings).toEqual(first.findings);
  put('cached', { 'a.yaml': `rules:\n${privileged.replace('privileged: $X', 'other: $X')}` });
  expect((await run(tree, rules, { stateDir })).findings).toEqual([]);
});

test('what a rule needs is in every text that it matches', () => {
  const needs = (body: string): unknown => needsOf(loadPatternRules(`rules:\n${rule('n', 'python', body)}`).rules[0] as never);
  expect(needs('pattern: os.path.join($X, ...)')).toEqual([['join']]);
  expect(needs('pattern-either: [{pattern: eval($X)}, {pattern: exec($X)}]')).toEqual([['eval', 'exec']]);
  expect(needs('pattern-either: [{pattern: eval($X)}, {pattern: $X}]')).toEqual([]);
  expect(needs('patterns: [{pattern: $X}, {pattern-inside: "def handler(...): ..."}, {pattern-not: safe}]')).toEqual([['handler']]);
  expect(needs("pattern: $APP.on('certificate-error', ...)")).toEqual([['certificate-error']]);
  expect(needs('patterns: [{pattern: log($X)}, {metavariable-regex: {metavariable: $X, regex: "^(?:[pP]assword|api_key)$"}}]')).toEqual([['log'], ['password', 'api_key']]);
  expect(needs('patterns: [{pattern: log($X)}, {metavariable-regex: {metavariable: $X, regex: "^secret$", constant-propagation: true}}]')).toEqual([['log']]);
  expect(needs('patterns: [{pattern: run($X)}, {metavariable-pattern: {metavariable: $X, patterns: [{pattern: decode($Y)}, {metavariable-regex: {metavariable: $Y, regex: "^base64$"}}]}}]')).toEqual([['run'], ['decode']]);
  expect(needs('pattern-regex: "AKIA[0-9A-Z]{16}"')).toEqual([['akia']]);
  expect(needs('pattern-regex: "foo|bar"')).toEqual([]);
  expect(needs('pattern-regex: "ab(cde)?fgh?i"')).toEqual([]);
});

test('nosemgrep comments hide findings of the user\'s rules only on their line, and the ledger says so', async () => {
  const rules = put('nosem-rules', { 'a.yaml': `rules:\n${rule('no-eval', 'python', 'pattern: eval($X)').replace('Found $X in it. More.', 'Do not eval $X.')}` });
  const report = await run(put('nosem', { 'a.py': 'eval(a.request.body)  # nosemgrep: no-eval\neval(b.request.body)\neval(c)  # nosemgrep: another\n' }), rules);
  expect(report.findings.map(({ location, suppression, message }) => [location.region.startLine, suppression === undefined, message])).toEqual(expect.arrayContaining([[1, false, 'Do not eval a.request.body.'], [2, true, 'Do not eval b.request.body.'], [3, true, 'Do not eval c.']]));
  expect(report.ledger.diagnostics.filter(({ code }) => code.startsWith('suppression')).map(({ code, count }) => [code, count])).toEqual([['suppression-unlimited', 1]]);
});
