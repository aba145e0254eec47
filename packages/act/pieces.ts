import type { Rendered } from '#model/unit.ts';

/** Characters in one piece, about. */
const pieceLength = 4 * 1024 * 1024;

/**
 * JSON with one long list, piece by piece, so that neither the whole text nor all of its parts are held at once.
 * `around` is the JSON of the value with that list empty, and `empty` how the empty list stands in it, its name included:
 * inside a text its quotes would be escaped, so that it is found nowhere else.
 */
export function* withItems(around: string, empty: string, items: Iterable<string>, between: string): Generator<string> {
  const at = around.indexOf(empty) + empty.length - 1;
  yield around.slice(0, at);
  let separator = '';
  for (const item of items) {
    yield separator + item;
    separator = between;
  }
  yield around.slice(at);
}

/** Small pieces put together. */
export function* largePieces(pieces: Iterable<string>): Generator<string> {
  let held: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < pieceLength) continue;
    yield held.join('');
    held = [];
    length = 0;
  }
  yield held.join('');
}

/** What was rendered, as one text. */
export function wholeText(rendered: Rendered): string {
  return typeof rendered === 'string' ? rendered : [...rendered].join('');
}
