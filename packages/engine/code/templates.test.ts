import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asTemplate, fileOf } from '#model/page-path.ts';
import { templateProgram } from '#normalize/templates/template-program.ts';
import { loadAnalysis } from './analysis.ts';
import { loadFrontEnds } from './front-ends.ts';
import { loosePrograms } from './loose-programs.ts';
import { lowerFile } from './lower.ts';

const frontEnds = await loadFrontEnds(['javascript', 'python']);
const analyse = loadAnalysis();

/** A page is a template of what the program is written in. */
function asModule(path: string, files: Readonly<Record<string, string>>): string {
  return path.endsWith('.html') ? asTemplate(path, 'app.py' in files ? 'jinja' : 'nunjucks') : path;
}

/** `file:line` of what reaches pages without being encoded. */
function scripted(files: Readonly<Record<string, string>>): string[] {
  const lowered = Object.entries(files).map(([path, text]) => lowerFile(asModule(path, files), Buffer.from(text), frontEnds));
  expect(lowered.flatMap(({ gaps }) => gaps)).toEqual([]);
  return loosePrograms(lowered).flatMap(({ plan, program }) => {
    return analyse(program, { overBudget: () => false, mostFacts: 500_000 }).flows.filter(({ class: name }) => name === 'cross-site-scripting').map(({ sink: { module, start } }) => {
      const path = fileOf(plan.modules[module]?.path ?? '');
      return `${path}:${(files[path] ?? '').slice(0, start).split('\n').length}`;
    });
  });
}

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
  ['EJS, what a middleware leaves for all', 'views/a.ejs', '<%= q %>\n<%- q %><%- other %>', "res.render('a'); }); app.use((req, res, next) => { res.locals.q = req.query.q; next();", ['views/a.ejs:2']],
  ['EJS, several things that are left at once', 'views/a.ejs', '<%= q %>\n<%- q %><%- other %>', "res.render('a'); }); app.use((req, res, next) => { Object.assign(res.locals, { q: req.query.q, other: 1 }); next();", ['views/a.ejs:2']],
  ['EJS, all that is left', 'views/a.ejs', '<%= q %>\n<%- q %><%- other %>', "res.render('a'); }); app.use((req, res, next) => { res.locals = { q: req.query.q, other: 1 }; next();", ['views/a.ejs:2']],
  ['Handlebars, what a middleware leaves for all', 'views/a.hbs', '{{{q}}}', "res.render('a', {}); }); app.use((req, res) => { app.locals.q = req.query.q;", ['views/a.hbs:1']],
  ['Handlebars, a list', 'views/a.hbs', '{{#each rows}}\n<li>{{{this.text}}}</li><li>{{this.text}}</li>\n{{/each}}', "res.render('a', { rows: [{ text: q }] })", ['views/a.hbs:2']],
  ['Handlebars, elements of a list by another name', 'views/a.hbs', '{{#each page.rows as |row|}}\n<li>{{{row.text}}}</li>{{/each}}', "res.render('a', { page: { rows: [{ text: q }] } })", ['views/a.hbs:2']],
  ['Handlebars, a member within a list', 'views/a.hbs', '{{#each rows}}\n<li>{{{ text }}} and more</li>{{/each}}', "res.render('a', { rows: [{ text: q }], text: 'a' })", ['views/a.hbs:2']],
  ['Handlebars, something round a list', 'views/a.hbs', '{{#each rows}}\n<li>{{{../q}}} and more</li>{{/each}}', "res.render('a', { rows: ['a'], q })", ['views/a.hbs:2']],
  ['Handlebars, within a member', 'views/a.hbs', '{{#with user}}{{#if bio}}\n<p>{{{bio}}} and more</p>{{/if}}{{/with}}', "res.render('a', { user: { bio: q } })", ['views/a.hbs:2']],
  ['Handlebars, another list', 'views/a.hbs', '{{#each rows}}\n<li>{{{this.text}}}</li>{{/each}}', "res.render('a', { rows: [{ text: 'a' }], text: q })", []],
  ['Mustache, a section', 'views/a.mustache', '{{#rows}}\n<li>{{{text}}} and more</li>{{/rows}}', "res.render('a', { rows: [{ text: q }] })", ['views/a.mustache:2']],
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
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom('ejs' as const, 'handlebars' as const, 'nunjucks' as const, 'pug' as const), (pieces, kind) => {
    const text = pieces.join('');
    const program = templateProgram(kind, text);
    if (program !== undefined) expect(program.slice(0, text.length).replace(/[^\r\n]/g, ' ')).toBe(text.replace(/[^\r\n]/g, ' '));
  }));
});

const flask = (render: string): string => `from flask import Flask, request, render_template\nimport html\napp = Flask(__name__)\n@app.route('/')\ndef index():\n    q = request.args['q']\n    return ${render}\n`;

test.each<[string, string, string, string[]]>([
  ['encoded', '<b>{{ q }}</b>', "render_template('a.html', q=q)", []],
  ['not encoded', '<b>{{ q }}</b>\n{{ q|safe }}', "render_template('a.html', q=q)", ['templates/a.html:2']],
  ['encoded by hand', '{{ q|e|safe }}\n{{ q|tojson|safe }}{{ q|length|safe }}', "render_template('a.html', q=q)", []],
  ['encoded before', '{{ q|safe }}', "render_template('a.html', q=html.escape(q))", []],
  ['a filter that is not known', '{{ q|markdown|safe }}', "render_template('a.html', q=q)", []],
  ['encoding turned off', "{% autoescape false %}\n{{ q }}{% endautoescape %}\n{{ q }}", "render_template('a.html', q=q)", ['templates/a.html:2']],
  ['a member and a key', "{{ user.bio|safe }}\n{{ user['name']|safe }}\n{{ user.age|safe }}", "render_template('a.html', user={'bio': q, 'name': q, 'age': 3})", ['templates/a.html:1', 'templates/a.html:2']],
  ['another name', '{{ title|safe }}', "render_template('a.html', q=q, title='x')", []],
  ['a loop, and what it binds', '{% for one in rows %}\n{{ one|safe }}\n{% endfor %}\n{{ one|safe }}', "render_template('a.html', rows=[q])", ['templates/a.html:2']],
  ['a variable', '{% set x = q ~ "!" %}\n{{ x|safe }}', "render_template('a.html', q=q)", ['templates/a.html:2']],
  ['one of two', '{{ (q if q else "none")|safe }}', "render_template('a.html', q=q)", ['templates/a.html:1']],
  ['a dictionary that is spread', '{{ q|safe }}', "render_template('a.html', **{'q': q})", ['templates/a.html:1']],
  ['the request itself', '{{ request.args.get("x")|safe }}', "render_template('a.html')", ['templates/a.html:1']],
  ['an attribute without quotes', '<a class={{ q }}>x</a>\n<a class="{{ q }}">', "render_template('a.html', q=q)", ['templates/a.html:1']],
  ['a script', '<script>\nlet a = {{ q }};\nlet b = "{{ q }}";\nlet c = `{{ q }}`;\nlet d = {{ q|tojson }};\n</script>{{ q }}', "render_template('a.html', q=q)", ['templates/a.html:2', 'templates/a.html:4']],
  ['data in a script', '<script type="application/json">{{ q }}</script>', "render_template('a.html', q=q)", []],
  ['a handler of events', `<a onclick="go('{{ q }}')">x</a>`, "render_template('a.html', q=q)", ['templates/a.html:1']],
  ['a comment and raw text', '{# {{ q|safe }} #}{% raw %}{{ q|safe }}{% endraw %}', "render_template('a.html', q=q)", []],
  ['a macro', '{% macro show(x) %}\n{{ x|safe }}\n{% endmacro %}{{ show(q) }}', "render_template('a.html', q=q)", ['templates/a.html:2']],
  ['a number', '{{ q|safe }}', "render_template('a.html', q=int(q))", []],
])('what a view hands to a template of Jinja: %s', (_, template, render, expected) => expect(scripted({ 'app.py': flask(render), 'templates/a.html': template })).toEqual(expected));

test.each<[string, Readonly<Record<string, string>>, string[]]>([
  ['included', { 'templates/a.html': '{% include "b.html" %}', 'templates/b.html': '{{ q|safe }}' }, ['templates/b.html:1']],
  ['extended', { 'templates/a.html': '{% extends "b.html" %}{% block x %}\n{{ q|safe }}{% endblock %}', 'templates/b.html': '{% block x %}{% endblock %}\n\n{{ q|safe }}' }, ['templates/a.html:2', 'templates/b.html:3']],
  ['whose macro is used', { 'templates/a.html': '{% from "m.html" import show %}{{ show(q) }}', 'templates/m.html': '{% macro show(x) %}{{ x|safe }}{% endmacro %}' }, ['templates/m.html:1']],
  ['of a name whose outputs Flask does not encode', { 'templates/a.j2': '{{ q }}' }, ['templates/a.j2:1']],
  ['that is no page', { 'templates/a.txt.j2': '' }, []],
])('a template of Flask %s', (_, files, expected) => expect(scripted({ 'app.py': flask(`render_template('${Object.keys(files)[0]?.slice(10) ?? ''}', q=q)`), ...files })).toEqual(expected));

test.each<[string, string, string[]]>([
  ['Django', "from django.shortcuts import render\ndef index(request):\n    return render(request, 'app/a.html', {'q': request.GET['q']})\n", ['app/templates/app/a.html:2']],
  ['FastAPI, as it was', "from fastapi import FastAPI, Request\nfrom fastapi.templating import Jinja2Templates\napp = FastAPI()\nt = Jinja2Templates(directory='templates')\n@app.get('/')\ndef index(request: Request, q: str):\n    return t.TemplateResponse('app/a.html', {'request': request, 'q': q})\n", ['app/templates/app/a.html:2']],
  ['FastAPI', "from fastapi import FastAPI, Request\nfrom fastapi.templating import Jinja2Templates\napp = FastAPI()\nt = Jinja2Templates(directory='templates')\n@app.get('/')\ndef index(request: Request, q: str):\n    return t.TemplateResponse(request, 'app/a.html', context={'q': q})\n", ['app/templates/app/a.html:2']],
  ['Jinja alone', "from flask import Flask, request\nfrom jinja2 import Environment, FileSystemLoader\napp = Flask(__name__)\nenv = Environment(loader=FileSystemLoader('templates'), autoescape=True)\n@app.route('/')\ndef index():\n    return env.get_template('app/a.html').render(q=request.args['q'])\n", ['app/templates/app/a.html:2']],
])('templates of %s', (_, code, expected) => {
  expect(scripted({ 'app.py': code, 'app/views.py': code, 'app/templates/app/a.html': '{{ q }}\n{{ q|default:"x"|safe }}' }).filter((one) => one.includes('.html'))).toEqual(expected);
});

test('pages are templates of Nunjucks where the environment says so', () => {
  expect(scripted({ 'app.js': app("res.render('a.html', { q })"), 'views/a.html': '{{ q }}\n{{ q | safe }}' })).toEqual(['views/a.html:2']);
});
