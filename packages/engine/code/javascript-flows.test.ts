import { expect, test } from 'vitest';
import { lowerJavaScript } from '#normalize/javascript/javascript-module.ts';
import type { ImportTarget, Program, ThreatModel } from '#model/program.ts';
import { loadAnalysis } from './analysis.ts';
import { parseScript } from './script-parser.ts';

const analyse = loadAnalysis();

/** Files by name; imports of `./x` are files, all others are outside. */
function programOf(files: Readonly<Record<string, string>>, threatModel: ThreatModel): Program {
  const names = Object.keys(files);
  const modules = names.map((path) => {
    const text = files[path] ?? '';
    const ir = lowerJavaScript(parseScript(text, { lang: 'jsx' }), path, text);
    const imports = new Map<string, ImportTarget>();
    for (const name of ir.strings) {
      const at = names.indexOf(name.replace(/^\.\//, '').replace(/(?:\.js)?$/, '.js'));
      imports.set(name, at >= 0 && name.startsWith('./') ? { kind: 'module', module: at } : { kind: 'external', name });
    }
    return { ir, package: 0, role: 'code' as const, exposed: true, imports, submodules: new Map<string, number>() };
  });
  return { language: 'javascript', modules, packages: [{ name: 'p', folder: '', threatModel }] };
}

/** `class file:line` of every flow. */
function flows(files: Readonly<Record<string, string>> | string, threatModel: ThreatModel = 'library'): string[] {
  const all = typeof files === 'string' ? { 'a.js': files } : files;
  const names = Object.keys(all);
  const result = analyse(programOf(all, threatModel), { overBudget: () => false, mostFacts: 1_000_000 });
  return result.flows.map(({ class: name, sink }) => `${name} ${names[sink.module]}:${(all[names[sink.module] ?? ''] ?? '').slice(0, sink.start).split('\n').length}`);
}

const exec = `const { exec } = require('child_process');`;

test.each<[string, string, string[]]>([
  ['a parameter of what is exported', `${exec} module.exports = (x) => exec('ls ' + x);`, ['command-injection a.js:1']],
  ['a function that nobody can call from outside', `${exec} function f(x) { exec('ls ' + x); } f('fixed'); module.exports = () => 1;`, []],
  ['a method of an exported class, through a field', `${exec}\nclass A { constructor(c) { this.c = c; }\n run() { exec(this.c); } }\nmodule.exports = A;`, ['command-injection a.js:3']],
  ['a prototype, through a field', `${exec}\nfunction A(c) { this.c = c; }\nA.prototype.run = function () { exec(this.c); };\nmodule.exports = A;`, ['command-injection a.js:3']],
  ['a method that is added to what a library gave', `${exec} module.exports = () => { const app = require('unknown')(); app.run = (c) => exec(c); return app; };`, ['command-injection a.js:1']],
  ['a callback of somebody else\'s function', `${exec} module.exports = (tools, list) => tools.each(list, (c) => exec(c));`, ['command-injection a.js:1']],
  ['a callback of replace', `${exec} module.exports = (text) => text.replace(/x(.*)/, (all, c) => { exec(c); return ''; });`, ['command-injection a.js:1']],
  ['a borrowed method in a variable that nobody declared', `${exec}\nslice = [].slice;\nmodule.exports = function () { slice.call(arguments, 1).forEach((c) => exec(c)); };`, ['command-injection a.js:3']],
  ['a module of AMD that brings its define', `${exec} if (typeof define !== 'function') { var define = require('amdefine')(module); }\ndefine(['x'], function (x) { return { run: (c) => exec(c) }; });`, ['command-injection a.js:2']],
  ['what a returned function gets', `${exec} module.exports = () => ({ run: (c) => exec(c) });`, ['command-injection a.js:1']],
  ['what a callback sees of its surroundings', `${exec} module.exports = (c, list) => list.forEach(() => exec(c));`, ['command-injection a.js:1']],
  ['elements of a list that are joined', `${exec} module.exports = (o) => { const c = ['git', o.branch]; exec(c.join(' ')); };`, ['command-injection a.js:1']],
  ['a promise and what follows it', `${exec} module.exports = async (c) => { const d = await new Promise((ok) => ok(c)); exec(d); };`, ['command-injection a.js:1']],
  ['a list of constants says what is allowed', `${exec} module.exports = (c) => { if (!['ls', 'df'].includes(c)) return; exec(c); };`, []],
  ['a number is no command', `${exec} module.exports = (c) => exec('kill ' + Number(c));`, []],
  ['an anchored expression lets nothing through', `${exec} module.exports = (c) => { if (/^[a-z]+$/.test(c)) exec('ls ' + c); };`, []],
  ['one line of several is enough for an expression', `${exec} module.exports = (c) => { if (/^[a-z]+$/m.test(c)) exec('ls ' + c); };`, ['command-injection a.js:1']],
  ['an expression that is not anchored does', `${exec} module.exports = (c) => { if (/[a-z]+/.test(c)) exec('ls ' + c); };`, ['command-injection a.js:1']],
  ['a setter of a class', `${exec}\nclass A { set c(v) { exec(v); } }\nmodule.exports = (c) => { const a = new A(); a.c = c; };`, ['command-injection a.js:2']],
  ['a setter of an object', `${exec}\nconst o = { set c(v) { exec(v); } };\nmodule.exports = (c) => { o.c = c; };`, ['command-injection a.js:2']],
  ['a setter that is given something else', `${exec}\nclass A { set c(v) { exec(v); } }\nmodule.exports = (c) => { const a = new A(); a.c = 'ls'; a.d = c; };`, []],
  ['a setter that is defined', `${exec}\nconst o = {}; Object.defineProperty(o, 'c', { set(v) { exec(v); } });\nmodule.exports = (c) => { o.c = c; };`, ['command-injection a.js:2']],
  ['a getter that is defined', `${exec}\nmodule.exports = (c) => { const o = {}; Object.defineProperty(o, 'c', { get: () => c });\n exec(o.c); };`, ['command-injection a.js:3']],
  ['a number, as a comment says', `${exec} /** Stops one.\n * @param {number} id which\n */\nmodule.exports = function stop(id) { exec('kill ' + id); };`, []],
  ['a text, as a comment says', `${exec} /**\n * @param {string} id which\n * @param {number} n\n */\nmodule.exports = function stop(id, n) { exec('kill ' + id); };`, ['command-injection a.js:5']],
  ['a comment about another function', `${exec} /** @param {number} id which */\nfunction one(id) { return id; }\nmodule.exports = (id) => exec('kill ' + id);`, ['command-injection a.js:3']],
  ['what one caller passes does not come out for another', `${exec}\nfunction same(v) { return v; }\nmodule.exports = (c) => { same(c); exec(same('ls')); };`, []],
  ['borrowed methods', `${exec} module.exports = function () { const a = [].slice.call(arguments, 1); exec(a[0]); };`, ['command-injection a.js:1']],
])('%s', (_, code, expected) => expect(flows(code)).toEqual(expected));

test.each<[string, string, string[]]>([
  ['a merge that goes deep', 'module.exports = function merge(a, b) {\n for (const k in b)\n  if (typeof a[k] === "object") merge(a[k], b[k]);\n  else a[k] = b[k];\n};', ['prototype-pollution a.js:4']],
  ['a path that is walked', 'exports.set = (o, path, v) => { const keys = path.split(".");\n while (keys.length > 1) o = o[keys.shift()];\n o[keys[0]] = v; };', ['prototype-pollution a.js:3']],
  ['a shallow copy', 'module.exports = (a, b) => { for (const k in b) a[k] = b[k]; };', []],
  ['a merge that refuses the keys', 'module.exports = function merge(a, b) { for (const k in b) { if (k === "__proto__" || k === "constructor" || k === "prototype") continue; if (typeof a[k] === "object") merge(a[k], b[k]); else a[k] = b[k]; } };', []],
  ['places that are counted in a member', 'exports.add = (o, s, v) => { const at = s.top; s.top = at + 1; o[at][at] = v; };', []],
  ['a member that is not counted', 'exports.add = (o, s, v) => { const at = s.top; s.last = at + 1; o[at][at] = v; };', ['prototype-pollution a.js:1']],
  ['what lists hold is no member of theirs', 'class A { constructor() { this.all = {}; this.seen = {}; }\n keep(list, key, v) { const kept = new Map(list); kept.all = {}; kept[v] = this.seen[key]; kept.all[key] = v; } }\nmodule.exports = A;', []],
  ['a step down that a function makes', 'const made = (n) => (n ? [] : {});\nexports.set = (o, path, v) => { const keys = path.split("."); let at = o; for (let i = 0; i < keys.length; i++) at = at[keys[i]] = made(i); };', []],
  ['what a function made and filled', 'function made(v) { const o = {}; o.v = v; return o; }\nexports.set = (o, a, b, v) => { o[a][b] = made(v); };', ['prototype-pollution a.js:2']],
  ['a list that is there already', 'exports.add = (o, a, b, v) => { if (Array.isArray(o[a][b])) o[a][b] = o[a][b].concat(v); };', []],
  ['its own keys, read again', 'exports.bind = (o, key) => { Object.keys(o[key]).forEach((name) => { o[key][name] = o.of(name); }); };', []],
  ['a key with something before it', 'exports.set = (o, p, v) => { o["$" + p]["$" + v] = v; };', []],
])('prototype pollution: %s', (_, code, expected) => expect(flows(code)).toEqual(expected));

const named = String.raw`/^[a-z0-9]+$/.test(s)`;
const guarded = (check: string, use: string): string => `${exec} ${check}\nmodule.exports = (c) => { ${use} };`;
const list = `exec('ls ' + c);`;
const fired = ['command-injection a.js:2'];

test.each<[string, string, string[]]>([
  ['an answer that is the check', guarded(`const ok = (s) => ${named};`, `if (ok(c)) ${list}`), []],
  ['its opposite', guarded(`const bad = (s) => !${named};`, `if (bad(c)) return; ${list}`), []],
  ['several checks in one answer', guarded(`function ok(s) { return typeof s === 'string' && s.length < 9 && ${named}; }`, `if (!ok(c)) return; ${list}`), []],
  ['an answer that other checks alone may give', guarded(`function ok(s) { return s.length < 9 || ${named}; }`, `if (ok(c)) ${list}`), fired],
  ['answers by statements', guarded(`function ok(s) { if (typeof s !== 'string') return false; if (!${named}) return false; return true; }`, `if (ok(c)) ${list}`), []],
  ['a check that only one way passes', guarded(`function ok(s) { if (s.length < 9) return true; if (!${named}) return false; return true; }`, `if (ok(c)) ${list}`), fired],
  ['the wrong answer', guarded(`function ok(s) { return ${named}; }`, `if (!ok(c)) ${list}`), fired],
  ['a check of nothing', guarded(`function ok(s) { if (!s) return false; return true; }`, `if (ok(c)) ${list}`), fired],
  ['a check that another function makes', guarded(`function name(s) { return ${named}; } function ok(s) { return !!s && name(s); }`, `if (ok(c)) ${list}`), []],
  ['a check that throws', guarded(`function must(s) { if (!${named}) throw new Error('no'); }`, `must(c); ${list}`), []],
  ['a check that only tells', guarded(`function must(s) { if (!${named}) console.log('no'); }`, `must(c); ${list}`), fired],
  ['a check that throws later, waited for', `${exec} async function must(s) { if (!${named}) throw new Error('no'); }\nmodule.exports = async (c) => { await must(c); ${list} };`, []],
  ['a check that throws later, not waited for', guarded(`async function must(s) { if (!${named}) throw new Error('no'); }`, `must(c); ${list}`), fired],
  ['what must be true', guarded(`function must(is) { if (!is) throw new Error('no'); } const ok = (s) => ${named};`, `must(ok(c)); ${list}`), []],
  ['what gives nothing where it is not', guarded(`const orNull = (s) => (${named} ? s : null);`, `const c2 = orNull(c); if (c2) exec('ls ' + c2);`), []],
  ['what an empty text gives', guarded('', `exec('ls ' + (c && c.length === 1));`), []],
])('checks of its own: %s', (_, code, expected) => expect(flows(code)).toEqual(expected));

test.each<[string, string, string[]]>([
  ['a variable that is set again before', `let n = null; n = c; if (!/^[a-z]+$/.test(n)) return; setTimeout(() => exec(n), 5);`, []],
  ['one within the other', `let n = 'x'; if (c) n = c; if (!/^[a-z]+$/.test(n)) return; later(() => later(() => exec(n)));`, []],
  ['a variable that is set again after', `let n = c; if (!/^[a-z]+$/.test(n)) return; later(() => exec(n)); n = c;`, fired],
  ['a function that was made before', `let n = 'x'; const go = () => exec(n); if (!/^[a-z]+$/.test(c)) return; n = 'y'; n = d; go();`, fired],
  ['a variable that an inner function sets', `let n = 'x'; later(() => { n = c; }); if (!/^[a-z]+$/.test(n)) return; later(() => exec(n));`, fired],
])('checks of what inner functions see: %s', (_, body, expected) => expect(flows(`${exec} const later = setImmediate;\nmodule.exports = (c, d) => { ${body} };`)).toEqual(expected));

test('flows cross files by require, by import and by what is handed on', () => {
  const run = `${exec}\nexports.run = (c) => exec(c);`;
  expect(flows({ 'a.js': `const { run } = require('./b'); module.exports = (c) => run('ls ' + c);`, 'b.js': run }, 'application')).toEqual([]);
  const server = `require('http').createServer((req, res) => run(req.url));`;
  expect(flows({ 'a.js': `const { run } = require('./b'); ${server}`, 'b.js': run }, 'application')).toEqual(['command-injection b.js:2']);
  expect(flows({ 'a.js': `import { run } from './c.js'; import http from 'http'; http.createServer((req) => run(req.url));`, 'b.js': `import { exec } from 'child_process';\nexport function run(c) { exec(c); }`, 'c.js': `export * from './b.js';` }, 'application')).toEqual([
    'command-injection b.js:2',
  ]);
});

test('the order of files changes nothing', () => {
  const files = { 'a.js': `const { run } = require('./b'); require('http').createServer((req) => run(req.url));`, 'b.js': `${exec}\nexports.run = (c) => exec(c);` };
  expect(flows(Object.fromEntries(Object.entries(files).reverse()), 'application')).toEqual(flows(files, 'application'));
});

/** What a flow says of checks, and of further sinks. */
function notes(code: string): string[] {
  const { flows: found } = analyse(programOf({ 'a.js': code }, 'library'), { overBudget: () => false, mostFacts: 1_000_000 });
  return found.flatMap(({ steps, also }) => [...steps.flatMap(({ check }) => check ?? []), ...also.map(({ message }) => `also ${message}`)]);
}

test.each<[string, string, string[]]>([
  ['a beginning', `${exec} module.exports = (c) => { if (c.startsWith('git ')) exec(c); };`, ['by startsWith, which leaves open what follows']],
  ['a type', `${exec} module.exports = (c) => { if (typeof c !== 'string') return; exec(c); };`, ['by its type, which says nothing of what it holds']],
  ['an expression', `${exec} module.exports = (c) => { if (/[a-z]+/.test(c)) exec('ls ' + c); };`, ['by test, with an expression that lets through what is dangerous here']],
  ['one text that is kept out', `${exec} module.exports = (c) => { if (c.includes(';')) return; exec('ls ' + c); };`, ['by includes, which keeps out less than is dangerous here: ";"']],
  ['one value that is kept out', `${exec} module.exports = (c) => { if (c !== 'rm') exec(c); };`, ['it is only known not to be "rm"']],
  ['whether it is there', `${exec} module.exports = (c) => { if (c) exec(c); };`, []],
  ['a long text is not repeated', `${exec} module.exports = (c) => { if (c !== 'hunter2-hunter2') exec(c); };`, ['it is only known not to be one text']],
])('checks that do not suffice are told: %s', (_, code, expected) => expect(notes(code)).toEqual(expected));

test('one cause is one flow', () => {
  const cp = `const cp = require('child_process');`;
  expect(notes(`${cp} module.exports = (c) => { cp.spawn(c); cp.exec(c); };`)).toEqual(['also child_process.spawn']);
  expect(notes(`${cp} module.exports = (c) => cp.exec(c, () => cp.execSync(c));`)).toEqual(['also child_process.execSync']);
  expect(flows(`${cp}\nmodule.exports = (c) => { cp.exec('a ' + c);\n cp.exec('b ' + c); };`)).toEqual(['command-injection a.js:2', 'command-injection a.js:3']);
});

test('the content of a file that callers name is theirs', () => {
  const fs = `const fs = require('fs'); module.exports = (name) =>`;
  const kinds = (code: string): string[] => analyse(programOf({ 'a.js': code }, 'library'), { overBudget: () => false, mostFacts: 1_000_000 }).flows.filter(({ class: name }) => name === 'code-injection').map(({ sourceKind }) => sourceKind);
  expect(kinds(`${fs} eval(fs.readFileSync(name, 'utf8'));`)).toEqual(['parameter']);
  expect(kinds(`${fs} fs.readFile(name, (error, text) => eval(text));`)).toEqual(['parameter']);
  expect(kinds(`${fs} eval(fs.readFileSync('own.js', 'utf8'));`)).toEqual(['file']);
});

test('an object with members is what is written, an empty one is a step on the way', () => {
  const walk = (made: string): string => `exports.set = (o, path, v) => { let node = o; for (const k of path.split('.')) { node[k] = ${made}; node = node[k]; } };`;
  expect(flows(walk('{ v }'))).toEqual(['prototype-pollution a.js:1']);
  expect(flows(walk('{}'))).toEqual([]);
});

const read = (body: string): string => `const fs = require('fs'); const path = require('path'); require('http').createServer((req, res) => { ${body} });`;
test.each<[string, string, string[]]>([
  ['a member that is read again', 'if (/^[a-z]+$/.test(req.body.a)) fs.readFile(req.body.a);', []],
  ['a member that is read again after another way was left', 'if (!["x"].includes(req.body.a)) return; log(); fs.readFile(req.body.a);', []],
  ['another member than the one that was asked', 'if (/^[a-z]+$/.test(req.body.a)) fs.readFile(req.body.b);', ['path-traversal a.js:1']],
  ['a member that was written in between', 'if (/^[a-z]+$/.test(req.body.a)) { req.body.a = req.url; fs.readFile(req.body.a); }', ['path-traversal a.js:1']],
  ['a member of what was written in between', 'if (/^[a-z]+$/.test(req.body.a)) { req.body = req.query; fs.readFile(req.body.a); }', ['path-traversal a.js:1']],
  ['a member that may have been written under a computed name', 'if (/^[a-z]+$/.test(req.body.a)) { req.body[req.url] = req.url; fs.readFile(req.body.a); }', ['path-traversal a.js:1']],
  ['a member that was absent when it was asked', 'if (req.body.a === undefined) { fill(req); fs.readFile(req.body.a); }', ['path-traversal a.js:1']],
  ['an answer that a variable keeps', 'const n = req.url; const ok = /^[a-z]+$/.test(n); if (ok) fs.readFile(n);', []],
  ['an answer about what the variable held before', 'let n = req.url; const ok = /^[a-z]+$/.test(n); n = req.body; if (ok) fs.readFile(n);', ['path-traversal a.js:1']],
  ['its beginning is the folder', 'const f = req.url; if (f.slice(0, root.length) !== root) return; fs.readFile(f);', []],
  ['its beginning is a slash', 'const f = req.url; if (f.slice(0, 1) !== "/") return; fs.readFile(f);', ['path-traversal a.js:1']],
  ['the way from the folder does not lead up', 'const f = path.join("/srv", req.url); if (/^\\.\\./.test(path.relative("/srv", f))) return; fs.readFile(f);', []],
  ['the same, kept in a variable', 'const f = path.join("/srv", req.url); const way = path.relative("/srv", f); if (way.startsWith("..")) return; fs.readFile(f);', []],
  ['the way to another file', 'const f = path.join("/srv", req.url); if (/^\\.\\./.test(path.relative("/srv", req.body))) return; fs.readFile(f);', ['path-traversal a.js:1']],
  ['what is greater than a number is one', 'const n = req.url; if (n > 3) fs.readFile(n);', []],
  ['what is not less than a number may be text', 'const n = req.url; if (n < 3) return; fs.readFile(n);', ['path-traversal a.js:1']],
])('checks of members, paths and numbers: %s', (_, body, expected) => expect(flows(read(body), 'application')).toEqual(expected));

const shown = (made: string): string => `const map = { '<': '&lt;' }; require('express')().get('/', (req, res) => res.send('Hi ' + ${made}));`;

test.each<[string, string, string[]]>([
  ['what opens a tag', String.raw`String(req.query.a).replace(/&/g, '&amp;').replace(/</g, '&lt;')`, []],
  ['only the first', String.raw`req.query.a.replace(/</, '&lt;')`, ['cross-site-scripting a.js:1']],
  ['the first, by a text', String.raw`req.query.a.replace('<', '&lt;')`, ['cross-site-scripting a.js:1']],
  ['all, by a text', String.raw`req.query.a.replaceAll('<', '&lt;')`, []],
  ['something else', String.raw`req.query.a.replace(/&/g, '&amp;')`, ['cross-site-scripting a.js:1']],
  ['by what is no better', String.raw`req.query.a.replace(/</g, '<b')`, ['cross-site-scripting a.js:1']],
  ['by what a table has', String.raw`req.query.a.replace(/[&<>"']/g, (one) => map[one])`, []],
  ['by what the input has', String.raw`req.query.a.replace(/</g, req.query.b)`, ['cross-site-scripting a.js:1']],
  ['all but letters', String.raw`req.query.a.replace(/[^a-z]/gi, '')`, []],
])('what is replaced in a text: %s', (_, made, expected) => expect(flows(shown(made), 'application')).toEqual(expected));

test.each<[string, string, string[]]>([
  ['the own address and what follows', "const own = window.location.href.replace('x/', '') + 'api/'; window.open(own + location.search);", []],
  ['the address of another place', "window.open('https://' + location.hash);", ['open-redirect a.js:1']],
  ['a part of the own address', "window.open(location.href.split('to=')[1] + '/x');", ['open-redirect a.js:1']],
  ['the path of the own address', 'window.open(location.pathname);', []],
  ['the whole own address, and what it begins with', "location.href = location.href.replace('/-/', '/#/'); location.replace(document.location.toString().split('#')[0] + '#' + location.hash); open(document.URL.slice(0, 9) + location.search);", []],
  ['the own address as a base', "const u = new URL('/x', location.href); u.searchParams.set('q', 'x'); location.href = u.toString(); const w = new URL(location.href); location.href = w;", []],
  ['a part of the own address, taken apart', "location.href = new URL(location.href).searchParams.get('next');", ['open-redirect a.js:1']],
  ['what stands before the own address', "location.href = new URL(location.hash.slice(1), location.href).href;", ['open-redirect a.js:1']],
  ['the address of a request of its own', "const r = new Request('/a'); location.href = r.url;", []],
  ['a page has no inner network to reach', 'fetch(location.hash.slice(1));', []],
  ['a request that is only made', "require('express')().get('/', (req, res) => { new Request(req.query.to); res.end(); });", []],
  ['what a hook looked up by input', "import { useParams } from 'react-router-dom'; import { api } from './api'; export const F = () => { const { data } = api.things.useQuery({ id: useParams().id }); document.body.innerHTML = data; };", []],
  ['what a setting begins', "require('express')().get('/', (req, res) => res.redirect(require('./config').baseUrl + req.query.to));", []],
  ['a setting that comes with the request', "require('express')().get('/', (req, res) => res.redirect(req.query.baseUrl + '/home'));", ['open-redirect a.js:1']],
  ['what was looked up by input', "require('express')().get('/', async (req, res) => res.send(await require('./store').users.findUser(req.query.id)));", []],
  ['what was made of input', "require('express')().get('/', async (req, res) => res.send(require('./store').users.greet(req.query.id)));", ['cross-site-scripting a.js:1']],
  ['what was waited for', "require('express')().get('/', async (req, res) => res.send(await require('./store').users.greet(req.query.id)));", []],
  ['markup that was made of input', "require('express')().get('/', async (req, res) => res.send(await require('./store').users.getHtml(req.query.id)));", ['cross-site-scripting a.js:1']],
])('addresses and answers: %s', (_, code, expected) => expect(flows(code, 'application')).toEqual(expected));
