/**
 * Git's glob language (gitignore(5), "PATTERN FORMAT") as a list of tokens, matched without recursion: only the last star and the
 * last double star are ever revisited, so that no pattern of a hostile repository costs more than pattern times text.
 */
export type Token = number | Uint8Array;

const anyByte = -1;
const star = -2;
/** `**` followed by a slash: any number of whole folders, also none. */
const folders = -3;
/** `**` at the end after a slash: whatever is inside. */
const rest = -4;

const slash = 0x2f;
const posix = new Map<string, RegExp>([
  ['alnum', /[0-9A-Za-z]/], ['alpha', /[A-Za-z]/], ['blank', /[ \t]/], ['cntrl', /[\x00-\x1f\x7f]/], ['digit', /[0-9]/],
  ['graph', /[\x21-\x7e]/], ['lower', /[a-z]/], ['print', /[\x20-\x7e]/], ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[\t-\r ]/], ['upper', /[A-Z]/], ['xdigit', /[0-9A-Fa-f]/],
]);

/** Undefined: the pattern is malformed and matches nothing, as in git. */
export function compileGlob(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < pattern.length) {
    const code = pattern.charCodeAt(at);
    if (code === 0x2a) {
      const end = endOfStars(pattern, at);
      const token = kindOfStars(pattern, at, end);
      tokens.push(token);
      at = token === folders ? end + 1 : end;
    } else if (code === 0x3f) {
      tokens.push(anyByte);
      at += 1;
    } else if (code === 0x5b) {
      const set = compileSet(pattern, at + 1);
      if (set === undefined) return undefined;
      tokens.push(set.bytes);
      at = set.end;
    } else if (code === 0x5c) {
      if (at + 1 >= pattern.length) return undefined;
      tokens.push(pattern.charCodeAt(at + 1));
      at += 2;
    } else {
      tokens.push(code);
      at += 1;
    }
  }
  return tokens;
}

function endOfStars(pattern: string, from: number): number {
  let end = from;
  while (pattern.charCodeAt(end) === 0x2a) end += 1;
  return end;
}

function kindOfStars(pattern: string, from: number, end: number): number {
  const bounded = from === 0 || pattern.charCodeAt(from - 1) === slash;
  if (end - from < 2 || !bounded) return star;
  if (end === pattern.length) return rest;
  return pattern.charCodeAt(end) === slash ? folders : star;
}

function compileSet(pattern: string, from: number): { bytes: Uint8Array; end: number } | undefined {
  const bytes = new Uint8Array(256);
  let at = from;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at += 1;
  let previous = 0;
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    if (at >= pattern.length) return undefined;
    const char = pattern[at];
    const named = char === '[' && pattern[at + 1] === ':' ? namedSet(pattern, at + 2) : undefined;
    if (named === 'malformed') return undefined;
    if (named !== undefined) {
      for (let byte = 0; byte < 256; byte += 1) if (named.regex.test(String.fromCharCode(byte))) bytes[byte] = 1;
      previous = 0;
      at = named.end;
    } else if (char === '-' && previous > 0 && at + 1 < pattern.length && pattern[at + 1] !== ']') {
      const high = literal(pattern, at + 1);
      if (high === undefined) return undefined;
      bytes.fill(1, previous, Math.max(previous, high.code + 1));
      previous = 0;
      at = high.end;
    } else {
      const one = literal(pattern, at);
      if (one === undefined) return undefined;
      bytes[one.code] = 1;
      previous = one.code;
      at = one.end;
    }
  }
  if (negated) for (let byte = 0; byte < 256; byte += 1) bytes[byte] = 1 - (bytes[byte] ?? 0);
  bytes[slash] = 0;
  return { bytes, end: at + 1 };
}

function literal(pattern: string, at: number): { code: number; end: number } | undefined {
  const from = pattern[at] === '\\' ? at + 1 : at;
  return from >= pattern.length ? undefined : { code: pattern.charCodeAt(from), end: from + 1 };
}

/** `[:name:]`; undefined when it is an ordinary bracket after all. */
function namedSet(pattern: string, from: number): { regex: RegExp; end: number } | 'malformed' | undefined {
  const close = pattern.indexOf(']', from);
  if (close < 0) return 'malformed';
  if (close === from || pattern[close - 1] !== ':') return undefined;
  const regex = posix.get(pattern.slice(from, close - 1));
  return regex === undefined ? 'malformed' : { regex, end: close + 1 };
}

export function matchGlob(tokens: readonly Token[], text: string): boolean {
  let token = 0;
  let at = 0;
  let starToken = -1;
  let starAt = 0;
  let folderToken = -1;
  let folderAt = 0;
  for (;;) {
    const current = tokens[token];
    if (current === undefined) {
      if (at === text.length) return true;
    } else if (current === rest) {
      if (at < text.length) return true;
    } else if (current === star) {
      starToken = token += 1;
      starAt = at;
      continue;
    } else if (current === folders) {
      folderToken = token += 1;
      folderAt = at;
      starToken = -1;
      continue;
    } else if (at < text.length && accepts(current, text.charCodeAt(at))) {
      token += 1;
      at += 1;
      continue;
    }
    if (starToken >= 0 && starAt < text.length && text.charCodeAt(starAt) !== slash) {
      token = starToken;
      at = starAt += 1;
      continue;
    }
    if (folderToken < 0) return false;
    const next = text.indexOf('/', folderAt);
    if (next < 0) return false;
    token = folderToken;
    at = folderAt = next + 1;
    starToken = -1;
  }
}

function accepts(token: Token, code: number): boolean {
  if (typeof token !== 'number') return token[code] === 1;
  return token === anyByte ? code !== slash : token === code;
}
