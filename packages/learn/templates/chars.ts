/** Classes of character codes, in the order in which they bind: what stands between pieces first. */
export const charClass = { space: 0, outer: 1, inner: 2, dot: 3, slash: 4, backslash: 5, digit: 6, letter: 7, other: 8 } as const;

const table = new Uint8Array(128).fill(charClass.other);

function assign(characters: string, kind: number): void {
  for (const character of characters) table[character.charCodeAt(0)] = kind;
}

for (let code = 0; code <= 32; code++) table[code] = charClass.space;
table[127] = charClass.space;
assign(',;:=|!"\'[](){}<>', charClass.outer);
assign('-+@#$%&', charClass.inner);
assign('.', charClass.dot);
assign('/', charClass.slash);
assign('\\', charClass.backslash);
assign('0123456789', charClass.digit);
assign('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', charClass.letter);

/** Whatever is not ASCII is a letter. */
export function classOf(code: number): number {
  return code < 128 ? (table[code] as number) : charClass.letter;
}

export function isHexCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}
