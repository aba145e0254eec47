/**
 * Text of no known language as a nested sequence: words, single characters, and blocks. A line that is indented further than the one
 * before opens a block; in a document, brackets that close on their own line do too. Stored flat: a block is an `open` and the
 * place of its `close`.
 */
export const kinds = { word: 0, character: 1, open: 2, close: 3, ellipsis: 4, metavariable: 5 } as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

export interface TextTree {
  readonly text: string;
  readonly kind: Uint8Array;
  /** Offsets into `text`; a block's own are those of what is in it. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Line of each element, from 0. */
  readonly line: Uint32Array;
  /** For `open`: the place of its `close`. */
  readonly jump: Uint32Array;
  readonly length: number;
}

interface Token {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

/** Line by line: `\w` words, the ellipsis and metavariables of patterns, any other character. */
const inDocument = /[A-Za-z0-9_]+|[^\s]/gy;
const inPattern = /\$\.\.\.[A-Z][A-Za-z0-9_]*|\$[A-Z][A-Za-z0-9_]*|\.{4,}|\.\.\.|[A-Za-z0-9_]+|[^\s]/gy;
const tabWidth = 8;

export function readDocumentText(text: string): TextTree {
  return build(text, false);
}

export function readPatternText(text: string): TextTree {
  return build(text, true);
}

/** Grows as it is filled; an element is five numbers. */
class TreeWriter {
  private readonly rows: number[] = [];
  count = 0;

  push(kind: Kind, start: number, end: number, line: number): number {
    this.rows.push(kind, start, end, line, 0);
    return this.count++;
  }

  closeBlock(open: number, end: number, line: number): void {
    const close = this.push(kinds.close, end, end, line);
    this.rows[5 * open + 4] = close;
  }

  finish(text: string): TextTree {
    const { rows, count } = this;
    const column = (at: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => rows[5 * row + at] as number);
    return { text, kind: Uint8Array.from(column(0)), start: column(1), end: column(2), line: column(3), jump: column(4), length: count };
  }
}

function build(text: string, isPattern: boolean): TextTree {
  const out = new TreeWriter();
  /** Open blocks, outermost first: their indentation and their place. */
  const blocks: { readonly indent: number; readonly at: number }[] = [];
  let offset = 0;
  let lastLine = 0;
  for (let line = 0; offset <= text.length; line++) {
    const found = text.indexOf('\n', offset);
    const end = found === -1 ? text.length : found;
    const tokens = tokensOf(text, offset, end, isPattern);
    if (tokens.length > 0) {
      const indent = indentOf(text, offset, (tokens[0] as Token).start);
      while (blocks.length > 0 && indent < (blocks.at(-1)?.indent ?? 0)) out.closeBlock(blocks.pop()?.at ?? 0, offset, lastLine);
      if (indent > (blocks.at(-1)?.indent ?? 0)) blocks.push({ indent, at: out.push(kinds.open, (tokens[0] as Token).start, (tokens[0] as Token).start, line) });
      writeLine(text, tokens, line, isPattern, out);
      lastLine = line;
    }
    offset = end + 1;
  }
  while (blocks.length > 0) out.closeBlock(blocks.pop()?.at ?? 0, text.length, lastLine);
  return out.finish(text);
}

function indentOf(text: string, start: number, end: number): number {
  let indent = 0;
  for (let at = start; at < end; at++) indent += text[at] === '\t' ? tabWidth : 1;
  return indent;
}

function tokensOf(text: string, start: number, end: number, isPattern: boolean): Token[] {
  const tokens: Token[] = [];
  const lexer = isPattern ? inPattern : inDocument;
  let at = start;
  while (at < end) {
    lexer.lastIndex = at;
    const found = lexer.exec(text);
    if (found === null) {
      at++;
      continue;
    }
    const [token] = found;
    if (token.length > 3 && /^\.+$/.test(token)) for (let dot = 0; dot < token.length; dot++) tokens.push({ kind: kinds.character, start: at + dot, end: at + dot + 1 });
    else tokens.push({ kind: kindOf(token, isPattern), start: at, end: at + token.length });
    at += token.length;
  }
  return tokens;
}

function kindOf(token: string, isPattern: boolean): Kind {
  if (isPattern && (token === '...' || token.startsWith('$...'))) return kinds.ellipsis;
  if (isPattern && token.length > 1 && token.startsWith('$')) return kinds.metavariable;
  return /^\w/.test(token) ? kinds.word : kinds.character;
}

const closing = new Map([['(', ')'], ['[', ']'], ['{', '}']]);
const closers = new Set(closing.values());

/** In a document, what stands between brackets that match on this line is a block; in a pattern brackets are characters. */
function writeLine(text: string, tokens: readonly Token[], line: number, isPattern: boolean, out: TreeWriter): void {
  const partner = isPattern ? undefined : bracketPartners(text, tokens);
  const open: { readonly at: number; readonly until: number }[] = [];
  tokens.forEach(({ kind, start, end }, at) => {
    const block = open.at(-1);
    if (block?.until === at) {
      out.closeBlock(block.at, start, line);
      open.pop();
    }
    out.push(kind, start, end, line);
    const until = partner?.get(at);
    if (until !== undefined && until > at + 1) open.push({ at: out.push(kinds.open, end, end, line), until });
  });
}

/** Place of the closing bracket for each opening one that has it on this line; crossing pairs leave the inner opening one alone. */
function bracketPartners(text: string, tokens: readonly Token[]): Map<number, number> {
  const partner = new Map<number, number>();
  const waiting: { readonly at: number; readonly closer: string }[] = [];
  tokens.forEach(({ kind, start }, at) => {
    if (kind !== kinds.character) return;
    const character = text[start] as string;
    const closer = closing.get(character);
    if (closer !== undefined) waiting.push({ at, closer });
    if (!closers.has(character)) return;
    let top = waiting.length - 1;
    while (top >= 0 && waiting[top]?.closer !== character) top--;
    if (top < 0) return;
    partner.set((waiting[top] as { at: number }).at, at);
    waiting.length = top;
  });
  return partner;
}
