import type { Language } from '#model/ir.ts';
import { templateKindOf } from '#model/page-path.ts';
import { templateKind, type TemplateKind } from '#normalize/templates/template-program.ts';

/** How a file is read as code. */
export interface CodeForm {
  readonly language: Language;
  /** Scripts stand in it among markup. */
  readonly markup: boolean;
  /** It is the template of a page. */
  readonly template?: TemplateKind;
}

const script: CodeForm = { language: 'javascript', markup: false };
const page: CodeForm = { language: 'javascript', markup: true };
const python: CodeForm = { language: 'python', markup: false };
const jinja: CodeForm = { language: 'python', markup: true, template: 'jinja' };
const java: CodeForm = { language: 'java', markup: false };
const thymeleaf: CodeForm = { language: 'java', markup: true, template: 'thymeleaf' };
const jsp: CodeForm = { language: 'java', markup: true, template: 'jsp' };

const byExtension = new Map<string, CodeForm>([
  ...['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'es6'].map((extension) => [extension, script] as const),
  ...['vue', 'svelte', 'html', 'htm', 'xhtml'].map((extension) => [extension, page] as const),
  ['py', python],
  ['pyw', python],
  ['java', java],
  // What Java programs read from their own resources: constants that stand in a file of their own.
  ['properties', java],
  ['jsp', jsp],
  ['jspf', jsp],
]);

/** `shebang`: no extension; its first line says. Undefined: no code that is read for flows. */
export function codeFormOf(path: string): CodeForm | 'shebang' | undefined {
  const asked = templateKindOf(path);
  if (asked === 'jinja') return jinja;
  if (asked === 'thymeleaf') return thymeleaf;
  if (asked === 'nunjucks') return { ...page, template: 'nunjucks' };
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return dot === -1 ? 'shebang' : undefined;
  // Declarations of types hold no code.
  if (/\.d\.[mc]?ts$|\.d\.[a-z]+\.ts$/.test(name)) return undefined;
  const extension = name.slice(dot + 1);
  const template = templateKind(extension);
  if (template === 'jinja') return jinja;
  return template === undefined ? byExtension.get(extension) : { ...page, template };
}

/** What the first line of a script without an extension runs. */
export function formByShebang(text: string): CodeForm | undefined {
  const line = /^#!([^\r\n]{1,200})/.exec(text)?.[1];
  const program = line === undefined ? undefined : /(?:^|\/|\s)(node|nodejs|deno|bun|tsx|ts-node|python[\d.]*)(?:\s|$)/.exec(line)?.[1];
  if (program === undefined) return undefined;
  return program.startsWith('python') ? python : script;
}
