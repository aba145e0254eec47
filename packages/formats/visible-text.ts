/**
 * Control, format (bidirectional, zero-width, tag), surrogate and separator characters, and the two non-characters that XML
 * forbids: none of them belongs in a path or a message, and each can rewrite what a reader sees.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

const short: ReadonlyMap<string, string> = new Map([['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t']]);

/** Writes characters that act instead of showing as escapes that a person can read; every reporter for people goes through it. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return short.get(character) ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`);
  });
}
