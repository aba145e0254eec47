import { dataKind, type DataTree } from '#model/data-tree.ts';
import { decoded } from './json.ts';
import { reading } from './scanner.ts';
import { type ShellToken, shellTokens, ShellWriter } from './shell-words.ts';
import { DataWriter } from './writer.ts';

const instructions = new Set(['FROM', 'RUN', 'CMD', 'LABEL', 'MAINTAINER', 'EXPOSE', 'ENV', 'ADD', 'COPY', 'ENTRYPOINT', 'VOLUME', 'USER', 'WORKDIR', 'ARG', 'ONBUILD', 'STOPSIGNAL', 'HEALTHCHECK', 'SHELL', 'CROSS_BUILD_COPY']);

/** Reads a Dockerfile: its instructions in order (docs.docker.com/reference/dockerfile). */
export function readDockerfileTree(text: string): DataTree {
  return read(text, false);
}

/** A pattern: instructions with `...` between them, or a command of the shell. */
export function readDockerfilePattern(pattern: string): DataTree {
  return read(pattern, true);
}

function read(text: string, isPattern: boolean): DataTree {
  const out = new DataWriter(text);
  const root = out.open(dataKind.document, 0);
  reading(out, () => {
    new Dockerfile(text, out, isPattern).write();
    out.close(root, text.length);
  });
  return out.finish();
}

class Dockerfile {
  private readonly text: string;
  private readonly out: DataWriter;
  private readonly isPattern: boolean;

  constructor(text: string, out: DataWriter, isPattern: boolean) {
    this.text = text;
    this.out = out;
    this.isPattern = isPattern;
  }

  write(): void {
    let at = 0;
    while (at < this.text.length) {
      const end = this.instructionEnd(at);
      this.line(at, end);
      at = end + 1;
    }
  }

  /** The line break that ends an instruction: not one that is escaped, nor that of a comment within. */
  private instructionEnd(start: number): number {
    let at = start;
    let isContinued = false;
    for (;;) {
      const found = this.text.indexOf('\n', at);
      const end = found === -1 ? this.text.length : found;
      const line = this.text.slice(at, end).replace(/\r$/, '');
      const isComment = /^\s*(?:#|$)/.test(line);
      if (!isComment || !isContinued) isContinued = /\\\s*$/.test(line) && !/^\s*#/.test(line);
      if (!isContinued || end === this.text.length) return this.hereDocumentEnd(start, end);
      at = end + 1;
    }
  }

  /** An instruction with `<<EOF` goes on to the line that says EOF. */
  private hereDocumentEnd(start: number, end: number): number {
    const word = /^\s*(?:RUN|COPY|ADD)\s[^\n]*<<-?["']?(\w+)/i.exec(this.text.slice(start, end))?.[1];
    if (word === undefined) return end;
    const last = new RegExp(`\\n[ \\t]*${word}[ \\t]*\\r?(?=\\n|$)`, 'g');
    last.lastIndex = end;
    const found = last.exec(this.text);
    return found === null ? end : found.index + found[0].length;
  }

  private line(start: number, end: number): void {
    const head = /^[ \t\r]*/.exec(this.text.slice(start, end))?.[0].length ?? 0;
    const from = start + head;
    const line = this.text.slice(from, end).trimEnd();
    if (line === '' || line.startsWith('#')) return;
    if (this.isPattern && line === '...') return void this.out.leaf(dataKind.ellipsis, from, from + 3, '');
    if (this.isPattern && isMetavariable(line)) return void this.out.leaf(dataKind.name, from, from + line.length, line);
    this.instruction(from, from + line.length);
  }

  private instruction(start: number, end: number): void {
    const name = /^[A-Za-z_]+(?=\s|$)/.exec(this.text.slice(start, end))?.[0] ?? '';
    const upper = name.toUpperCase();
    if (!instructions.has(upper)) {
      if (this.isPattern) this.bare(start, end);
      else this.out.problem(start, `${name === '' ? 'a line' : `"${name}"`} is no instruction`);
      return;
    }
    const form = this.out.open(dataKind.form, start, upper);
    const rest = this.options(start + name.length, end);
    this.arguments(upper, rest, end);
    this.out.close(form, end);
  }

  /** A command alone; a single word is that word wherever it stands. */
  private bare(start: number, end: number): void {
    const tokens = shellTokens(this.text, start, end);
    const [only] = tokens;
    if (tokens.length === 1 && only?.kind === 'word') this.word(only);
    else new ShellWriter(tokens, this.out, (token) => this.word(token)).write();
  }

  /** `--name=value` before the arguments. */
  private options(start: number, end: number): number {
    let at = this.skip(start, end);
    for (;;) {
      const option = /^--([\w-]+)(?:=(\S*))?/.exec(this.text.slice(at, end));
      if (option === null) return at;
      const node = this.out.open(dataKind.option, at, option[1]);
      const length = option[0].length;
      if (option[2] !== undefined) this.word({ kind: 'word', start: at + length - option[2].length, end: at + length, value: option[2] });
      this.out.close(node, at + length);
      at = this.skip(at + length, end);
    }
  }

  private skip(at: number, end: number): number {
    const gap = /(?:\s|\\\r?\n|(?<=\n)[ \t]*#[^\n]*)*/y;
    gap.lastIndex = at;
    return Math.min(end, at + (gap.exec(this.text)?.[0].length ?? 0));
  }

  private arguments(name: string, start: number, end: number): void {
    const text = this.text.slice(start, end);
    if (this.isPattern && (text === '...' || isMetavariable(text) && text.startsWith('$...'))) return this.word({ kind: 'word', start, end, value: text });
    if (/^\[.*\]$/s.test(text) && this.array(start, end)) return;
    switch (name) {
      case 'RUN':
      case 'CMD':
      case 'ENTRYPOINT':
        return new ShellWriter(shellTokens(this.text, start, end), this.out, (token) => this.word(token)).write();
      case 'FROM':
        return this.image(start, end);
      case 'ENV':
      case 'LABEL':
        return this.pairs(start, end);
      case 'ARG':
        return this.keyed(shellTokens(this.text, start, end)[0], '=');
      case 'USER':
        return this.keyed(shellTokens(this.text, start, end)[0], ':');
      case 'ONBUILD':
        return this.instruction(start, end);
      case 'HEALTHCHECK':
        return /^CMD\s/i.test(text) ? this.instruction(start, end) : this.words(start, end);
      case 'MAINTAINER':
        return this.word({ kind: 'word', start, end, value: text });
      default:
        return this.words(start, end);
    }
  }

  private words(start: number, end: number): void {
    for (const token of shellTokens(this.text, start, end)) if (token.kind === 'word') this.word(token);
  }

  private word({ start, end, value }: ShellToken): void {
    if (this.isPattern && value === '...') this.out.leaf(dataKind.ellipsis, start, end, '');
    else if (this.isPattern && isMetavariable(value)) this.out.leaf(this.text[start] === '$' ? dataKind.name : dataKind.string, start, end, value);
    else this.out.leaf(dataKind.string, start, end, value);
  }

  /** The exec form: texts in brackets. Anything else in brackets is for the shell. */
  private array(start: number, end: number): boolean {
    const items = [...this.text.slice(start + 1, end - 1).matchAll(/"(?:[^"\\]|\\.)*"|\.\.\.|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|[^\s,\\]+/gs)];
    if (items.some(([item]) => !item.startsWith('"') && !(this.isPattern && (item === '...' || isMetavariable(item))))) return false;
    const list = this.out.open(dataKind.list, start);
    for (const { 0: item, index } of items) {
      const at = start + 1 + index;
      if (item.startsWith('"')) this.out.leaf(dataKind.string, at, at + item.length, decoded(item));
      else this.word({ kind: 'word', start: at, end: at + item.length, value: item });
    }
    this.out.close(list, end);
    return true;
  }

  /** `name[:tag][@digest] [AS alias]` */
  private image(start: number, end: number): void {
    const [spec, as, alias] = shellTokens(this.text, start, end).filter(({ kind }) => kind === 'word');
    if (spec === undefined) return;
    const parts = /^(\S*?)(?::([^:/@]+))?(?:@(\S+))?$/.exec(spec.value);
    const [, image = spec.value, tag, digest] = parts ?? [];
    const at = spec.start;
    this.word({ kind: 'word', start: at, end: at + image.length, value: image });
    if (tag !== undefined) this.optionOf(':', at + image.length + 1, tag);
    if (digest !== undefined) this.optionOf('@', spec.end - digest.length, digest);
    if (as !== undefined && alias !== undefined && /^as$/i.test(as.value)) this.optionOf('as', alias.start, alias.value);
  }

  private optionOf(label: string, start: number, value: string): void {
    const option = this.out.open(dataKind.option, start, label);
    this.word({ kind: 'word', start, end: start + value.length, value });
    this.out.close(option, start + value.length);
  }

  private keyed(token: ShellToken | undefined, mark: '=' | ':'): void {
    if (token === undefined) return;
    const at = token.value.indexOf(mark, 1);
    if (at === -1) return this.word(token);
    this.word({ ...token, end: token.start + at, value: token.value.slice(0, at) });
    const value = { ...token, start: token.start + at + 1, value: token.value.slice(at + 1) };
    if (mark === '=') this.word(value);
    else this.optionOf(':', value.start, value.value);
  }

  /** `KEY=value ...`, or the older `KEY value`. */
  private pairs(start: number, end: number): void {
    const tokens = shellTokens(this.text, start, end).filter(({ kind }) => kind === 'word');
    const [first, second] = tokens;
    if (first !== undefined && second !== undefined && !first.value.includes('=') && first.value !== '...') {
      this.pair(first, { kind: 'word', start: second.start, end, value: this.text.slice(second.start, end) });
      return;
    }
    for (const token of tokens) {
      const at = token.value.indexOf('=');
      if (at <= 0) this.word(token);
      else this.pair({ ...token, end: token.start + at, value: token.value.slice(0, at) }, { ...token, start: token.start + at + 1, value: token.value.slice(at + 1) });
    }
  }

  private pair(key: ShellToken, value: ShellToken): void {
    const pair = this.out.open(dataKind.pair, key.start);
    this.word(key);
    this.word(value);
    this.out.close(pair, value.end);
  }
}

function isMetavariable(word: string): boolean {
  return /^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(word);
}
