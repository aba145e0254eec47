import type { Language } from '#model/ir.ts';
import { codeFrom, type ListText } from './call-text.ts';

/** What takes the place of a stretch of the text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Adds one more part to the end of a bracket, on a line of its own where the others have theirs. */
export function appended(text: string, list: ListText, addition: string, language: Language): readonly TextEdit[] {
  const last = list.parts.at(-1);
  if (last === undefined) {
    const inside = text.slice(list.open + 1, list.close);
    if (inside.trim() !== '') return [];
    const padding = text[list.open] === '{' && language === 'javascript' ? ' ' : '';
    return [{ start: list.open + 1, end: list.close, text: `${padding}${addition}${padding}` }];
  }
  const next = codeFrom(text, last.end, language);
  const comma = text[next] === ',';
  const ownLine = startsLine(text, last.start) && startsLine(text, list.close);
  if (!ownLine) return [insert(last.end, `, ${addition}`)];
  const at = lineEnd(text, comma ? next : last.end);
  const line = `${eolOf(text)}${indentOf(text, last.start)}${addition}${comma ? ',' : ''}`;
  if (comma) return [insert(at, line)];
  return at === last.end ? [insert(at, `,${line}`)] : [insert(last.end, ','), insert(at, line)];
}

/** Plain beginnings of a statement that a call ends: nothing, an assignment, a declaration, `return`. */
const beginning = /^[ \t]*(?:(?:final[ \t]+)?[\w.$]+(?:<[\w<>?, ]*>)?(?:\[\])*[ \t]+)?(?:[\w.$]+[ \t]*=[ \t]*|return[ \t]+)?$/;

/** Puts a statement of Java before the one that begins the line in which a call stands; undefined where another statement may govern that one. */
export function statementBefore(text: string, call: number, statement: string): TextEdit | undefined {
  const start = lineStart(text, call);
  const before = text.slice(start, call);
  if (!beginning.test(before) || /\b(?:else|do)\b/.test(before)) return undefined;
  return followsStatement(text, start) ? insert(start, `${indentOf(text, call)}${statement}${eolOf(text)}`) : undefined;
}

/** The code before the line ends a statement or begins a block. */
function followsStatement(text: string, before: number): boolean {
  for (let end = before; end > 0; end = lineStart(text, end - 1)) {
    const line = text.slice(lineStart(text, end - 1), end).trim();
    if (line !== '' && !line.startsWith('//')) return /[;{}]$/.test(line.replace(/\s*\/\/[^"']*$/, '')) && !/\b(?:switch|case)\b/.test(line);
  }
  return false;
}

const imports = /^import[ \t]+([\w.]+)(\.\*)?[ \t]*;[^\n]*$/gm;

/**
 * Imports a class of Java where it belongs among the others, in place of the one that it takes over from where nothing else in the file needs that: an empty list where it is there
 * already, undefined where its name means another.
 */
export function imported(text: string, name: string, old: string): readonly TextEdit[] | undefined {
  const [folder, simple] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
  const known = [...text.matchAll(imports)].map((found) => ({ at: found.index, name: `${found[1] ?? ''}${found[2] ?? ''}` }));
  if (known.some((one) => one.name === name || one.name === `${folder}.*`)) return [];
  if (known.some((one) => one.name.endsWith(`.${simple}`)) || new RegExp(`\\b(?:class|interface|enum|record)\\s+${simple}\\b`).test(text)) return undefined;
  const line = `import ${name};`;
  const top = name.slice(0, name.indexOf('.') + 1);
  const near = known.filter((one) => one.name.startsWith(top));
  const before = near.findLast((one) => one.name < name) ?? (near.length === 0 ? known.at(-1) : undefined);
  const useless = known.find((one) => one.name.endsWith(`.${old}`) && [...text.matchAll(new RegExp(`\\b${old}\\b`, 'g'))].length === 2);
  const at = before !== undefined ? afterLine(text, before.at) : near[0]?.at;
  // Where the old one stands is the place: one line for another.
  if (useless !== undefined && (at === useless.at || at === afterLine(text, useless.at))) return [{ start: useless.at, end: lineEnd(text, useless.at), text: line }];
  if (at !== undefined) return [insert(at, `${line}${eolOf(text)}`), ...(useless === undefined ? [] : withoutLine(text, useless.at))];
  const packaged = /^package[^;\n]*;[^\n]*\n/m.exec(text);
  return packaged === null ? [insert(0, `${line}${eolOf(text).repeat(2)}`)] : [insert(packaged.index + packaged[0].length, `${eolOf(text)}${line}${eolOf(text)}`)];
}

function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** A line goes with the break before it. */
function withoutLine(text: string, at: number): readonly TextEdit[] {
  return at === 0 ? [] : [{ start: lineEnd(text, lineStart(text, at - 1)), end: lineEnd(text, at), text: '' }];
}

/** Where the line of an offset ends, before its break. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}

function afterLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function startsLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}

function indentOf(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
