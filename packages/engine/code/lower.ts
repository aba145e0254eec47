import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { IrGap, IrModule, Language } from '#model/ir.ts';
import { toDocument } from '#normalize/document.ts';
import { type ScriptParts, scriptParts } from '#normalize/script-parts.ts';
import { lowerJavaPage } from '#normalize/templates/java-pages.ts';
import { lowerJinja } from '#normalize/templates/jinja-page.ts';
import { withMarkup } from '#normalize/templates/component-markup.ts';
import { named, templateProgram, type TemplateKind } from '#normalize/templates/template-program.ts';
import type { CodeForm } from './languages.ts';
import { codeFormOf, formByShebang } from './languages.ts';
import { type ModuleHead, headOf } from './module-head.ts';
import { toBytes } from './module-bytes.ts';
import { meaningOf } from './module-meaning.ts';
import { withoutRandomConstants } from './random-constants.ts';
import { isMachineMade } from './roles.ts';

/** How the text of a file is to be parsed, besides its language. */
export interface Dialect {
  readonly typescript: boolean;
  readonly jsx: boolean;
}

export type FrontEnd = (path: string, text: string, dialect: Dialect) => IrModule;
export type FrontEnds = ReadonlyMap<Language, FrontEnd>;

/** `module`: read. `none`: holds no code. `machine-made`: minified or generated. `failed`: the front end gave up. */
export interface Lowered {
  readonly outcome: 'module' | 'none' | 'machine-made' | 'failed';
  readonly head?: ModuleHead;
  /** Digest of what the module says, wherever in the file it says it; only with the outcome `module`. */
  readonly meaning?: string;
  readonly functions: number;
  readonly gaps: readonly IrGap[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoweredFile extends Lowered {
  readonly path: string;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  /** The packed module; only with the outcome `module`. */
  readonly bytes?: Uint8Array;
}

/** Gaps that are kept of one file. */
const mostGaps = 100;

/** Reads one file as code. Never throws. */
export function lowerFile(path: string, bytes: Uint8Array, frontEnds: FrontEnds): LoweredFile {
  const base = { path, sha256: hash('sha256', bytes, 'hex'), functions: 0, gaps: [], diagnostics: [] };
  const read = readCode(path, bytes);
  if (typeof read === 'string') return { ...base, outcome: read };
  const frontEnd = frontEnds.get(read.form.language);
  if (frontEnd === undefined) return { ...base, outcome: 'none' };
  try {
    const ir = irOf(path, read, frontEnd);
    if (ir === undefined) return { ...base, outcome: 'none' };
    return { ...base, outcome: 'module', head: headOf(ir), meaning: meaningOf(ir), functions: ir.functions.length, gaps: ir.gaps.slice(0, mostGaps), bytes: toBytes(ir) };
  } catch (error) {
    const reason = error instanceof Error ? (/^(?:FrontEndError|ScriptUnparsed)$/.test(error.name) ? error.message : error.name) : 'unknown error';
    const message = `could not be read as code (${reason}); flows through it are not seen`;
    return { ...base, outcome: 'failed', diagnostics: [{ code: 'code-unparsed', path, message }] };
  }
}

function irOf(path: string, { form, text, dialect }: CodeText, frontEnd: FrontEnd): IrModule | undefined {
  if (form.template === 'jinja') return lowerJinja(text, path, form.language);
  if (form.template === 'thymeleaf' || form.template === 'jsp') return lowerJavaPage(form.template, text, path);
  const plain = withoutRandomConstants(frontEnd(path, text, dialect));
  return named(plain, form.template !== undefined);
}

interface CodeText {
  readonly form: CodeForm;
  /** As front ends see it. Offsets are those of the whole text. */
  readonly text: string;
  readonly dialect: Dialect;
}

/** The text of a file as front ends see it; or what it is instead. */
export function readCode(path: string, bytes: Uint8Array): CodeText | 'none' | 'machine-made' {
  const asked = codeFormOf(path);
  if (asked === undefined) return 'none';
  if (asked === 'shebang' && (bytes[0] !== 0x23 || bytes[1] !== 0x21)) return 'none';
  const normal = toDocument({ path, bytes }, () => '');
  if ('binary' in normal) return 'none';
  const text = textOf(normal.document.bytes);
  const form = asked === 'shebang' ? formByShebang(text) : asked;
  if (form === undefined) return 'none';
  const parts = form.template !== undefined ? pageParts(form.template, text) : form.markup ? componentParts(path, text) : { text, typescript: /\.[mc]?tsx?$/.test(path), jsx: /\.[jt]sx$/.test(path) };
  if (parts === undefined) return 'none';
  // Long lines of markup are no sign of a machine: pages are written by hand, too.
  if (isMachineMade(path, text, normal.document.generated && !form.markup)) return 'machine-made';
  return { form, text: parts.text, dialect: { typescript: parts.typescript, jsx: parts.jsx } };
}

function componentParts(path: string, text: string): ScriptParts | undefined {
  const parts = scriptParts(text);
  return parts === undefined ? undefined : { ...parts, text: withMarkup(path.slice(path.lastIndexOf('.') + 1).toLowerCase(), text, parts.text) };
}

function pageParts(kind: TemplateKind, text: string): ScriptParts | undefined {
  if (kind === 'jinja' || kind === 'thymeleaf' || kind === 'jsp') return { text, typescript: false, jsx: false };
  const program = templateProgram(kind, text);
  return program === undefined ? undefined : { text: program, typescript: false, jsx: false };
}

/** Text in UTF-16; what is not UTF-8 is taken for Latin-1, as everywhere. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
