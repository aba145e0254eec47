/** Escapes of string literals (JSON, JavaScript, C), runs of `0x2e`, and UTF-7. */
const escape = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3][0-7]{2}))/g;

export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(escape, (whole, long?: string, unit?: string, byte?: string, octal?: string) => {
    const code = octal === undefined ? parseInt(long ?? unit ?? byte ?? '', 16) : parseInt(octal, 8);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** `0x2e0x2e0x2f`: at least two dots, slashes or backslashes in a row; a single `0x2e` is a number. */
export function decodeHexRuns(text: string): string {
  if (!text.includes('0x')) return text;
  return text.replace(/0x(?:2[ef]|5c)(?:[./\\]|0?x2[ef]|0?x5c)+|[./\\]{1,3}0x(?:2[ef]|5c)/gi, (run) => run.replace(/0?x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
}

const utf7 = /\+(AD[w4]|ACI|ACc|ACg|ACk|AHs|AH0|AD0|ADs|AC8|ACY|ACM)-?/g;
const utf7Characters: ReadonlyMap<string, string> = new Map([
  ['ADw', '<'], ['AD4', '>'], ['ACI', '"'], ['ACc', "'"], ['ACg', '('], ['ACk', ')'], ['AHs', '{'], ['AH0', '}'], ['AD0', '='], ['ADs', ';'], ['AC8', '/'], ['ACY', '&'], ['ACM', '#'],
]);

/** UTF-7 (RFC 2152) of markup: some browsers once guessed it. */
export function decodeUtf7(text: string): string {
  if (!text.includes('+A')) return text;
  return text.replace(utf7, (whole, code: string) => utf7Characters.get(code) ?? whole);
}

/** Full-width and other compatibility forms become plain; what is not seen is taken out. */
export function decodeCompatibility(text: string): string {
  if (!/[^\u0020-\u007e]/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/[\u0000\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replaceAll(/[\u02b9\u02bc\u2018\u2019\u2032]/g, "'")
    .replaceAll(/[\u2215\u2044]/g, '/')
    .replaceAll(/[\u2216]/g, '\\');
}

/** Markup whose signs carry an eighth bit that some browsers once dropped: `¼script¾`, when it was taken for US-ASCII. */
export function decodeSevenBits(text: string): string {
  if (!text.includes('\u00bc') || !/\u00bc[\u00c2\u00d0]?\/?[a-z]{1,20}[^\u00bc]{0,200}\u00be/i.test(text)) return text;
  return text.replaceAll(/[\u00c2\u00d0]?([\u00bc\u00be\u00a2\u00a7])/g, (_, character: string) => String.fromCharCode(character.charCodeAt(0) & 0x7f));
}
