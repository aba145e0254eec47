import type { IgnoreComment } from './ignore-comments.ts';

const marked = /(?:#|\/\/|\/\*|--|;|%|\*)[ \t]*nosem(?:grep)?\b(?:[ \t]*:[ \t]*(?<ids>[\w.-]+(?:[ \t]*,[ \t]*[\w.-]+)*))?/gi;
const most = 1_000;

/**
 * Comments that people have for Semgrep: `nosemgrep` for all rules, or `nosemgrep: ID, ID`. They hold for the user's own rules in that syntax, never
 * for ours, and cover the line that they end, or the next one when they stand alone. They give neither a reason nor an expiry, and the report says so.
 */
export function readNosemgrep(text: string): IgnoreComment[] {
  if (!/nosem/i.test(text)) return [];
  const comments: IgnoreComment[] = [];
  let [line, counted] = [1, 0];
  for (const found of text.matchAll(marked)) {
    for (let at = text.indexOf('\n', counted); at !== -1 && at < found.index; at = text.indexOf('\n', at + 1)) line++;
    counted = found.index;
    const before = text.slice(text.lastIndexOf('\n', found.index - 1) + 1, found.index);
    const only = /^[\s#/*<!{-]*$/.test(before) ? line + 1 : line;
    for (const rule of rulesOf(found.groups?.['ids'])) comments.push({ line, only, suppression: { kind: 'inline', rule, reason: 'a nosemgrep comment, which gives no reason' } });
    if (comments.length > most) break;
  }
  return comments.slice(0, most);
}

/** An id may be written with the folders that it lies in before it. */
function rulesOf(ids: string | undefined): string[] {
  if (ids === undefined) return ['code/own.*'];
  return ids.split(',').flatMap((one) => {
    const id = one.trim();
    const name = id.slice(id.lastIndexOf('.') + 1);
    return [...new Set([id, name])].map((each) => `code/own.${each}`);
  });
}
