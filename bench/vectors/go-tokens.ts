/** A piece of Go source: enough of it to read lists of string literals. */
export interface GoToken {
  readonly kind: 'string' | 'word' | 'sign';
  /** Of a string: its value. */
  readonly text: string;
}

const pattern = /(?<skip>\s+|\/\/[^\n]*|\/\*[^]*?\*\/)|`(?<raw>[^`]*)`|"(?<interpreted>(?:[^"\\\n]|\\.)*)"|(?<rune>'(?:[^'\\]|\\.[^']*)')|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>:=|\.\.\.|[^])/uy;

export function goTokens(source: string): GoToken[] {
  const tokens: GoToken[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(source); found !== null; found = pattern.exec(source)) {
    const { raw, interpreted, word, sign, rune } = found.groups ?? {};
    if (raw !== undefined) tokens.push({ kind: 'string', text: raw.replaceAll('\r', '') });
    else if (interpreted !== undefined) tokens.push({ kind: 'string', text: unescaped(interpreted) });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (rune !== undefined) tokens.push({ kind: 'sign', text: 'rune' });
  }
  return tokens;
}

const simple = new Map([['n', '\n'], ['t', '\t'], ['r', '\r'], ['a', '\u0007'], ['b', '\b'], ['f', '\f'], ['v', '\v']]);

/** Go specification, "String literals". */
function unescaped(text: string): string {
  return text.replaceAll(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gu, (_, x?: string, u?: string, U?: string, octal?: string, one?: string) => {
    if (one !== undefined) return simple.get(one) ?? one;
    return octal === undefined ? String.fromCodePoint(Number.parseInt(x ?? u ?? U ?? '0', 16)) : String.fromCodePoint(Number.parseInt(octal, 8));
  });
}
