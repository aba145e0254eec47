import { markupOutput, unencodedOutput } from '#model/ir.ts';
import { Blank, mark, path } from './blank.ts';
import { handlebars } from './handlebars.ts';
import type { JavaPageKind } from './java-pages.ts';

/**
 * Templates of pages as programs: each output that is not encoded is a call of `unencodedOutput`, what steers is as it stands there where it is JavaScript, everything
 * else is blank. Offsets are those of the template; names that it does not bind are what whoever renders it hands over.
 */
export type TemplateKind = 'ejs' | 'handlebars' | 'nunjucks' | 'pug' | 'jinja' | JavaPageKind;
type ProgramKind = Exclude<TemplateKind, 'jinja' | JavaPageKind>;

const kinds = new Map<string, TemplateKind>([
  ['ejs', 'ejs'], ['hbs', 'handlebars'], ['handlebars', 'handlebars'], ['mustache', 'handlebars'], ['njk', 'nunjucks'], ['nunjucks', 'nunjucks'], ['pug', 'pug'], ['jade', 'pug'],
  ['jinja', 'jinja'], ['jinja2', 'jinja'], ['j2', 'jinja'],
]);

export function templateKind(extension: string): TemplateKind | undefined {
  return kinds.get(extension);
}

/** Undefined where the template encodes all that it puts out. */
export function templateProgram(kind: ProgramKind, text: string): string | undefined {
  const program = new Blank(text);
  readers[kind](text, program);
  return program.outputs === 0 ? undefined : program.text();
}

/** The normal form of a template, in which the mark has its name; in what is no template, that of a component's. */
export function named<T extends { readonly strings: readonly string[] }>(ir: T, isTemplate: boolean): T {
  if (!isTemplate && !ir.strings.includes(mark)) return ir;
  return { ...ir, strings: ir.strings.map((one) => (one === mark ? (isTemplate ? unencodedOutput : markupOutput) : one)) };
}

const readers: Readonly<Record<ProgramKind, (text: string, program: Blank) => void>> = { ejs, handlebars, nunjucks, pug };

/** What a function of the template's own gives is taken to be markup that is meant. */
const helper = /^[A-Za-z_$][\w$]*\s*\(/;

/** `<%- raw %>`, `<%= encoded %>`, `<% code %>` (EJS, Eta, underscore). */
function ejs(text: string, program: Blank): void {
  for (let at = text.indexOf('<%'); at >= 0; ) {
    const end = text.indexOf('%>', at + 2);
    if (end < 0) return;
    const kind = /[-=_#%]/.test(text[at + 2] ?? '') ? (text[at + 2] as string) : '';
    const from = at + 2 + kind.length;
    const body = text.slice(from, Math.max(from, end)).replace(/[-_]$/, ' ');
    const expression = body.trimEnd().replace(/;$/, '');
    if (kind === '' || kind === '_') program.put(from, body);
    else if (kind === '-' && expression.trim() !== '' && !helper.test(expression.trimStart())) program.output(from, expression);
    at = text.indexOf('<%', end + 2);
  }
}

/** `{{ raw | safe }}` (Nunjucks); `{% for one in many %}` binds. */
function nunjucks(text: string, program: Blank): void {
  const loops = [...text.matchAll(/\{%-?\s{1,20}(?:for\s{1,20}(?:[\w$]{1,100}\s{0,20},\s{0,20})?([A-Za-z_$][\w$]{0,100})\s{1,20}in\s{1,20}([\w$.]{1,200})|(endfor))\s{0,20}-?%\}/g)];
  const balanced = loops.filter(({ 3: end }) => end === undefined).length * 2 === loops.length;
  for (const { index, 0: whole, 1: name, 2: list } of balanced ? loops : []) {
    const head = name === undefined ? '}' : `for(let ${name} of ${list}){`;
    program.put(index, head.length <= whole.length ? head : '{');
  }
  for (const found of text.matchAll(/\{\{-?\s{0,20}([\w$.]{1,200})\s{0,20}(?:\|\s{0,20}(?:trim|default\([^()|{}]{0,100}\))\s{0,20})?\|\s{0,20}safe\s{0,20}-?\}\}/g)) {
    const name = found[1] as string;
    if (path.test(name)) program.output(found.index + found[0].indexOf(name), name);
  }
}

/** `!{raw}` within text, and `!= raw` to the end of the line (Pug). */
function pug(text: string, program: Blank): void {
  for (const found of text.matchAll(/(?<!\\)!\{([^{}\n]{1,300})\}/g)) if (path.test((found[1] as string).trim())) program.output(found.index + 2, found[1] as string);
  for (const found of text.matchAll(/^[ \t]*[\w.#-]*(?:\([^()\n]*\))?!=([^\n\r]{1,300})$/gm)) {
    const expression = found[1] as string;
    if (path.test(expression.trim())) program.output(found.index + found[0].length - expression.length, expression);
  }
}
