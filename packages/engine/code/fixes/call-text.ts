import type { Language } from '#model/ir.ts';

/** A stretch of a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A bracket with what it holds, separated by commas; comments and white space round each part are left out. */
export interface ListText {
  /** Offsets of the brackets. */
  readonly open: number;
  readonly close: number;
  readonly parts: readonly Span[];
}

export interface CallText {
  /** What is called, `new ` included. */
  readonly callee: string;
  readonly list: ListText;
}

/** Longer calls are left alone. */
const longest = 20_000;
const deepest = 40;
const closers: ReadonlyMap<string, string> = new Map([['(', ')'], ['[', ']'], ['{', '}']]);

/** A call as it is written; undefined where the text is not plainly one, with its arguments in brackets at its end. */
export function callText(text: string, { start, end }: Span, language: Language): CallText | undefined {
  if (end - start > longest || text[end - 1] !== ')') return undefined;
  const reader = new TextReader(text, end, language);
  let list: ListText | undefined;
  for (let at = start; at < end;) {
    const next = reader.skip(at);
    if (next !== undefined) at = next;
    else if (closers.has(text[at] as string)) {
      list = reader.list(at, 0);
      if (list === undefined) return undefined;
      at = list.close + 1;
    } else at++;
  }
  return list?.close === end - 1 && text[list.open] === '(' ? { callee: text.slice(start, list.open), list } : undefined;
}

/** What stands in the bracket that opens at `open`. */
export function listText(text: string, open: number, language: Language): ListText | undefined {
  return new TextReader(text, Math.min(text.length, open + longest), language).list(open, 0);
}

/** Where code begins at or after `from`: white space and comments are passed. */
export function codeFrom(text: string, from: number, language: Language): number {
  const reader = new TextReader(text, text.length, language);
  for (let at = from; at < text.length;) {
    const next = /\s/.test(text[at] as string) ? at + 1 : reader.comment(at);
    if (next === undefined) return at;
    at = next;
  }
  return text.length;
}

class TextReader {
  private readonly text: string;
  private readonly end: number;
  private readonly language: Language;

  constructor(text: string, end: number, language: Language) {
    this.text = text;
    this.end = end;
    this.language = language;
  }

  list(open: number, depth: number): ListText | undefined {
    const closer = closers.get(this.text[open] as string);
    if (closer === undefined || depth > deepest) return undefined;
    const parts: Span[] = [];
    let [first, last] = [-1, -1];
    const take = (): void => {
      if (first >= 0) parts.push({ start: first, end: last });
      first = -1;
    };
    for (let at = open + 1; at < this.end;) {
      const sign = this.text[at] as string;
      const comment = this.comment(at);
      if (comment !== undefined) at = comment;
      else if (sign === closer) {
        take();
        return { open, close: at, parts };
      } else if (sign === ',') {
        take();
        at++;
      } else if (/[)\]}]/.test(sign)) return undefined;
      else {
        const next = this.literal(at) ?? (closers.has(sign) ? (this.list(at, depth + 1)?.close ?? this.end) + 1 : at + 1);
        if (!/\s/.test(sign)) {
          if (first < 0) first = at;
          last = next;
        }
        at = next;
      }
    }
    return undefined;
  }

  /** The end of the literal or comment that begins here. */
  skip(at: number): number | undefined {
    return this.comment(at) ?? this.literal(at);
  }

  comment(at: number): number | undefined {
    if (this.language === 'python') return this.text[at] === '#' ? this.lineEnd(at) : undefined;
    if (this.text.startsWith('//', at)) return this.lineEnd(at);
    return this.text.startsWith('/*', at) ? this.after('*/', at + 2) : undefined;
  }

  private literal(at: number): number | undefined {
    const sign = this.text[at] as string;
    if (sign === '"' || sign === "'") {
      const long = sign.repeat(3);
      const isLong = this.language !== 'javascript' && this.text.startsWith(long, at);
      return this.quoted(at + (isLong ? 3 : 1), isLong ? long : sign);
    }
    if (this.language !== 'javascript') return undefined;
    if (sign === '`') return this.template(at + 1);
    return sign === '/' && /(?:^|[(,=:[!&|?{};+]|\breturn)\s*$/.test(this.text.slice(Math.max(0, at - 20), at)) ? this.regex(at + 1) : undefined;
  }

  private quoted(from: number, closer: string): number {
    for (let at = from; at < this.end; at++) {
      if (this.text[at] === '\\') at++;
      else if (this.text.startsWith(closer, at)) return at + closer.length;
    }
    return this.end;
  }

  private template(from: number): number {
    for (let at = from; at < this.end; at++) {
      if (this.text[at] === '\\') at++;
      else if (this.text[at] === '`') return at + 1;
      else if (this.text.startsWith('${', at)) at = this.list(at + 1, 0)?.close ?? this.end;
    }
    return this.end;
  }

  private regex(from: number): number {
    let inClass = false;
    for (let at = from; at < this.end && this.text[at] !== '\n'; at++) {
      const sign = this.text[at];
      if (sign === '\\') at++;
      else if (sign === '[') inClass = true;
      else if (sign === ']') inClass = false;
      else if (sign === '/' && !inClass) return at + 1;
    }
    return from;
  }

  private lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end === -1 ? this.end : end;
  }

  private after(closer: string, at: number): number {
    const end = this.text.indexOf(closer, at);
    return end === -1 ? this.end : end + closer.length;
  }
}
