import { dataKind } from '#model/data-tree.ts';
import type { DataWriter } from './writer.ts';

/** A word of a command or a mark between commands, with its place. */
export interface ShellToken {
  readonly kind: 'word' | 'mark';
  readonly start: number;
  readonly end: number;
  /** A word without its quotes; a mark as it is. */
  readonly value: string;
}

const marks = ['&&', '||', ';;', ';', '|&', '|', '&', '(', ')', '\n'];
/** What may stand before a command and is none. */
const reserved = new Set(['if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'while', 'until', '!', '{', '}', 'esac']);
const mostTokens = 50_000;

/** Splits what a shell would read, from one offset to another; continued lines are one, comments are left out. */
export function shellTokens(text: string, from: number, to: number): ShellToken[] {
  const tokens: ShellToken[] = [];
  let at = from;
  while (at < to && tokens.length < mostTokens) {
    const gap = /(?:[ \t\r]+|\\\r?\n|(?<=\n[ \t]*)#[^\n]*\n?|(?<=^|[\s;&|(])#[^\n]*)+/y;
    gap.lastIndex = at;
    at += gap.exec(text)?.[0].length ?? 0;
    if (at >= to) break;
    const mark = marks.find((one) => text.startsWith(one, at));
    if (mark !== undefined) {
      tokens.push({ kind: 'mark', start: at, end: at + mark.length, value: mark });
      at += mark.length;
      continue;
    }
    const word = wordAt(text, at, to);
    if (!/^\d*(?:>>?|<)(?:&\d)?/.test(word.value) || word.quoted) tokens.push({ kind: 'word', start: at, end: word.end, value: word.value });
    else if (/^\d*(?:>>?|<)$/.test(word.value)) word.end = skipTarget(text, word.end, to);
    at = word.end;
  }
  return tokens;
}

/** The file that a redirection names is no argument. */
function skipTarget(text: string, at: number, to: number): number {
  const gap = /[ \t]*/y;
  gap.lastIndex = at;
  const start = at + (gap.exec(text)?.[0].length ?? 0);
  return start < to ? wordAt(text, start, to).end : start;
}

function wordAt(text: string, start: number, to: number): { end: number; value: string; quoted: boolean } {
  let value = '';
  let at = start;
  let quoted = false;
  while (at < to) {
    const character = text[at] as string;
    if (/[\s;&|()]/.test(character) && !(character === '&' && text[at - 1] === '>')) break;
    const piece = pieceAt(text, at, to);
    value += piece.value;
    quoted ||= character === '"' || character === "'";
    at = piece.end;
  }
  return at > start ? { end: at, value, quoted } : { end: start + 1, value: text[start] as string, quoted };
}

function pieceAt(text: string, at: number, to: number): { readonly end: number; readonly value: string } {
  const character = text[at] as string;
  if (character === '\\') return text[at + 1] === '\n' ? { end: at + 2, value: '' } : { end: Math.min(to, at + 2), value: text[at + 1] ?? '' };
  if (character === "'" || character === '"') {
    let end = at + 1;
    while (end < to && text[end] !== character) end += character === '"' && text[end] === '\\' ? 2 : 1;
    return { end: Math.min(to, end + 1), value: text.slice(at + 1, Math.min(end, to)) };
  }
  if (character === '$' && (text[at + 1] === '(' || text[at + 1] === '{')) {
    const end = closing(text, at + 1, to);
    return { end, value: text.slice(at, end) };
  }
  return { end: at + 1, value: character };
}

function closing(text: string, open: number, to: number): number {
  const [opener, closer] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let at = open; at < to; at++) {
    if (text[at] === opener) depth++;
    if (text[at] === closer && --depth === 0) return at + 1;
  }
  return to;
}

/** Writes commands joined by `&&`, `||`, `|` and `;`, as they bind; each command is a form of its words. */
export class ShellWriter {
  private at = 0;
  private readonly tokens: readonly ShellToken[];
  private readonly out: DataWriter;
  private readonly writeWord: (token: ShellToken) => void;

  constructor(tokens: readonly ShellToken[], out: DataWriter, writeWord: (token: ShellToken) => void) {
    this.tokens = tokens;
    this.out = out;
    this.writeWord = writeWord;
  }

  write(): void {
    this.joined([';', '\n', ';;', '&'], () => this.joined(['&&', '||'], () => this.joined(['|', '|&'], () => this.command())));
  }

  private takes(...values: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== 'mark' || !values.includes(token.value)) return undefined;
    this.at++;
    return token.value;
  }

  private joined(operators: readonly string[], part: () => number | undefined): number | undefined {
    let left = part();
    for (let operator = this.takes(...operators); operator !== undefined; operator = this.takes(...operators)) {
      const size = this.out.size;
      while (this.takes('\n') !== undefined) {
        // An operator at the end of a line joins what the next one says.
      }
      if (left === undefined) left = part();
      else {
        left = this.out.wrap(left, dataKind.form, operators.length > 2 ? ';' : operator.slice(0, 2));
        part();
        if (this.out.size === size + 1) this.out.unwrap(left);
        else this.out.close(left, this.endBefore());
      }
    }
    return left;
  }

  private endBefore(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  private command(): number | undefined {
    while (this.takes('(', ')') !== undefined || this.isReserved()) {
      // What opens or closes a group changes nothing about the commands in it.
    }
    const first = this.tokens[this.at];
    if (first?.kind !== 'word') return undefined;
    if (first.value === '...' && this.tokens[this.at + 1]?.kind !== 'word') {
      this.at++;
      const before = this.out.size;
      this.writeWord(first);
      return before;
    }
    const command = this.out.open(dataKind.form, first.start, 'command');
    let isStart = true;
    while (this.tokens[this.at]?.kind === 'word') {
      const token = this.tokens[this.at++] as ShellToken;
      if (isStart && /^[A-Za-z_]\w*=/.test(token.value)) this.out.leaf(dataKind.option, token.start, token.end, token.value);
      else {
        isStart = false;
        this.writeWord(token);
      }
    }
    this.out.close(command, this.endBefore());
    this.takes(')');
    return command;
  }

  private isReserved(): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'word' || !reserved.has(token.value)) return false;
    this.at++;
    return true;
  }
}
