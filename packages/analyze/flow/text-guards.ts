import type { ClassTable } from './classes.ts';
import { fact, pollution } from './classes.ts';

/** What a text must not hold to be harmless: if none of these is left, the class is. */
const dangers: ReadonlyMap<string, readonly string[]> = new Map([
  ['command-injection', [';', '|', '&', '`', '$', '\n']],
  ['path-traversal', ['..']],
  ['cross-site-scripting', ['<']],
  ['sql-injection', ["'"]],
  ['header-injection', ['\n']],
  ['log-injection', ['\n']],
  ['ldap-injection', ['*', '(', ')']],
  ['xpath-injection', ["'"]],
  [pollution, ['__proto__']],
]);
const longestExpression = 400;

/** Classes for which text that an expression does not match is harmless (`x.match(/\.\./)` is false), or from which all it matches was taken. */
export function excludedBy(source: string, classes: ClassTable): number {
  const expression = compiled(source);
  if (expression === undefined) return 0;
  let mask = 0;
  for (const [name, dangerous] of dangers) {
    if (dangerous.every((part) => expression.test(`a${part}b`) || expression.test(part))) mask |= classes.bit(name);
  }
  if (expression.test('constructor') && expression.test('prototype')) mask |= fact.constructorKey;
  return mask;
}

/** Classes for which text is harmless of which everything that an expression matches was replaced: by what stands in the place of it (undefined: what a function gives for each) nothing dangerous comes in. */
export function replacedBy(source: string, into: string | undefined, classes: ClassTable): number {
  const expression = compiled(source);
  if (expression === undefined || !parts(source).flags.includes('g')) return 0;
  let mask = 0;
  for (const [name, dangerous] of dangers) if (dangerous.every((part) => expression.test(`a${part}b`) && into?.includes(part) !== true)) mask |= classes.bit(name);
  return mask;
}

/** Classes for which text that an expression matches is harmless: it is anchored at both ends and lets no danger in. */
export function allowedBy(source: string, classes: ClassTable): number {
  const { body, flags } = parts(source);
  // With `m` one line of several is enough.
  if (flags.includes('m') || !body.startsWith('^') || !/(?<!\\)\$$/.test(body) || body.includes('|')) return 0;
  const inner = body.slice(1, -1);
  if (/(?<!\\)\./.test(inner.replaceAll(/\[[^\]]*\]/g, '')) || inner.includes('[^') || /\\[SDWs]/.test(inner)) return 0;
  let mask = 0;
  for (const [name, dangerous] of dangers) if (name !== pollution && dangerous.every((part) => !mayHold(inner, part))) mask |= classes.bit(name);
  if (!inner.includes('_') && !inner.includes('\\w')) mask |= classes.bit(pollution);
  return mask;
}

function mayHold(inner: string, part: string): boolean {
  return [...part].every((character) => inner.includes(character) || (character === '\n' && inner.includes('\\n')));
}

/** Texts that a constant excludes where it is not found: `x.includes('..')`. */
export function excludedText(text: string, classes: ClassTable): number {
  let mask = 0;
  for (const [name, dangerous] of dangers) if (dangerous.length === 1 && dangerous[0] !== undefined && text !== '' && dangerous[0].includes(text)) mask |= classes.bit(name);
  if (text === 'constructor' || text === 'prototype') mask |= fact.constructorKey;
  return mask;
}

function parts(source: string): { readonly body: string; readonly flags: string } {
  const match = /^\/([\s\S]*)\/([a-z]*)$/.exec(source);
  return match === null ? { body: source, flags: '' } : { body: match[1] ?? '', flags: match[2] ?? '' };
}

function compiled(source: string): RegExp | undefined {
  if (source.length > longestExpression) return undefined;
  const { body, flags } = parts(source);
  try {
    return new RegExp(body, flags.replaceAll(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}

/** Classes for which text is harmless that begins with a slash and something that is no second one, or with an address of which the host is written out. */
export function leadingHome(source: string, classes: ClassTable): number {
  const { body } = parts(source);
  return !body.includes('|') && /^\^(?:\\?\/(?:\(\?!(?:\[(?:\\?[/\\])+\]|\\?\/)\)|[\w]|\[(?!\^)[\w-]+\])|https?:\\?\/\\?\/[\w-]+(?:\\\.[\w-]+)+(?:\\?\/|:))/.test(body) ? classes.mask(['open-redirect', 'server-side-request-forgery']) : 0;
}
