import fc from 'fast-check';
import { expect, test } from 'vitest';
import { templateProgram, type TemplateKind } from '#normalize/templates/template-program.ts';
import { loadAnalysis } from './analysis.ts';
import { emptyModule } from './empty-module.ts';
import { loadFrontEnds } from './front-ends.ts';
import { lowerFile } from './lower.ts';
import { fromBytes } from './module-bytes.ts';
import { readAliases } from './path-aliases.ts';
import { cutPrograms } from './program-cut.ts';

const frontEnds = await loadFrontEnds(['javascript']);
const analyse = loadAnalysis();

/** `file:line` of what reaches pages without being encoded. */
function scripted(files: Readonly<Record<string, string>>): string[] {
  const lowered = Object.entries(files).map(([path, text]) => lowerFile(path, Buffer.from(text), frontEnds));
  expect(lowered.flatMap(({ gaps }) => gaps)).toEqual([]);
  const modules = lowered.flatMap(({ head }) => (head === undefined ? [] : [{ head, role: 'code' as const }]));
  const bytes = new Map(lowered.map((file) => [file.path, file.bytes]));
  return cutPrograms({ modules, manifests: [], aliases: readAliases(new Map()), threatModel: 'application' }).flatMap((plan) => {
    const program = { ...plan, modules: plan.modules.map(({ path, empty: _empty, ...rest }) => ({ ...rest, ir: irOf(path, bytes.get(path)) })) };
    return analyse(program, { overBudget: () => false, mostFacts: 500_000 }).flows.filter(({ class: name }) => name === 'cross-site-scripting').map(({ sink: { module, start } }) => {
      const path = plan.modules[module]?.path ?? '';
      return `${path}:${(files[path] ?? '').slice(0, start).split('\n').length}`;
    });
  });
}

const irOf = (path: string, bytes: Uint8Array | undefined): ReturnType<typeof fromBytes> => (bytes === undefined ? emptyModule(path, 'javascript') : fromBytes(bytes));
const app = (render: string): string => `const app = require('express')(); const nunjucks = require('nunjucks');\napp.get('/', (req, res) => { const { q } = req.query; ${render} });`;

test.each<[string, string, string, string, string[]]>([
  ['EJS', 'views/a.ejs', '<b><%= q %></b>\n<%- q %>', "res.render('a', { q })", ['views/a.ejs:2']],
  ['EJS, on lines of its own', 'views/a.ejs', '\n<%-\nq\n%>', "res.render('a', { q })", ['views/a.ejs:2']],
  ['EJS, encoded', 'views/a.ejs', '<b><%= q %></b>\n<%- title %>', "res.render('a', { q, title: 'x' })", []],
  ['EJS, a member and a branch', 'views/a.ejs', '<% if (user) { -%>\n<%- user.bio -%>\n<% } else { %><%- 1 %><% } %>', "res.render('a.ejs', { user: { bio: q } })", ['views/a.ejs:2']],
  ['EJS, a loop', 'views/a.ejs', '<% rows.forEach(function (row) { %>\n<%- row %>\n<% }) %>', "res.render('a', { rows: [q] })", ['views/a.ejs:2']],
  ['EJS, by way of locals', 'views/a.ejs', '<%- locals.q %>', "res.render('a', { q })", ['views/a.ejs:1']],
  ['EJS, another template of the same name', 'views/admin/a.ejs', '<%- q %>', "res.render('b', { q })", []],
  ['EJS, a name that browsers have, too', 'views/a.ejs', '<%- name %>', "res.render('a', { name: 'fixed', q })", []],
  ['EJS, a helper', 'views/a.ejs', "<%- include('head', { q }) %>", "res.render('a', { q })", []],
  ['Handlebars', 'views/a.hbs', '{{q}}\n{{{q}}}', "res.render('a', { q })", ['views/a.hbs:2']],
  ['Mustache', 'views/a.mustache', '{{q}}\n{{& q }}', "res.render('a', { q })", ['views/a.mustache:2']],
  ['Nunjucks', 'views/a.njk', '{{ q }}\n{{ q | safe }}', "nunjucks.render('a.njk', { q })", ['views/a.njk:2']],
  ['Nunjucks, a loop', 'a.njk', '{% for one in rows %}\n{{ one.text|safe }}{% endfor %}', "nunjucks.render('a.njk', { rows: [{ text: q }] })", ['a.njk:2']],
  ['Pug', 'views/a.pug', 'p #{q}\np a !{q} b', "res.render('a', { q })", ['views/a.pug:2']],
  ['Pug, to the end of the line', 'views/a.pug', 'p= q\ndiv.a!= q\np b', "res.render('a', { q })", ['views/a.pug:2']],
])('what a handler hands to a template: %s', (_, path, template, render, expected) => expect(scripted({ 'app.js': app(render), [path]: template })).toEqual(expected));

test('of two templates of a name the one that lies less deep is meant', () => {
  expect(scripted({ 'app.js': app("res.render('a', { q })"), 'views/a.ejs': '<%- q %>', 'views/admin/a.ejs': '<%- q %>' })).toEqual(['views/a.ejs:1']);
});

test('a template that encodes everything is no program, and whatever it holds keeps lines and length', () => {
  expect(templateProgram('ejs', '<%= q %>')).toBeUndefined();
  const piece = fc.constantFrom('<%', '-', '=', '%>', ' q ', 'q.r', '{{{', '}}}', '{{', '}}', '| safe', '{% for a in b %}', '{% endfor %}', '!{', '}', 'p!= q', '\n', '\r\n', 'x', ';', '\u210c');
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom<TemplateKind>('ejs', 'handlebars', 'nunjucks', 'pug'), (pieces, kind) => {
    const text = pieces.join('');
    const program = templateProgram(kind, text);
    if (program !== undefined) expect(program.slice(0, text.length).replace(/[^\r\n]/g, ' ')).toBe(text.replace(/[^\r\n]/g, ' '));
  }));
});
