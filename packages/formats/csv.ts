/** Comma-separated values, RFC 4180; lines may end in either way, and a quote of another kind may be named. */
export type Row = readonly string[];

const cellLimit = 1024;

/** Rows with their line numbers; empty lines and lines that begin with `#` are left out. */
export function* csvRows(text: string, separator = ','): Generator<{ readonly line: number; readonly cells: Row }> {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const { cells, end } = readRow(text, at, separator);
    for (let index = text.indexOf('\n', at); index >= 0 && index < end; index = text.indexOf('\n', index + 1)) line += 1;
    at = end;
    if (!(cells.length === 1 && cells[0]?.trim() === '') && cells[0]?.startsWith('#') !== true) yield { line: start, cells };
  }
}

function readRow(text: string, from: number, separator: string): { readonly cells: string[]; readonly end: number } {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const quoted = text[at] === '"';
    const close = quoted ? closing(text, at + 1, '"') : at;
    const stop = nextStop(text, quoted ? Math.min(close + 1, text.length) : at, separator);
    if (cells.length < cellLimit) cells.push(quoted ? text.slice(at + 1, close).replaceAll('""', '"') : text.slice(at, stop).replace(/\r$/, ''));
    if (text[stop] !== separator) return { cells, end: Math.min(stop + 1, text.length) };
    at = stop + 1;
  }
}

function nextStop(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at += 1;
  return at;
}

/** One line that holds one row. */
export function csvRow(text: string, quote: '"' | "'" = '"', limit = 64): Row {
  const cells: string[] = [];
  let at = 0;
  while (at <= text.length && cells.length < limit) {
    if (text[at] === quote) {
      const end = closing(text, at + 1, quote);
      cells.push(text.slice(at + 1, end).replaceAll(quote + quote, quote));
      at = end + 1;
      if (text[at] !== ',') break;
      at += 1;
    } else {
      const comma = text.indexOf(',', at);
      const end = comma < 0 ? text.length : comma;
      cells.push(text.slice(at, end));
      at = end + 1;
    }
  }
  return cells;
}

function closing(text: string, from: number, quote: string): number {
  let at = text.indexOf(quote, from);
  while (at >= 0 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at < 0 ? text.length : at;
}
