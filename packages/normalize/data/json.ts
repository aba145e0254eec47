import { dataKind, type DataTree } from '#model/data-tree.ts';
import { reading, Scanner } from './scanner.ts';
import { DataWriter } from './writer.ts';

/** Reads JSON; comments and commas too many are read over. */
export function readJsonTree(text: string): DataTree {
  return read(text, false);
}

/** A pattern: JSON with `...` and metavariables, or a single `"key": value`. */
export function readJsonPattern(pattern: string): DataTree {
  return read(pattern, true);
}

function read(text: string, isPattern: boolean): DataTree {
  const out = new DataWriter(text);
  const root = out.open(dataKind.document, 0);
  const parser = new Json(text, out, isPattern);
  reading(out, () => {
    parser.document();
    out.close(root, text.length);
  });
  return out.finish();
}

class Json extends Scanner {
  document(): void {
    this.space(true);
    while (this.at < this.text.length) {
      const value = this.value();
      this.space(true);
      if (this.isPattern && this.looksAt(':')) this.pairFrom(value);
      this.space(true);
      while (this.takes(',')) this.space(true);
    }
  }

  /** The key is written already: the pair goes round it. */
  private pairFrom(key: number): void {
    const pair = this.out.wrap(key, dataKind.pair);
    this.needs(':');
    this.space(true);
    this.value();
    this.out.close(pair, this.at);
  }

  private value(): number {
    const start = this.at;
    const part = this.patternPart();
    if (part !== undefined) return part;
    if (this.takes('{')) return this.members(start);
    if (this.takes('[')) return this.items(start);
    if (this.looksAt('"')) return this.string();
    const word = this.match(/[-+.\w]+/y);
    if (word === undefined) this.fail('a value is missing');
    if (word === 'true' || word === 'false') return this.out.leaf(dataKind.boolean, start, this.at);
    if (word === 'null') return this.out.leaf(dataKind.null, start, this.at);
    return this.out.leaf(Number.isNaN(Number(word)) ? dataKind.name : dataKind.number, start, this.at, Number.isNaN(Number(word)) ? word : String(Number(word)));
  }

  private string(): number {
    const start = this.at;
    const written = this.match(/"(?:[^"\\]|\\.)*"/sy);
    if (written === undefined) this.fail('text that does not end');
    return this.out.leaf(dataKind.string, start, this.at, decoded(written));
  }

  private members(start: number): number {
    const node = this.out.open(dataKind.map, start);
    for (this.space(true); !this.takes('}'); this.space(true)) {
      if (this.at >= this.text.length) this.fail('"}" is missing');
      const key = this.value();
      this.space(true);
      if (this.looksAt(':')) this.pairFrom(key);
      this.space(true);
      this.takes(',');
    }
    return this.out.close(node, this.at);
  }

  private items(start: number): number {
    const node = this.out.open(dataKind.list, start);
    for (this.space(true); !this.takes(']'); this.space(true)) {
      if (this.at >= this.text.length) this.fail('"]" is missing');
      this.value();
      this.space(true);
      this.takes(',');
    }
    return this.out.close(node, this.at);
  }
}

/** The value of a text in quotes; an escape that is none stands for itself. */
export function decoded(written: string): string {
  const inside = written.slice(1, -1);
  if (!inside.includes('\\')) return inside;
  const plain = new Map([['n', '\n'], ['t', '\t'], ['r', '\r'], ['b', '\b'], ['f', '\f'], ['"', '"'], ['\\', '\\'], ['/', '/']]);
  return inside.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (all, hex: string | undefined, escaped: string | undefined) => (hex === undefined ? (plain.get(escaped ?? '') ?? all) : String.fromCharCode(Number.parseInt(hex, 16))));
}
