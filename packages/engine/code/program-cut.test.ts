import { expect, test } from 'vitest';
import { pathTraits } from '#normalize/path-traits.ts';
import type { Language } from '#model/ir.ts';
import type { ImportTarget } from '#model/program.ts';
import { codeFormOf } from './languages.ts';
import { readManifest } from './manifests.ts';
import { readAliases } from './path-aliases.ts';
import { cutPrograms } from './program-cut.ts';
import type { ProgramPlan } from './program-plan.ts';
import { roleOf } from './roles.ts';
import type { ThreatModelChoice } from './threat-model.ts';

/** Files by path: a manifest's text, or what a module imports (and exports, after a bar). */
function cut(files: Readonly<Record<string, string>>, threatModel: ThreatModelChoice = 'auto'): ProgramPlan[] {
  const entries = Object.entries(files);
  return cutPrograms({
    modules: entries.flatMap(([path, text]) => {
      const form = codeFormOf(path);
      if (typeof form !== 'object' || text.startsWith('!')) return [];
      const [imports = '', exports = ''] = text.split('|');
      const head = { path, language: form.language as Language, imports: imports.split(' ').filter(Boolean), exports: exports.split(' ').filter(Boolean) };
      return [{ head, role: roleOf(path, pathTraits(path)) }];
    }),
    manifests: entries.flatMap(([path, text]) => readManifest(path, text.replace(/^!/, '')) ?? []),
    aliases: readAliases(new Map(entries.filter(([path]) => path.endsWith('tsconfig.json')))),
    threatModel,
  });
}

/** What each import of a module means, in words. */
function meanings(plans: readonly ProgramPlan[], path: string): Record<string, string> {
  for (const plan of plans) {
    const module = plan.modules.find((one) => one.path === path);
    const word = (target: ImportTarget): string => (target.kind === 'external' ? `outside:${target.name}` : `${plan.modules[target.module]?.path}${target.name === undefined ? '' : `#${target.name}`}`);
    if (module !== undefined) return Object.fromEntries([...module.imports].map(([text, target]) => [text, word(target)]));
  }
  return {};
}

const exposed = (plans: readonly ProgramPlan[]): string[] => plans.flatMap(({ modules }) => modules.filter((module) => module.exposed).map(({ path }) => path));
const models = (plans: readonly ProgramPlan[]): Record<string, string> => Object.fromEntries(plans.flatMap(({ packages }) => packages.map(({ folder, threatModel }) => [folder, threatModel])));

test('JavaScript is resolved as Node.js and bundlers do', () => {
  const plans = cut({
    'package.json': '{"name": "web", "imports": {"#db": "./src/db.ts", "#out/*": "lodash/*"}}',
    'tsconfig.json': '{ // loose\n "compilerOptions": {"baseUrl": ".", "paths": {"~lib/*": ["src/lib/*"],}} }',
    'src/a.ts': './db ./db.js ./lib ../src/lib/ node:fs fs/promises express @koa/router #db #out/map ~lib/util @/db @acme/kit @acme/kit/extra ./models.User express.Request ./gone ../../outside ./page.vue?raw src/db',
    'src/db.ts': '', 'src/models.ts': '|User', 'src/lib/index.js': '', 'src/lib/util.ts': '', 'src/page.vue': '',
    'kit/package.json': '{"name": "@acme/kit", "main": "dist/index.js", "exports": {".": {"types": "./x.d.ts", "import": "./dist/index.js"}, "./*": "./dist/*.js"}}',
    'kit/src/index.ts': '', 'kit/src/extra.ts': '',
  });
  expect(plans).toHaveLength(1);
  expect(meanings(plans, 'src/a.ts')).toEqual({
    './db': 'src/db.ts', './db.js': 'src/db.ts', './lib': 'src/lib/index.js', '../src/lib/': 'src/lib/index.js', 'node:fs': 'outside:fs', 'fs/promises': 'outside:fs/promises',
    express: 'outside:express', '@koa/router': 'outside:@koa/router', '#db': 'src/db.ts', '#out/map': 'outside:lodash/map', '~lib/util': 'src/lib/util.ts', '@/db': 'src/db.ts',
    '@acme/kit': 'kit/src/index.ts', '@acme/kit/extra': 'kit/src/extra.ts', './models.User': 'src/models.ts#User', 'express.Request': 'outside:express.Request', './page.vue?raw': 'src/page.vue', 'src/db': 'src/db.ts',
  });
});

test('Python is resolved from the file upwards, with folders as packages', () => {
  const plans = cut({
    'pyproject.toml': '[project]\nname = "x"\n', 'src/app/__init__.py': '', 'src/app/models.py': '', 'src/app/sub/tool.py': '',
    'src/app/views.py': 'app.models app src.app.models app.models.User os.path flask app.sub app.sub.tool', 'scripts/run.py': 'shared app', 'scripts/shared.py': '', 'queue.py': 'queue',
  });
  expect(meanings(plans, 'src/app/views.py')).toEqual({
    'app.models': 'src/app/models.py', app: 'src/app/__init__.py', 'src.app.models': 'src/app/models.py', 'app.models.User': 'src/app/models.py#User', 'os.path': 'outside:os.path',
    flask: 'outside:flask', 'app.sub': 'src/app/sub', 'app.sub.tool': 'src/app/sub/tool.py',
  });
  expect(meanings(plans, 'scripts/run.py')).toEqual({ shared: 'scripts/shared.py', app: 'src/app/__init__.py' });
  expect(meanings(plans, 'queue.py')).toEqual({ queue: 'outside:queue' });
  const [plan] = plans as [ProgramPlan];
  const at = (path: string): number => plan.modules.findIndex((module) => module.path === path);
  expect(plan.modules[at('src/app/__init__.py')]?.submodules).toEqual(new Map([['models', at('src/app/models.py')], ['views', at('src/app/views.py')], ['sub', at('src/app/sub')]]));
  expect(plan.modules[at('src/app/sub')]).toMatchObject({ empty: true, submodules: new Map([['tool', at('src/app/sub/tool.py')]]) });
});

test('Java classes are found by package and name, the nearest first', () => {
  const plans = cut({
    'pom.xml': '<project><artifactId>x</artifactId><packaging>war</packaging></project>',
    'a/src/main/java/com/acme/Foo.java': 'com.acme.Bar com.acme.Foo.Inner com.acme.Hidden java.sql.Statement com.acme.Foo', 'a/src/main/java/com/acme/Bar.java': '|Bar Hidden Foo.Inner', 'b/src/main/java/com/acme/Bar.java': '|Bar',
  });
  expect(meanings(plans, 'a/src/main/java/com/acme/Foo.java')).toEqual({
    'com.acme.Bar': 'a/src/main/java/com/acme/Bar.java#Bar', 'com.acme.Foo.Inner': 'a/src/main/java/com/acme/Foo.java#Foo.Inner', 'com.acme.Hidden': 'a/src/main/java/com/acme/Bar.java#Hidden',
    'java.sql.Statement': 'outside:java.sql.Statement', 'com.acme.Foo': 'a/src/main/java/com/acme/Foo.java#Foo',
  });
  expect(models(plans)).toEqual({ '': 'application' });
});

test('packages that do not import one another are programs of their own', () => {
  const plans = cut({ 'a/package.json': '{"name": "a"}', 'a/x.js': '', 'a/y.js': '', 'b/package.json': '{"name": "b"}', 'b/z.js': 'c', 'c/package.json': '{"name": "c"}', 'c/index.js': '', 'w.py': '' });
  expect(plans.map(({ modules }) => modules.map(({ path }) => path))).toEqual([['a/x.js', 'a/y.js'], ['b/z.js', 'c/index.js'], ['w.py']]);
});

test('what a package is decides what its callers may be', () => {
  const server = '{"name": "shop", "main": "app.js", "scripts": {"start": "node app.js"}, "dependencies": {"express": "4"}}';
  const files = {
    'shop/package.json': server, 'shop/app.js': '', 'lib/package.json': '{"name": "lib", "main": "lib/main"}', 'lib/lib/main.js': './inner', 'lib/lib/inner.js': '', 'lib/other.js': '', 'lib/test/all.js': '../other', 'lib/Gruntfile.js': '',
    'shut/package.json': '{"name": "shut", "exports": "./i.mjs"}', 'shut/i.mjs': '', 'shut/deep.mjs': '', 'own/package.json': '{"name": "own", "private": true, "main": "o.js"}', 'own/o.js': '',
    'cli/package.json': '{"name": "cli", "bin": "cli.js"}', 'cli/cli.js': '',
  };
  expect(models(cut({ 'a.js': '' , 'b/package.json': '{"dependencies": {}}', 'b/x.js': '', 'c/package.json': '{"dependencies": {}}', 'c/x.js': 'koa' }))).toEqual({ '': 'application', b: 'library', c: 'application' });
  expect(models(cut({ 'index.js': '', 'b/package.json': '{"name": "b",', 'b/x.js': '', 'c/package.json': '{"type": "module"', 'c/index.js': '' }))).toEqual({ '': 'library', b: 'library' });
  expect(models(cut({ 'index.js': 'koa' }))).toEqual({ '': 'application' });
  expect(models(cut(files))).toEqual({ shop: 'application', lib: 'library', shut: 'library', own: 'application', cli: 'application' });
  expect(exposed(cut(files))).toEqual(['lib/lib/main.js', 'lib/other.js', 'shut/i.mjs']);
  expect(exposed(cut(files, 'application'))).toEqual([]);
});

test('a folder with an index that stands for itself is a package without a manifest', () => {
  const files = { 'a/index.js': './inner', 'a/inner.js': '', 'a/deep/index.js': '', 'b/index.js': '../shared', 'shared.js': '', 'c/index.js': '', 'd/x.js': '../c', 'e/index.js': 'koa', 'f/x.js': '' };
  expect(models(cut(files))).toEqual({ '': 'application', a: 'library', e: 'application' });
  expect(exposed(cut(files))).toEqual(['a/deep/index.js', 'a/index.js']);
  expect(models(cut({ 'a/index.js': '', 'index.js': '' }))).toEqual({ '': 'library' });
});

test('a module whose name is known in part is any of those that it may be', () => {
  const files = { 'package.json': '{"name": "web"}', 'index.js': './routes/* ./routes/*.js ./plugin-* ./routes/a* ./gone/*', 'routes/a.js': './*', 'routes/b.ts': '', 'routes/c/index.js': '', 'routes/c/d.js': '', 'plugin-x.js': '' };
  expect(Object.keys(meanings(cut(files), 'index.js'))).toEqual([
    './routes/*\nroutes/a.js', './routes/*\nroutes/b.ts', './routes/*\nroutes/c/index.js', './routes/*.js\nroutes/a.js', './routes/*.js\nroutes/b.ts', './routes/*.js\nroutes/c/index.js',
    './plugin-*\nplugin-x.js', './routes/a*\nroutes/a.js',
  ]);
  expect(Object.values(meanings(cut(files), 'routes/a.js'))).toEqual(['routes/b.ts', 'routes/c/index.js']);
  const many = Object.fromEntries(Array.from({ length: 61 }, (_, at) => [`routes/${at}.js`, '']));
  expect(meanings(cut({ ...many, 'index.js': './routes/*' }), 'index.js')).toEqual({});
});
