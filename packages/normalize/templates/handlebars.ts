import { type Blank, path } from './blank.ts';

/** A block that is open: what names within it are members of. */
interface Frame {
  /** The name with which it is closed. */
  readonly closer: string;
  /** What `this` is; undefined where the block leaves that as it is. */
  readonly here: string | undefined;
  /** A name of the block's own for it. */
  readonly alias: string | undefined;
  /** Names that it does not have are looked for round it. */
  readonly fallsThrough: boolean;
}

const mostFrames = 40;
const tokens = /\{\{\{~?\s{0,20}([^{}\s]{1,200}?)\s{0,20}~?\}\}\}|\{\{~?&\s{0,20}([^{}\s]{1,200}?)\s{0,20}~?\}\}|\{\{~?#\s{0,20}(\w{1,60})(?:\s{1,20}([\w$./]{1,200}))?(?:\s{1,20}as\s{1,20}\|\s{0,20}(\w{1,60})[^|{}]{0,60}\|)?([^{}]{0,200})\}\}|\{\{~?\/\s{0,20}(\w{1,60})\s{0,20}~?\}\}/g;

/** `{{{raw}}}` and `{{&raw}}` (Handlebars, Mustache); `{{#each list}}`, `{{#with member}}` and sections say what names are members of. */
export function handlebars(text: string, program: Blank): void {
  const frames: Frame[] = [];
  for (const found of text.matchAll(tokens)) {
    const name = found[1] ?? found[2];
    if (name !== undefined) put(program, found.index + found[0].indexOf(name), name, expressionOf(name, frames));
    else if (found[3] !== undefined) open(frames, found[3], found[4], { alias: found[5], rest: found[6] ?? '' });
    else if (frames.at(-1)?.closer === found[7]) frames.pop();
  }
}

function put(program: Blank, at: number, name: string, expression: string | undefined): void {
  if (expression === undefined) return;
  if (expression === name) program.output(at, name);
  else program.longOutput(at, expression);
}

function open(frames: Frame[], word: string, what: string | undefined, { alias, rest }: { readonly alias: string | undefined; readonly rest: string }): void {
  if (frames.length >= mostFrames) return;
  const isSection = what === undefined && rest.trim() === '' && word !== 'if' && word !== 'unless';
  const of = isSection ? word : word === 'each' || word === 'with' ? what : undefined;
  const base = of === undefined ? undefined : expressionOf(of, frames.map((frame) => ({ ...frame, fallsThrough: false })));
  const here = base === undefined ? undefined : word === 'with' ? base : `${base}[0]`;
  frames.push({ closer: word, here, alias, fallsThrough: isSection });
}

/** What a name is within the blocks round it; undefined where that is not known. */
function expressionOf(name: string, frames: readonly Frame[]): string | undefined {
  const contexts = frames.filter(({ here }) => here !== undefined);
  const aliased = contexts.findLast(({ alias }) => alias !== undefined && (name === alias || name.startsWith(`${alias}.`)));
  if (aliased !== undefined) return checked(`${aliased.here}${name.slice((aliased.alias as string).length)}`);
  let rest = name;
  while (rest.startsWith('../')) {
    if (contexts.pop() === undefined) return undefined;
    rest = rest.slice('../'.length);
  }
  const inner = contexts.at(-1);
  const own = rest.replace(/^(?:this[./]|\.\/)/, '');
  if (own === 'this' || own === '.') return inner?.here;
  if (inner === undefined) return own === rest ? checked(own) : undefined;
  const member = checked(`${inner.here}.${own}`);
  return member !== undefined && inner.fallsThrough && path.test(own) ? `${member}||${own}` : member;
}

function checked(expression: string): string | undefined {
  return path.test(expression) ? expression : undefined;
}
