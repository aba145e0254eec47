/**
 * Translates an RE2 (Go) regular expression to JavaScript. Throws a `SyntaxError` that names what has no counterpart.
 * Syntax: github.com/google/re2/wiki/Syntax.
 */
export function fromRe2(source: string): string {
  const out: string[] = [];
  /** One entry for each open group: the flags `(?i)` set inside it, waiting to be closed. */
  const open: string[][] = [[]];
  let at = 0;
  while (at < source.length) {
    const flags = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(source.slice(at, at + 16));
    if (flags !== null) {
      out.push(openFlags(flags[1] ?? '', flags[2] ?? '', open));
      at += flags[0].length;
    } else if (source[at] === '[') {
      const end = classEnd(source, at);
      out.push(characterClass(source.slice(at, end)));
      at = end;
    } else at = translateOne(source, at, out, open);
  }
  out.push(')'.repeat(open[0]?.length ?? 0));
  return out.join('');
}

function openFlags(on: string, off: string, open: string[][]): string {
  if (on.includes('U') || off.includes('U')) throw new SyntaxError('the flag U (swapped greediness) has no counterpart');
  const prefix = `(?${on}${off === '' ? '' : `-${off}`}:`;
  open.at(-1)?.push(prefix);
  return prefix;
}

function translateOne(source: string, at: number, out: string[], open: string[][]): number {
  const rest = source.slice(at, at + 3);
  if (source[at] === '\\') return escape(source, at, out);
  if (source[at] === '(') {
    open.push([]);
    if (source.startsWith('(?P<', at)) {
      out.push('(?<');
      return at + 4;
    }
    const named = /^\((?:\?(?:[ims-]*:|<))?/.exec(source.slice(at, at + 10));
    out.push(named?.[0] ?? '(');
    return at + (named?.[0].length ?? 1);
  }
  const pending = open.at(-1) ?? [];
  if (source[at] === ')') {
    if (open.length === 1) throw new SyntaxError('unmatched closing parenthesis');
    out.push(')'.repeat(pending.length), ')');
    open.pop();
  } else if (source[at] === '|') out.push(')'.repeat(pending.length), '|', ...pending);
  else out.push(rest[0] as string);
  return at + 1;
}

const posix = new Map([
  ['alnum', '0-9A-Za-z'], ['alpha', 'A-Za-z'], ['ascii', '\\x00-\\x7F'], ['blank', '\\t '], ['cntrl', '\\x00-\\x1F\\x7F'], ['digit', '0-9'],
  ['graph', '!-~'], ['lower', 'a-z'], ['print', ' -~'], ['punct', '!-\\/:-@\\[-`{-~'], ['space', '\\s'], ['upper', 'A-Z'], ['word', '\\w'], ['xdigit', '0-9A-Fa-f'],
]);

function classEnd(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  for (; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith('[:', at)) at = Math.max(at, source.indexOf(':]', at) + 1);
    else if (source[at] === ']') return at + 1;
  }
  throw new SyntaxError('missing closing bracket');
}

function characterClass(text: string): string {
  const translated = text
    .replace(/\[:(\^?)(\w+):\]/g, (_all, negated: string, name: string) => {
      const inside = posix.get(name);
      if (inside === undefined || negated !== '') throw new SyntaxError(`character class [:${negated}${name}:] has no counterpart`);
      return inside;
    })
    .replace(/\\x\{([0-9A-Fa-f]{1,2})\}/g, (_all, hex: string) => `\\x${hex.padStart(2, '0')}`)
    .replace(/\\z/g, '');
  return translated.startsWith('[]') ? `[\\]${translated.slice(2)}` : translated.startsWith('[^]') ? `[^\\]${translated.slice(3)}` : translated;
}

function escape(source: string, at: number, out: string[]): number {
  const next = source[at + 1];
  if (next === 'Q') {
    const end = source.indexOf('\\E', at + 2);
    const stop = end === -1 ? source.length : end;
    out.push(source.slice(at + 2, stop).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
    return end === -1 ? stop : stop + 2;
  }
  if (next === 'C' || next === 'p' || next === 'P') throw new SyntaxError(`\\${next} has no counterpart for bytes`);
  const hex = /^\\x\{([0-9A-Fa-f]{1,2})\}/.exec(source.slice(at, at + 7));
  if (hex !== null) {
    out.push(`\\x${(hex[1] as string).padStart(2, '0')}`);
    return at + hex[0].length;
  }
  out.push(next === 'A' ? '(?<![\\s\\S])' : next === 'z' ? '(?![\\s\\S])' : next === 'a' ? '\\x07' : source.slice(at, at + 2));
  return at + 2;
}
