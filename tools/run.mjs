/**
 * Runs one of the repository's programs: installs what is missing, makes what is generated, and hands over to the repository's own
 * Node. Plain JavaScript that runs on Node 20. Speaks on stderr only.
 *
 *     node tools/run.mjs SCRIPT [ARGS...]
 *     node tools/run.mjs --setup-only
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const marker = join(root, 'node_modules', '.watchward-setup');
const launcher = join(root, 'apps', 'cli', 'launch.mjs');

function fail(message) {
  process.stderr.write(`watchward: ${message}\n`);
  process.exit(2);
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** True when every package that the lock file requires is installed in that version, whoever installed it. */
function isInstalled(lock) {
  const installed = readOrEmpty(join(root, 'node_modules', '.package-lock.json'));
  if (installed === '') return false;
  const present = new Map(Object.entries(JSON.parse(installed).packages ?? {}));
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, wanted]) => path === '' || wanted.optional === true || present.get(path)?.version === wanted.version,
  );
}

function setUp() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  if (readOrEmpty(marker) === hash) return;
  if (!isInstalled(lock)) install();
  writeFileSync(marker, hash);
}

function install() {
  process.stderr.write('watchward: first use: installing what this checkout needs into node_modules (about 400 MB)\n');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm's own settings for the script that is running now must not reach the npm that installs.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?:config_loglevel|lifecycle|package|command)/.test(name)));
  const result = spawnSync('npm', args, { cwd: root, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.error !== undefined) fail(`npm could not be started (${result.error.message}). Install npm, then run the command again.`);
  if (result.status !== 0) {
    fail(`\`npm ${args.join(' ')}\` failed in ${root}; its message is above. Mend that (registry, proxy, disk space), then run the command again.`);
  }
}

/** What `tools/generate.ts` reads: a newer time in one of these means that it has work to do. */
const generatedFrom = [
  'content', 'packages/analyze/detectors', 'packages/analyze/proofs', 'packages/normalize/mappings', 'packages/act/reporters',
  'packages/analyze/stream-detectors', 'packages/sources/event-sources', 'packages/act/sinks',
  'apps/cli/commands', 'tools/generate.ts', 'tools/generate-content.ts', 'tools/recordings', 'packages/formats/text-rule.ts',
];

function newerThan(time, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.mtimeMs > time) return true;
  return stat.isDirectory() && readdirSync(path).some((name) => newerThan(time, join(path, name)));
}

function generate(node) {
  const stamp = join(root, '.generated', 'stamp');
  const made = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (!generatedFrom.some((path) => newerThan(made, join(root, path)))) return;
  const began = new Date();
  const result = spawnSync(node, [join(root, 'tools', 'generate.ts')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status === 0) utimesSync(stamp, began, began);
  else process.stderr.write('watchward: some content could not be compiled and is left out; see above\n');
}

/** npm runs scripts in the package's folder and remembers where the user was. */
function typedIn() {
  const here = process.cwd();
  const { INIT_CWD: typed, npm_lifecycle_event: event } = process.env;
  return event !== undefined && typed !== undefined && here === root ? typed : here;
}

async function run([script, ...args]) {
  if (script === undefined) fail('usage: node tools/run.mjs SCRIPT [ARGS...] | --setup-only');
  setUp();
  const { become, findNode, launch } = await import(launcher);
  const node = findNode();
  if (node === undefined) {
    fail(`Node 24 or newer is needed, this is ${process.versions.node}, and none was installed from npm for ${process.platform}-${process.arch}. Install Node 26.`);
  }
  generate(node);
  if (script === '--setup-only') return;
  if (resolve(root, script) === launcher) return launch(args, typedIn());
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` };
  become(node, [resolve(root, script), ...args], { cwd: process.cwd(), env });
}

await run(process.argv.slice(2));
