import { visibleText } from './visible-text.ts';

/** Punctuation with a meaning in CommonMark, in tables or in inline HTML. */
const special = new Set('\\`*_[]<>&|~$');

/** Characters that begin a mention, a reference, a link or an emoji on GitHub or GitLab when one of these follows. */
const references = new Set('@#!%~$&^:');
const referred = /^[\w"[/]/;

/** An empty HTML comment ends a word: no mention, reference or link comes of what follows. */
const wordBreak = '<!-- -->';

const entity = (character: string): string => `&#${character.charCodeAt(0)};`;

/** Safe as inline text, also in a table cell: shows the characters given, links to nothing and notifies nobody. */
export function markdownText(text: string): string {
  const plain = visibleText(text).trimStart();
  // What would begin a heading, a list or an underline at the start of a line.
  const lead = /^(?:[-+=#]|\d+[.)])/.exec(plain)?.[0] ?? '';
  return [...lead].map(entity).join('') + inline(plain.slice(lead.length));
}

function inline(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&|~$@#!%^:]/g, (character, at: number) => {
      const safe = special.has(character) ? entity(character) : character;
      return references.has(character) && referred.test(text.slice(at + 1, at + 2)) ? safe + wordBreak : safe;
    })
    .replace(/\b(www|GH)([.-])/gi, (_, word: string, mark: string) => word + entity(mark));
}

/** Inline code that no content can end; forges look for no references in it. */
export function markdownCode(text: string): string {
  return `<code>${visibleText(text).replace(/[^A-Za-z0-9 /.,;()=\u0080-\uffff-]/g, entity)}</code>`;
}
