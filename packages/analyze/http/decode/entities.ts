/** Character references (HTML, section 13.5) that hide what matters to a parser; the others are ordinary text. */
const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'], ['gt', '>'], ['amp', '&'], ['quot', '"'], ['apos', "'"], ['nbsp', ' '], ['tab', '\t'], ['newline', '\n'], ['colon', ':'], ['lpar', '('], ['rpar', ')'],
  ['sol', '/'], ['bsol', '\\'], ['lbrace', '{'], ['rbrace', '}'], ['lcub', '{'], ['rcub', '}'], ['grave', '`'], ['dollar', '$'], ['comma', ','], ['period', '.'],
  ['semi', ';'], ['equals', '='], ['num', '#'], ['excl', '!'], ['lsqb', '['], ['rsqb', ']'], ['lbrack', '['], ['rbrack', ']'], ['ast', '*'], ['percnt', '%'], ['plus', '+'], ['vert', '|'], ['lowbar', '_'],
]);

const reference = /&(?:#[xX]0{0,64}([0-9a-fA-F]{1,6})|#0{0,64}(\d{1,7})|([a-zA-Z]{2,7})(?=;)|(lbrace|lcub|dollar));?/g;

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (whole, hex?: string, decimal?: string, closed?: string, open?: string) => {
    const name = closed ?? open;
    if (name !== undefined) return named.get(name.toLowerCase()) ?? whole;
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
