/** Parts of a text that hold tests of what stands beside them, as Rust's modules marked with `cfg(test)` do: from where to where. */
export function testParts(text: string, language: string): readonly (readonly [start: number, end: number])[] {
  if (language !== 'rust' || !text.includes('#[cfg(')) return [];
  return [...text.matchAll(marked)].map((match) => {
    const { index } = match;
    const end = text.indexOf(`\n${match[1] ?? ''}}`, index);
    return [index, end === -1 ? text.length : end] as const;
  });
}

/** The module ends at the first brace that is as far to the right as its mark. */
const marked = /^([ \t]*)#\[cfg\((?:all\()?test\b[^\]\n]{0,200}\]\s{0,200}(?:#\[[^\]\n]{0,200}\]\s{0,200})*(?:pub(?:\([a-z]{1,10}\))? )?(?:mod|fn|impl) [^\n]{0,200}\{/gm;
