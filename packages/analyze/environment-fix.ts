import type { Document } from '#model/artifact.ts';
import type { Fix } from '#model/finding.ts';
import type { Assignment } from './assignments.ts';
import type { LineIndex } from './line-index.ts';

/** How each language reads a variable of the environment as an expression. */
const lookups: ReadonlyMap<string, (name: string) => string> = new Map([
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => [extension, (name: string) => `process.env.${name}`] as const),
  ...['java', 'kt', 'kts', 'groovy', 'scala'].map((extension) => [extension, (name: string) => `System.getenv("${name}")`] as const),
  ['py', (name) => `os.environ["${name}"]`],
  ['rb', (name) => `ENV.fetch("${name}")`],
  ['go', (name) => `os.Getenv("${name}")`],
  ['php', (name) => `getenv('${name}')`],
  ['cs', (name) => `Environment.GetEnvironmentVariable("${name}")`],
  ['sh', (name) => `"\${${name}:?}"`],
  ['bash', (name) => `"\${${name}:?}"`],
]);

/**
 * Replaces a quoted literal by a look-up of the environment. Unsafe by nature: the variable must be set wherever the program runs, and
 * the old value must be changed all the same.
 */
export function environmentFix(doc: Document, index: LineIndex, assignment: Assignment): Fix | undefined {
  const lookup = lookups.get(doc.traits.extension);
  const name = variableName(assignment.name);
  if (lookup === undefined || name === undefined || !isWholeLiteral(doc.text, assignment)) return undefined;
  const edit = { region: index.region(assignment.start - 1, assignment.end + 1), text: lookup(name) };
  return { title: `Read ${name} from the environment`, disposition: 'unsafe', verified: false, edits: [edit] };
}

/** The quotes must stand right round the value, and nothing but an end or a separator after it: parts of an expression stay. */
function isWholeLiteral(text: string, { quote, start, end, joint }: Assignment): boolean {
  if ((quote !== '"' && quote !== "'") || !['=', ':', ':=', '=>', '==', '==='].includes(joint)) return false;
  return text[start - 1] === quote && text[end] === quote && text[start - 2] !== quote && /^[ \t]{0,8}(?:[;,)}\]]|\r?\n|$|#|\/\/)/.test(text.slice(end + 1, end + 12));
}

/** `db.adminPassword` becomes `ADMIN_PASSWORD`: the last part of the name, in the way of the environment. */
function variableName(name: string): string | undefined {
  const last = name.split('.').at(-1) ?? '';
  const words = last.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Z][A-Z0-9_]{2,63}$/.test(words) ? words : undefined;
}
