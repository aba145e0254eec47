import type { Document } from '#model/artifact.ts';

/** A literal value given to something whose name speaks of credentials. Offsets are into the document. */
export interface Assignment {
  /** The name as written, such as `db.password` or `API_KEY`. */
  readonly name: string;
  readonly nameStart: number;
  /** How name and value are joined: `=`, `:`, `(`, `,`, `tag`, `flag`, ... */
  readonly joint: string;
  readonly quote: '"' | "'" | '`' | '';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What a name must contain for its value to be looked at; the literals the prefilter looks for. */
export const credentialWords = [
  'pass', 'pwd', 'secret', 'token', 'key', 'auth', 'cred', 'nonce', 'salt', 'psk', 'bearer', 'signature', 'pswd', 'cookie', 'session',
] as const;

const longestName = 64;
const longestValue = 512;
const nameCharacter = /[\w.$-]/;

/** Languages in which an unquoted word is a name, a call or a keyword; in every other format a value needs no quotes. */
const quotedLanguages = new Set([
  'js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte', 'py', 'pyi', 'ipynb', 'java', 'kt', 'kts', 'groovy', 'scala', 'clj', 'go', 'rs', 'c', 'h', 'cc', 'cpp', 'cxx',
  'hpp', 'hh', 'm', 'mm', 'swift', 'cs', 'vb', 'fs', 'rb', 'php', 'phtml', 'pl', 'pm', 'lua', 'r', 'dart', 'ex', 'exs', 'erl', 'hs', 'ml', 'jl', 'zig', 'nim', 'd', 'pas', 'css', 'scss', 'sass',
  'less', 'idl', 'proto', 'graphql', 'sol', 'jsp', 'aspx', 'cshtml', 'json', 'jsonc', 'json5', 'min.js', 'bundle.js', 'map', 'svg', 'storyboard', 'strings', 'coffee', 'elm', 'v', 'sv', 'asm', 's', 'cmake',
]);

/** Every assignment round the given hits (end offsets of credential words), each name once, in order. */
export function findAssignments(doc: Document, hits: readonly number[]): Assignment[] {
  const found: Assignment[] = [];
  let lastEnd = -1;
  const { extension } = doc.traits;
  const loose = !quotedLanguages.has(extension);
  for (const hit of hits) {
    if (hit <= lastEnd) continue;
    const { start, end } = nameRound(doc.text, hit);
    lastEnd = end;
    const assignment = valueAfter(doc.text, start, end, loose);
    if (assignment !== undefined && assignment.value.length > 0) found.push(assignment);
  }
  return found;
}

function nameRound(text: string, hit: number): { start: number; end: number } {
  let start = hit - 1;
  while (start > 0 && hit - start < longestName && nameCharacter.test(text[start - 1] as string)) start--;
  let end = hit;
  while (end < text.length && end - hit < longestName && nameCharacter.test(text[end] as string)) end++;
  while (end > hit && (text[end - 1] === '.' || text[end - 1] === '-')) end--;
  return { start, end };
}

/** Between a name and a quoted value: a closing quote or bracket, a type, the joint, and what may wrap the literal. */
const quoted = new RegExp(
  String.raw`(?:\\{0,3}["'${'`'}])?[\])?!]{0,2}[ \t]{0,40}` + // closes the name
    String.raw`(?::[ \t]?(?:[\w<>\[\]|.?*]{1,40})(?=[ \t]*=))?[ \t]{0,20}` + // a type annotation
    String.raw`(?<joint>=>|:=|\?\?=|\|\|=|\|\||===?|!==?|=|:|,|\(\[?|->|<-|<<|[ \t]is[ \t]|[ \t]value[ \t]?=|,[ \t]?["']?value["']?[ \t]?[:=]|eq\b|[ \t](?:string|String|text|varchar)[ \t]?=|\{)` +
    String.raw`[ \t]{0,20}\[{0,2}(?:\[\]byte\(|new[ \t]String\(|(?:\w{1,20}[.(]){0,3}[ \t]?|[@$brufLN]{1,2})?` + // a wrapper
    String.raw`(?<quote>\\{0,3}(?:"""|["'${'`'}]))`,
  'y',
);
const tag = /(?<joint>>)[ \t]{0,20}(?=[^\s<>"'])/y;
const unquoted = /(?:\\?["'])?[ \t]{0,40}(?<joint>=>|:=|=|:)[ \t]{0,20}(?<value>[^\s"'`<>,;(){}[\]\\|][^\s"'`<>,;()\\|]{0,511})/y;
const flag = /[ \t]{1,4}(?<value>[^\s"'`<>,;(){}[\]\\|=-][^\s"'`<>,;()\\|]{0,511})/y;

function valueAfter(text: string, nameStart: number, nameEnd: number, loose: boolean): Assignment | undefined {
  const name = text.slice(nameStart, nameEnd);
  quoted.lastIndex = nameEnd;
  const opened = quoted.exec(text)?.groups;
  if (opened !== undefined) {
    if ((opened.joint as string).startsWith(',') && !isWholeString(text, nameStart, nameEnd)) return undefined;
    const start = quoted.lastIndex;
    const end = closingQuote(text, start, opened.quote as string);
    if (end === undefined) return undefined;
    const quote = (opened.quote as string).at(-1) as '"';
    return { name, nameStart, joint: (opened.joint as string).trim(), quote, value: text.slice(start, end), start, end };
  }
  if (text[nameStart - 1] === '<') return inTag(text, name, nameStart, nameEnd);
  return loose || isParameter(text, nameStart) ? withoutQuotes(text, name, nameStart, nameEnd) : undefined;
}

/** Query parameters, command line options and parts of connection strings carry bare values even inside the strings of a program. */
function isParameter(text: string, nameStart: number): boolean {
  return /[?&;]$|--$|["' ]-[eD] ?$/.test(text.slice(Math.max(0, nameStart - 4), nameStart)) || text.startsWith('--', nameStart);
}

/** In a list, only a string that is nothing but a name gives its name to the next one: `("password", "...")`. */
function isWholeString(text: string, start: number, end: number): boolean {
  return /["'`]/.test(text[start - 1] ?? '') && /["'`\\]/.test(text[end] ?? '');
}

function inTag(text: string, name: string, nameStart: number, nameEnd: number): Assignment | undefined {
  tag.lastIndex = nameEnd;
  if (tag.exec(text) === null) return undefined;
  const start = tag.lastIndex;
  const end = text.indexOf('<', start);
  if (end === -1 || end - start > longestValue) return undefined;
  return { name, nameStart, joint: 'tag', quote: '', value: text.slice(start, end).trimEnd(), start, end };
}

function withoutQuotes(text: string, name: string, nameStart: number, nameEnd: number): Assignment | undefined {
  const isFlag = text.startsWith('--', nameStart) || text.startsWith('--', nameStart - 2);
  for (const form of isFlag ? [unquoted, flag] : [unquoted]) {
    form.lastIndex = nameEnd;
    const groups = form.exec(text)?.groups;
    if (groups === undefined) continue;
    const value = (groups.value as string).replace(/[.:\]}]+$/, '');
    const start = form.lastIndex - (groups.value as string).length;
    return { name, nameStart, joint: groups.joint ?? 'flag', quote: '', value, start, end: start + value.length };
  }
  return undefined;
}

/** The offset of the closing quote on the same line; undefined when there is none within the longest value. */
function closingQuote(text: string, start: number, quote: string): number | undefined {
  const mark = quote.at(-1) as string;
  const escaped = quote.startsWith('\\');
  for (let at = start; at < text.length && at - start <= longestValue; at++) {
    const character = text[at];
    if (character === '\n') return undefined;
    if (character === mark) return escaped ? trimBackslashes(text, start, at) : at;
    if (character === '\\' && !escaped) at++;
  }
  return undefined;
}

function trimBackslashes(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text[at - 1] === '\\') at--;
  return at;
}
