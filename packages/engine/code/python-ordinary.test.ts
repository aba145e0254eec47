import { expect, it } from 'vitest';
import { loadAnalysis } from './analysis.ts';
import { runCodeCase } from './case-run.ts';
import { loadFrontEnds } from './front-ends.ts';
import { loosePrograms } from './loose-programs.ts';
import { lowerFile } from './lower.ts';

/** What ordinary programs do with what comes in: lines with `# HERE` are findings, no others. */
const analyse = loadAnalysis();
const frontEnds = await loadFrontEnds(['python']);
const head = 'import os, re, requests\nfrom pathlib import Path\nfrom flask import Flask, request, redirect, make_response\nfrom markupsafe import Markup\nfrom urllib.parse import urlparse\nfrom somewhere import store, things, wraps_it, settings, ask\nimport sqlalchemy as sa\nfrom flask_sqlalchemy import SQLAlchemy\nfrom django.db import models\napp = Flask(__name__)\ndb = SQLAlchemy(app)\n';

function differences(rule: string, code: string): string[] {
  const { lines, problems } = runCodeCase({ name: 'test', language: 'python', class: rule, line: undefined, threatModel: 'application', files: new Map([['app.py', code]]) }, { frontEnds, analysis: analyse, forms: [] });
  expect(problems).toEqual([]);
  const due = code.split('\n').flatMap((line, at) => (line.includes('# HERE') ? [at + 1] : []));
  return [...lines.filter((line) => !due.includes(line)).map((line) => `fires on line ${line}`), ...due.filter((line) => !lines.includes(line)).map((line) => `silent on line ${line}`)];
}

const view = (body: string, route = '/', parameters = ''): string => `@app.route('${route}')\ndef view(${parameters}):\n    ${body.replaceAll('\n', '\n    ')}\n    return 'ok'\n`;

it.each<[string, string, string]>([
  ['what is found is not what it was looked for by', 'path-traversal', view("book = store.get_book(request.args['b'])\nopen(book.path)\nopen(things.get(request.args['c']).path)\nfor row in store.query('x').filter(request.args['d']):\n    open(row.path)")],
  ['a path that is asked for by a name', 'path-traversal', view("open(store.get_path(request.args['b']))  # HERE")],
  ['what is stored in one member of something foreign is not in the others', 'path-traversal', view("settings.server = request.args['s']\nopen(settings.log_file)\nopen(settings.server)  # HERE")],
  ['what nobody knows does with all that a wrapper is given', 'cross-site-scripting', "def checked(f):\n    def inner(*args, **kwargs):\n        return wraps_it(f)(*args, **kwargs)\n    return inner\n@app.route('/<x>')\n@checked\ndef view(x):\n    return 'ok'\n"],
  ['a model that is made by names', 'path-traversal', `class Asset(models.Model):\n    kind = models.CharField()\n${view("asset = Asset(name=request.args['n'], kind='x')\nopen(asset.kind)\nchanged = store.one._replace(title=request.args['t'])\nopen(changed.file)\nopen(changed.title)  # HERE")}`],
  ['an item of an instance is no member of it', 'path-traversal', `class Watch(dict):\n    def folder(self):\n        return self.place\n${view("watch = Watch()\nwatch['mode'] = request.args['m']\nopen(watch.folder())\nopen(watch['mode'])  # HERE")}`],
  ['numbers of a route', 'path-traversal', view("open('/srv/' + number)\nopen('/srv/' + name)  # HERE", '/x/<int:number>/<name>', 'number, name')],
  ['names without a way', 'path-traversal', view("open('/srv/' + Path(request.args['a']).name)\nopen('/srv/' + Path(request.args['b']).parent)  # HERE")],
  ['what takes out what is dangerous', 'path-traversal', view("open('/srv/' + re.sub(r'[^a-z0-9_-]', '', request.args['a']))\nopen('/srv/' + request.args['b'].replace('..', '_'))\nopen('/srv/' + re.sub('x', '', request.args['c']))  # HERE\nopen('/srv/' + request.args['d'].replace('a', ''))  # HERE")],
  ['one path for many uses', 'path-traversal', view("place = os.path.join('/srv', request.args['a'])\nos.makedirs(place)  # HERE\nopen(place)\nos.remove(place)\nopen(os.path.join('/etc', request.args['b']))  # HERE")],
  ['values beside columns', 'sql-injection', view("db.session.execute(sa.select(things).where(things.id.in_(request.args.getlist('i'))))\ndb.session.execute(sa.select(things).filter_by(name=request.args['n']))\ndb.session.execute(sa.text('select ' + request.args['c']))  # HERE")],
  ['the address of this site, and where the visitor comes from', 'open-redirect', `${view("if request.args:\n    return redirect(request.path)\nif request.form:\n    return redirect(request.referrer)\nreturn redirect(request.args['next'])  # HERE")}`],
  ['an address that begins as it must', 'open-redirect', view("n = request.args['n']\nif re.match(r'^/[a-z]+', n):\n    return redirect(n)\nif re.match(r'^/.*', n):\n    return redirect(n)  # HERE")],
  ['a function that looks at the host', 'open-redirect', `def is_ours(address):\n    parts = urlparse(address)\n    return parts.netloc == ''\ndef is_long(address):\n    return len(address) > 9\n${view("n = request.args['n']\nif is_ours(n):\n    return redirect(n)\nif is_long(n):\n    return redirect(n)  # HERE")}`],
  ['a page that is no page', 'cross-site-scripting', view("plain = make_response(request.args['a'])\nplain.headers['Content-Type'] = 'text/plain'\nother = make_response(request.args['b'])\nother.mimetype = 'application/json'\nreturn make_response(request.args['c'])  # HERE")],
  ['a number that is asked for', 'path-traversal', view("open('/srv/' + request.args.get('a', type=int))\nopen('/srv/' + request.args.get('b', type=str))  # HERE")],
  ['a function that has another look at the host', 'open-redirect', `def looks(address):\n    return urlparse(address).netloc == ''\ndef is_ours(address):\n    return looks(address)\n${view("n = request.args['n']\nif is_ours(n):\n    return redirect(n)\nreturn redirect(n)  # HERE")}`],
  ['markup of which the text is taken', 'cross-site-scripting', view("store.add(Markup(request.args['a']).striptags())\nstore.add(Markup(request.args['b']))  # HERE")],
])('%s', (_, rule, code) => expect(differences(rule, head + code)).toEqual([]));

it('says that it is not sure where the input goes through a function that asks for the way up', () => {
  const code = (check: string): string => `${head}def clean(path):\n    parts = path.split('/')\n    for part in parts:\n        if ${check}:\n            raise ValueError(path)\n    return '/'.join(parts)\n${view("open('/srv/' + clean(request.args['a']))")}`;
  const told = (text: string): (boolean | undefined)[] => {
    const lowered = lowerFile('app.py', Buffer.from(text), frontEnds);
    return loosePrograms([lowered]).flatMap(({ program }) => analyse(program, { overBudget: () => false, mostFacts: 500_000 }).flows.filter(({ class: name }) => name === 'path-traversal').map(({ validated }) => validated));
  };
  expect(told(code("part == '..'"))).toEqual([true]);
  expect(told(code("part == 'x'"))).toEqual([undefined]);
});

it('only a library has callers: what an application hands to others takes no input of theirs', () => {
  const code = 'import somewhere, os\ndef run(name):\n    os.system(name)\nsomewhere.register(run)\n';
  const run = (threatModel: 'application' | 'library'): readonly number[] => runCodeCase({ name: 'test', language: 'python', class: 'command-injection', line: undefined, threatModel, files: new Map([['app.py', code]]) }, { frontEnds, analysis: analyse, forms: [] }).lines;
  expect([run('application'), run('library')]).toEqual([[], [3]]);
});
