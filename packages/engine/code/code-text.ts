import type { Region } from '#model/region.ts';

/** Text of a file with its lines, for places that were found in it. Offsets are UTF-16 code units. */
export class CodeLines {
  readonly text: string;
  private readonly starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  region(start: number, end: number): Region {
    const first = this.lineOf(start);
    const last = this.lineOf(Math.max(start, end - 1));
    return { startLine: first + 1, startColumn: start - this.startOf(first) + 1, endLine: last + 1, endColumn: end - this.startOf(last) + 1 };
  }

  /** The line on which an offset lies, from 1. */
  line(offset: number): number {
    return this.lineOf(offset) + 1;
  }

  /** The text of a line, from 1, without its break. */
  lineText(line: number): string {
    return this.text.slice(this.startOf(line - 1), this.starts[line] ?? this.text.length).replace(/\r?\n$/, '');
  }

  private startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Literals that may be keys or passwords: long, without a space, with digits or mixed in case. */
const literal = /(["'`])((?:[^"'`\\\s]|\\.){12,400})\1/g;
const wordy = /^[a-z][a-z _./:@#-]*$|^[A-Za-z]+(?:[ _./:-][A-Za-z]+)*$/;
const longest = 160;

/** A line of code as it may be shown: known secrets and what looks like one blanked, cut to a readable length. */
export function shownLine(lines: CodeLines, line: number, secrets: readonly Region[]): string {
  let text = lines.lineText(line);
  for (const { startLine, startColumn, endLine, endColumn } of secrets) {
    if (line < startLine || line > endLine) continue;
    const from = line === startLine ? startColumn - 1 : 0;
    const to = line === endLine ? endColumn - 1 : text.length;
    text = text.slice(0, from) + '\u2026'.repeat(Math.max(0, to - from)) + text.slice(to);
  }
  const shown = blanked(text.replace(/\u2026+/g, '\u2026').trim());
  return shown.length > longest ? `${shown.slice(0, longest - 1)}\u2026` : shown;
}

export function blanked(text: string): string {
  return text.replace(literal, (whole, quote: string, inner: string) => (wordy.test(inner) ? whole : `${quote}\u2026${quote}`));
}

/** Text of a place for its identity: white space folded, literals blanked, of bounded length. */
export function identityText(lines: CodeLines, start: number, end: number): string {
  return blanked(lines.text.slice(start, Math.min(end, start + 400)).replace(/\s+/g, ' ').trim());
}
