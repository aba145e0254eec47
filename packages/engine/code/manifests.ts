import { posix } from 'node:path';
import { entriesOf } from '#formats/yaml.ts';

/** What a package says of itself, whatever its ecosystem. */
export interface Manifest {
  readonly kind: 'npm' | 'python' | 'java';
  /** Relative to the root, without a slash at its end; empty for the root. */
  readonly folder: string;
  readonly name: string;
  readonly private: boolean;
  /** Files it names as what others import, relative to its folder. */
  readonly entries: readonly string[];
  /** npm: `exports` closes everything else. */
  readonly closed: boolean;
  readonly programs: readonly string[];
  readonly dependencies: ReadonlySet<string>;
  readonly starts: boolean;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

const names = new Map<string, Manifest['kind']>([
  ['package.json', 'npm'], ['pyproject.toml', 'python'], ['setup.py', 'python'], ['setup.cfg', 'python'], ['manage.py', 'python'], ['requirements.txt', 'python'], ['pipfile', 'python'],
  ['pom.xml', 'java'], ['build.gradle', 'java'], ['build.gradle.kts', 'java'],
]);

export function manifestKind(path: string): Manifest['kind'] | undefined {
  return names.get(posix.basename(path).toLowerCase());
}

/** Undefined when it says nothing of a package; the folder is then part of the one round it. */
export function readManifest(path: string, text: string): Manifest | undefined {
  const kind = manifestKind(path);
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  if (kind === 'npm') return readNpm(folder, text);
  if (kind === 'python') return readPython(folder, posix.basename(path).toLowerCase(), text);
  return kind === 'java' ? readJava(folder, text) : undefined;
}

function readNpm(folder: string, text: string): Manifest | undefined {
  const entries = npmEntries(text);
  if (entries === undefined) return undefined;
  const field = (key: string): string | undefined => {
    const value = entries.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const targets = [...stringsIn(entries.get('exports'), 0), ...['main', 'module', 'browser', 'es2015', 'source'].flatMap((key) => field(key) ?? [])];
  const named = field('name') ?? '';
  const bin = entries.get('bin');
  const scripts = entriesOf(entries.get('scripts'));
  const start = [scripts?.get('start'), scripts?.get('dev'), scripts?.get('serve')].filter((one) => typeof one === 'string').join(' ');
  return {
    kind: 'npm',
    folder,
    name: named,
    private: entries.get('private') === true || entries.get('private') === 'true',
    entries: targets.map(relativeTarget).filter((target) => target !== ''),
    closed: entries.has('exports'),
    programs: stringsIn(bin, 0).map(relativeTarget),
    dependencies: new Set(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((key) => [...(entriesOf(entries.get(key))?.keys() ?? [])])),
    starts: /\b(?:node|nodemon|next|nuxt|nest|ts-node|tsx|pm2|vite|react-scripts|ng)\b/.test(start),
    exports: entries.get('exports'),
    imports: entries.get('imports'),
  };
}

/** Fields that say what a package is; a `package.json` without any of them sets a few options for the folder (`type`). */
const telling = ['name', 'main', 'module', 'exports', 'bin', 'dependencies', 'imports'];

/** Of one that is broken all that is known is that there is a package. */
function npmEntries(text: string): Map<string, unknown> | undefined {
  try {
    const entries = entriesOf(JSON.parse(text));
    return entries !== undefined && telling.some((key) => entries.has(key)) ? entries : undefined;
  } catch {
    return /^\s*\{/.test(text) && telling.some((key) => new RegExp(`"${key}"\\s*:`).test(text)) ? new Map() : undefined;
  }
}

/** All texts of a value of a few levels: `exports` with its conditions, `bin` with its names. */
function stringsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth > 6) return [];
  if (Array.isArray(value)) return value.slice(0, 1_000).flatMap((item) => stringsIn(item, depth + 1));
  return [...(entriesOf(value)?.values() ?? [])].slice(0, 1_000).flatMap((item) => stringsIn(item, depth + 1));
}

function relativeTarget(target: string): string {
  const path = posix.normalize(target.replaceAll('\\', '/'));
  return path.startsWith('..') || path === '.' ? '' : path.replace(/^\.?\//, '');
}

/** Read by what stands in it, not as TOML or Python: only its kind, its name and its dependencies matter. */
function readPython(folder: string, file: string, text: string): Manifest {
  const body = text.slice(0, 262_144);
  const name = /^[ \t]{0,8}name[ \t]{0,8}=[ \t]{0,8}["']?([\w.-]{1,100})/m.exec(body)?.[1] ?? '';
  const packaged = file === 'setup.py' || (file === 'setup.cfg' && /^\[(?:metadata|options)\]/m.test(body)) || (file === 'pyproject.toml' && /^\[(?:project|tool\.poetry)\]/m.test(body));
  const dependencies = new Set([...body.matchAll(/(?:^|["'\s[,])([A-Za-z][\w.-]{1,60})[ \t]{0,4}(?:\[[^\]\n]{0,200}\])?[ \t]{0,4}(?:[<>=~!;]|["']|$)/gm)].slice(0, 2_000).map(([, word]) => (word as string).toLowerCase()));
  return {
    kind: 'python', folder, name, private: !packaged, entries: [], closed: false, dependencies,
    programs: /(?:console_scripts|\[project\.scripts\]|\[tool\.poetry\.scripts\])/.test(body) ? ['scripts'] : [],
    starts: file === 'manage.py',
  };
}

function readJava(folder: string, text: string): Manifest {
  const body = text.slice(0, 1_048_576);
  const dependencies = new Set([...body.matchAll(/<artifactId>\s{0,80}([\w.-]{1,100})\s{0,80}<|["']([\w.-]{1,100}:[\w.-]{1,100})(?::[\w.+-]{1,60})?["']/g)].slice(0, 2_000).map(([, artifact, pair]) => (artifact ?? pair) as string));
  const own = body.slice(Math.max(0, body.indexOf('</parent>')));
  const name = /<artifactId>\s{0,80}([\w.-]{1,100})\s{0,80}</.exec(own)?.[1] ?? '';
  const runs = /<packaging>\s{0,80}(?:war|ear)\s{0,80}<|spring-boot-maven-plugin|<mainClass>|org\.springframework\.boot|\bid\s{0,4}\(?["'](?:application|war)["']|mainClass/.test(body);
  return { kind: 'java', folder, name, private: false, entries: [], closed: false, programs: [], dependencies, starts: runs };
}
