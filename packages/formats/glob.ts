/**
 * Whether a whole text matches a pattern in which `*` stands for any run of characters and `?` for one. Only the last star is
 * ever revisited, so that no pattern costs more than pattern times text: patterns come from hostile files too.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  let at = 0;
  let token = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < text.length) {
    const current = pattern[token];
    if (current === '*') {
      starToken = token += 1;
      starAt = at;
    } else if (current !== undefined && (current === '?' || current === text[at])) {
      token += 1;
      at += 1;
    } else if (starToken >= 0) {
      token = starToken;
      at = starAt += 1;
    } else return false;
  }
  while (pattern[token] === '*') token += 1;
  return token === pattern.length;
}
