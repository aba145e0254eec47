import { type IrModule, op, templateCalls, unencodedOutput } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import { ModuleBuilder, type Span, type Value } from '../ir/module-builder.ts';

export type JavaPageKind = 'thymeleaf' | 'jsp';

/** Outputs and bindings of one page that are followed. */
const most = 2_000;
/** Bindings that lead to one another. */
const deepest = 10;
const request = 'javax.servlet.http.HttpServletRequest';

interface Found {
  /** Members one after the other, the first a name that the page sees. */
  readonly path: readonly string[];
  readonly span: Span;
}

interface Page {
  readonly outputs: readonly Found[];
  readonly includes: readonly { readonly name: string; readonly span: Span }[];
  /** Names of loops, and what they are elements of. */
  readonly loops: ReadonlyMap<string, readonly string[]>;
}

/** A page of Thymeleaf or JSP as a module: what it puts out without encoding it is a call of `unencodedOutput`; names are what it is rendered with. Undefined where there is nothing of that. */
export function lowerJavaPage(kind: JavaPageKind, text: string, path: string): IrModule | undefined {
  const page = kind === 'jsp' ? readJsp(text) : readThymeleaf(text);
  if (page.outputs.length === 0 && page.includes.length === 0) return undefined;
  const module = new ModuleBuilder(path, 'java', text.length);
  const build = module.function({ name: '', start: 0, end: text.length, params: 0, paramNames: [], kind: 'plain' }, undefined);
  // Whoever joins templates to programs knows them by this.
  module.text(unencodedOutput);
  const call = (name: string, value: Value, span: Span): Value => build.call(build.emit(op.global, span, module.text(name)), [value], span);
  for (const { name, span } of page.includes) call(templateCalls.include, module.literal('string', name), span);
  for (const { path: parts, span } of page.outputs.slice(0, most)) call(unencodedOutput, valueOf({ module, build, loops: page.loops }, parts, span, 0), span);
  return module.finish();
}

interface Making {
  readonly module: ModuleBuilder;
  readonly build: FunctionBuilder;
  readonly loops: Page['loops'];
}

function valueOf(making: Making, [first = '', ...rest]: readonly string[], span: Span, depth: number): Value {
  const { module, build, loops } = making;
  if (first === 'param') {
    const asked = build.emit(op.typed, span, build.emit(op.unknown, span), module.text(request));
    return build.invoke(asked, 'getParameter', [module.literal('string', rest[0] ?? '')], span);
  }
  const list = depth < deepest ? loops.get(first) : undefined;
  const root = list === undefined ? build.emit(op.global, span, module.text(first)) : build.emit(op.element, span, valueOf(making, list, span, depth + 1));
  // Expressions ask for members by what their getters are named after.
  return rest.reduce((value, name) => build.phi([build.load(value, name, span), build.invoke(value, `get${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, [], span)], span), root);
}

/** `user.name`, `user?.name`; undefined for what is more than that. */
function pathIn(expression: string): string[] | undefined {
  const plain = expression.trim().replaceAll(/\?(?=\.)/g, '').replaceAll(/\[\s*(["'])(\w+)\1\s*\]/g, '.$2');
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(plain) && !/^(?:true|false|null|empty)$/.test(plain) ? plain.split('.') : undefined;
}

function readThymeleaf(text: string): Page {
  const outputs: Found[] = [];
  const object = /\b(?:th:|data-th-)object\s*=\s*(["'])\s*\$\{([^}"']*)\}/.exec(text)?.[2];
  for (const found of text.matchAll(/\b(?:th:|data-th-)utext\s*=\s*(["'])([^"']*)\1|\[\(([^\]]*)\)\]/g)) {
    const span = { start: found.index, end: found.index + found[0].length };
    for (const [, sign, inner = ''] of (found[2] ?? found[3] ?? '').matchAll(/([$*])\{([^}]*)\}/g)) {
      const path = pathIn(sign === '*' && object !== undefined ? `${object}.${inner.trim()}` : inner);
      if (path !== undefined) outputs.push({ path, span });
    }
  }
  const loops = new Map([...text.matchAll(/\b(?:th:|data-th-)each\s*=\s*["']\s*(\w+)(?:\s*,\s*\w+)?\s*:\s*\$\{([^}]*)\}/g)].flatMap(([, name = '', list = '']) => bound(name, list)));
  const includes = [...text.matchAll(/\b(?:th:|data-th-)(?:replace|insert|include)\s*=\s*["']\s*(?:~\{)?\s*([\w/.-]+)\s*::/g)].map((found) => ({ name: found[1] ?? '', span: { start: found.index, end: found.index + found[0].length } }));
  return { outputs, loops, includes };
}

function bound(name: string, list: string): [string, readonly string[]][] {
  const path = pathIn(list);
  return path === undefined || path[0] === name ? [] : [[name, path]];
}

/** Tags of libraries: how they put out what they are given is theirs. */
const libraryTags = /<\/?[\w-]+:[\w-]+(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/g;
const scopes: ReadonlySet<string> = new Set(['requestScope', 'pageScope']);
const foreign: ReadonlySet<string> = new Set(['pageContext', 'header', 'headerValues', 'cookie', 'initParam', 'applicationScope', 'sessionScope', 'paramValues']);

function readJsp(text: string): Page {
  const blank = (part: string): string => part.replaceAll(/[^\r\n]/g, ' ');
  const code = text.replaceAll(/<%--[\s\S]*?--%>/g, blank);
  const loops = new Map<string, readonly string[]>();
  const outputs: Found[] = [];
  const put = (expression: string, start: number, end: number): void => {
    const path = pathIn(expression);
    const own = path !== undefined && scopes.has(path[0] ?? '') ? path.slice(1) : path;
    if (own !== undefined && own.length > 0 && !foreign.has(own[0] ?? '')) outputs.push({ path: own, span: { start, end } });
  };
  for (const { 0: tag, index } of code.matchAll(libraryTags)) {
    const attribute = (name: string): string => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';
    const inner = (value: string): string => /^\s*\$\{([^}]*)\}\s*$/.exec(value)?.[1] ?? '';
    if (/^<\w+:forEach\s/.test(tag)) for (const [name, list] of bound(attribute('var'), inner(attribute('items')))) loops.set(name, list);
    if (/^<\w+:out\s/.test(tag) && attribute('escapeXml') === 'false') put(inner(attribute('value')), index, index + tag.length);
  }
  const plain = code.replaceAll(libraryTags, blank);
  for (const found of plain.matchAll(/\$\{([^}]*)\}/g)) put(found[1] ?? '', found.index, found.index + found[0].length);
  for (const found of plain.matchAll(/<%=\s*request\s*\.\s*get(Parameter|Attribute)\s*\(\s*"(\w+)"\s*\)\s*%>/g)) put(found[1] === 'Parameter' ? `param.${found[2]}` : (found[2] ?? ''), found.index, found.index + found[0].length);
  const includes = [...code.matchAll(/<%@\s*include\s+file\s*=\s*["']([^"']+)["']|<jsp:include\s[^>]*\bpage\s*=\s*["']([^"'${]+)["']/g)].map((found) => ({ name: found[1] ?? found[2] ?? '', span: { start: found.index, end: found.index + found[0].length } }));
  return { outputs, loops, includes };
}
