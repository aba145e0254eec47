/** Which kinds of character a text holds: one pass, no allocation. It decides which judges are asked at all. */
export const trait = {
  singleQuote: 1, doubleQuote: 1 << 1, backtick: 1 << 2, angle: 1 << 3, semicolon: 1 << 4, paren: 1 << 5, slash: 1 << 6, backslash: 1 << 7,
  dots: 1 << 8, percent: 1 << 9, dollar: 1 << 10, brace: 1 << 11, pipe: 1 << 12, ampersand: 1 << 13, colon: 1 << 14, equals: 1 << 15, hash: 1 << 16,
  dashes: 1 << 17, star: 1 << 18, control: 1 << 19, wide: 1 << 20, plus: 1 << 21, bracket: 1 << 22, at: 1 << 23, other: 1 << 24, space: 1 << 25, digit: 1 << 26,
  comma: 1 << 27, greater: 1 << 28, newline: 1 << 29,
} as const;

/** Letters, digits, spaces, commas, single dots and dashes, at-signs, underscores: nothing that a language could take for its own. */
const innocent = trait.space | trait.digit | trait.comma | trait.at;

const classes = new Int32Array(128).fill(trait.other);
for (let code = 0; code < 32; code += 1) classes[code] = trait.control;
for (const [characters, bits] of [
  ["'", trait.singleQuote], ['"', trait.doubleQuote], ['`', trait.backtick], ['<', trait.angle], ['>', trait.greater], [';', trait.semicolon], ['()', trait.paren],
  ['/', trait.slash], ['\\', trait.backslash], ['%', trait.percent], ['$', trait.dollar], ['{}', trait.brace], ['|', trait.pipe], ['&', trait.ampersand],
  [':', trait.colon], ['=', trait.equals], ['#', trait.hash], ['*', trait.star], ['+', trait.plus], ['[]', trait.bracket], ['@', trait.at], [' ', trait.space],
  [',', trait.comma], ['\n\r', trait.newline | trait.control], ['\u007f', trait.control], ['-._', 0], ['0123456789', trait.digit],
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 0],
] as const) {
  for (const character of characters) classes[character.charCodeAt(0)] = bits;
}

export function traitsOf(text: string): number {
  let bits = 0;
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bits |= code < 128 ? (classes[code] as number) : trait.wide;
    if (code === before && (code === 46 || code === 45)) bits |= code === 46 ? trait.dots : trait.dashes;
    before = code;
  }
  return bits;
}

/** The few attacks that can be written with letters, digits and spaces alone. */
const worded = /(?:union\s+(?:all\s+|distinct\s+)?select|\b(?:union\s+(?:all\s+|distinct\s+)?select|(?:drop|truncate|alter)\s+(?:table|database)|waitfor\s+delay|(?:or|and)\s+(?:true|false|not|null|\d+|exists)\b|order\s+by\s+\d|exec(?:ute)?\s+\w+|ping\s+-|sh\s+-c\s|powershell|invoke-(?:expression|webrequest|restmethod|command)\s|set-executionpolicy|start-process\s|cmd\.exe|if\s{1,20}(?:not\s{1,20})?(?:(?:errorlevel|cmdextversion)\s|(?:exist|defined)\s{1,20}\S{1,80}\s{1,20}(?:cmd|echo|goto)\b)|constructor\.prototype\b|wget\s|curl\s|nslookup\s))/i;

/** Objects in base64 or hexadecimal begin like this, and names of classes that do what they are told. */
const serialised =
  /^(?:rO0AB|KztAAU|Cs7QAF|AAEAAAD|aced0005|class\.(?:module|classLoader|protectionDomain)\b|javax?\.\w|com\.(?:sun|opensymphony|mchange|bea)\.|org\.(?:apache|springframework|hibernate|codehaus|mozilla)\.|sun\.\w|groovy\.|freemarker\.|ProcessBuilder|__proto__|constructor\.prototype|this\.constructor|org\.omg\.)/;

/** Whether nobody needs to look closer. Most values of most requests end here. */
export function isInnocent(text: string, bits: number): boolean {
  if ((bits & ~innocent) !== 0) return (bits & ~(innocent | trait.wide)) === 0 && !suspectWide(text);
  if (text.length < 6) return true;
  return (bits & trait.space) === 0 ? !serialised.test(text) : !worded.test(text);
}

/** Letters, digits and slashes: a path, and nothing else. */
export function isPlainPath(text: string, bits: number): boolean {
  return !serialised.test(text) && (bits & trait.slash) !== 0 && (bits & ~(trait.slash | trait.digit | trait.dots | trait.at)) === 0;
}

/** Letters outside ASCII are letters; full-width forms, invisible characters and look-alike punctuation are disguises. */
function suspectWide(text: string): boolean {
  return /[\uff01-\uff5e\u2010-\u2044\u00ad\u200b-\u200f\u02b9-\u02ef\u2215\u2216\u3008\u3009\ufe50-\ufe6b\ud835]/.test(text) || worded.test(text);
}
