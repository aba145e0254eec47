const noColumns = /[\p{Mn}\p{Me}]/u;
/** Wide and full-width blocks of East Asian scripts (UAX #11), and what shows as an emoji. */
const twoColumns = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

function columnsOf(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (noColumns.test(character)) return 0;
  return twoColumns.test(character) ? 2 : 1;
}

/** Columns that text without escape sequences takes in a terminal. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
}

/** Cuts text to a number of columns, with an ellipsis as the last. */
export function fit(text: string, width: number): string {
  if (columns(text) <= width) return text;
  return `${head(text, Math.max(1, width) - 1)}…`;
}

/** Cuts text at its beginning to a number of columns, with an ellipsis as the first; a path where a folder begins, if that is near. */
export function fitEnd(text: string, width: number): string {
  if (columns(text) <= width) return text;
  const characters = [...text];
  let [from, used] = [characters.length, 1];
  while (from > 0 && used + columnsOf(characters[from - 1] ?? '') <= Math.max(1, width)) used += columnsOf(characters[--from] ?? '');
  const end = characters.slice(from).join('');
  const folder = end.indexOf('/');
  return `…${folder > 0 && folder < end.length / 3 ? end.slice(folder) : end}`;
}

function head(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += columnsOf(character);
    if (used > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Breaks at spaces; a word longer than the line is broken where the line ends. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = '';
    }
    while (line === '' && columns(word) > width) {
      const part = head(word, width) || [...word][0] || '';
      lines.push(part);
      word = word.slice(part.length);
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** Wraps to at most `limit` lines; the last ends in an ellipsis when something was left out. */
export function wrapTo(text: string, width: number, limit: number): readonly string[] {
  const lines = wrap(text, width);
  if (lines.length <= limit) return lines;
  return [...lines.slice(0, limit - 1), fit(lines.slice(limit - 1).join(' '), width)];
}
