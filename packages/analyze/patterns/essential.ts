/** One part of an expression outside of groups: a character, a class or a group, and how often it may stand there. */
interface Piece {
  readonly atom: string;
  readonly quantifier: string;
}

/**
 * An expression that is found somewhere in exactly the texts in which `source` is, without what costs time and decides nothing: any number of
 * something at the beginning or the end. `.*<script.*` asks for the whole line at each of its characters, `<script` only for itself.
 */
export function essential(source: string): string {
  const pieces = piecesOf(source);
  if (pieces === undefined) return source;
  let first = 0;
  while (first < pieces.length && mayLack(pieces[first] as Piece)) first++;
  let last = pieces.length;
  while (last > first && mayLack(pieces[last - 1] as Piece)) last--;
  const kept = pieces.slice(first, last);
  return kept.map((piece, at) => ((at === 0 || at === kept.length - 1) && isRepeated(piece) ? piece.atom : piece.atom + piece.quantifier)).join('');
}

/** Whether an expression begins with the rest of a line, and says nothing else beside that. */
export function beginsWithLine(source: string): boolean {
  const pieces = piecesOf(source);
  const [first] = pieces ?? [];
  return first?.atom === anyInLine && first.quantifier.startsWith('*') && pieces?.some(({ atom }) => atom === '|') === false;
}

const anyInLine = '[^\\n]';

/** Groups may capture, so they stay. */
function mayLack({ atom, quantifier }: Piece): boolean {
  return !atom.startsWith('(') && /^[*?]/.test(quantifier);
}

function isRepeated({ atom, quantifier }: Piece): boolean {
  return !atom.startsWith('(') && quantifier.startsWith('+');
}

/** Undefined for what is not understood here. */
function piecesOf(source: string): Piece[] | undefined {
  // Half a character beyond the first 65,536 is a piece of its own only without the flag `u`.
  if (/[\ud800-\udfff]/.test(source)) return undefined;
  const pieces: Piece[] = [];
  for (let at = 0; at < source.length; ) {
    const end = atomEnd(source, at);
    if (end === undefined) return undefined;
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(end, end + 24))?.[0] ?? '';
    pieces.push({ atom: source.slice(at, end), quantifier });
    at = end + quantifier.length;
  }
  return pieces;
}

function atomEnd(source: string, at: number): number | undefined {
  switch (source[at]) {
    case '\\':
      // Escapes that go on, and references to groups.
      return /[xucpPk0-9]/.test(source[at + 1] ?? 'x') ? undefined : at + 2;
    case '[':
      return classEnd(source, at);
    case '(':
      return groupEnd(source, at);
    default:
      return at + 1;
  }
}

function classEnd(source: string, start: number): number | undefined {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === ']') return at + 1;
  }
  return undefined;
}

function groupEnd(source: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '[') at = (classEnd(source, at) ?? source.length) - 1;
    else if (source[at] === '(') depth++;
    else if (source[at] === ')' && --depth === 0) return at + 1;
  }
  return undefined;
}
