import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seededRandom } from '#engine/case-text.ts';

/** Builders of trees that were made to break a scan. */

export function write(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

export function link(folder: string, path: string, target: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  symlinkSync(target, join(folder, path));
}

export function pipe(folder: string, path: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  execFileSync('mkfifo', [join(folder, path)]);
}

/** A file that says it is large and holds nothing. */
export function sparse(folder: string, path: string, bytes: number): void {
  write(folder, path, '');
  truncateSync(join(folder, path), bytes);
}

export function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main', '-c', 'gc.auto=0'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], HOME: folder } });
}

/** A repository of two commits. */
export function repository(folder: string, files: Readonly<Record<string, string>>): void {
  write(folder, 'first.txt', 'one\n');
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'first');
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'second');
}

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const words = ['password', 'token', 'secret', 'api_key', 'client_secret', 'ghp_', 'xoxb-', 'sk_live_', 'akia', 'slack', 'npm_', 'bearer ', 'eyJ', 'postgres://', 'begin private key-----'];

/** One line of JSON in which nearly every name and value wakes a rule. */
export function denseJson(bytes: number): string {
  const random = seededRandom('dense');
  const parts: string[] = [];
  for (let length = 2; length < bytes; length += (parts.at(-1) as string).length + 1) {
    const word = (): string => words[parts.length % words.length] as string;
    parts.push(`"${word()}${parts.length}":"${word()}${random(alphabet, 8 + (parts.length % 4) * 8)}"`);
  }
  return `{${parts.join(',')}}`;
}

/** Lines that each hold a random password. */
export function passwords(count: number, seed: string): string {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => `password = "${random(alphabet, 24)}"\n`).join('');
}

export function nestedBase64(text: string, times: number): string {
  let encoded = text;
  for (let at = 0; at < times; at++) encoded = Buffer.from(encoded).toString('base64');
  return encoded;
}

/** A rule of the user's own. */
export function ownRule(pattern: string): string {
  return `title: Own\nseverity: high\nconfidence: high\nconsequence: It opens.\nremediation: Change it.\nmatch:\n  keywords: [aaa]\n  pattern: '${pattern}'\n`;
}

/** Nine to the power of the levels, when its aliases are written out. */
export function aliasBomb(levels: number): string {
  const level = (at: number): string => `a${at}: &a${at} [${Array.from({ length: 9 }, () => (at === 0 ? 'x' : `*a${at - 1}`)).join(', ')}]\n`;
  return Array.from({ length: levels }, (_, at) => level(at)).join('');
}

/** Every setting of a repository that could name a program. */
export function canaryConfig(canary: string): string {
  const run = `touch ${canary}`;
  return `[core]\n  fsmonitor = ${run}; true\n  hooksPath = hooks\n  sshCommand = ${run}\n  pager = ${run}\n  editor = ${run}\n  alternateRefsCommand = ${run}\n  excludesFile = /dev/zero
[filter "x"]\n  clean = ${run}\n  smudge = ${run}\n  process = ${run}\n  required = true
[diff "x"]\n  command = ${run}\n  textconv = ${run}\n[include]\n  path = /dev/zero\n[alias]\n  status = !${run}\n`;
}

/** A program with one flow, from a request to a shell on line 4. */
export const flowProgram = "const { exec } = require('child_process');\nconst app = require('express')();\napp.get('/', (req, res) => {\n  exec('ls ' + req.query.name);\n});\n";

/** Code that is nested as deep as asked, in three languages; in lines, so that it does not look minified. */
export function deepCode(depth: number): Readonly<Record<string, string>> {
  const [open, close] = ['(\n'.repeat(depth), ')'.repeat(depth)];
  return {
    'deep/parens.js': `const x = ${open}1${close};\n`,
    'deep/functions.js': `${'(function () {\n'.repeat(depth)}${'})();'.repeat(depth)}\n`,
    'deep/array.ts': `export const x = ${'[\n'.repeat(depth)}${']'.repeat(depth)};\n`,
    'deep/sum.js': `const x = ${'a +\n'.repeat(depth)}a;\n`,
    'deep/chain.js': `x${'\n.then(y)'.repeat(depth)};\n`,
    'deep/parens.py': `x = ${open}1${close}\n`,
    'deep/Deep.java': `class Deep { int x = ${open}1${close}; }\n`,
  };
}

/** Functions that call one another round and round. */
export function recursiveCode(count: number): string {
  return Array.from({ length: count }, (_, at) => `function f${at}(x) { return f${(at + 1) % count}(x) + f${(7 * at + 3) % count}(x); }\n`).join('') + 'module.exports = f0;\n';
}

/** One line that nobody wrote. */
export function minifiedCode(bytes: number): string {
  return Array.from({ length: Math.ceil(bytes / 60) }, (_, at) => `function a${at}(b){return b[${at}]?eval(b.c${at % 97}):a${Math.max(0, at - 1)}(b)};`).join('');
}

/** Code in lines, as a generator of tables writes it. */
export function tableCode(bytes: number): string {
  return `module.exports = [\n${Array.from({ length: Math.ceil(bytes / 50) }, (_, at) => `  { id: ${at}, name: 'row ${at}', next: ${at * 7} },\n`).join('')}];\n`;
}
