import type { Told } from '../notice-words.ts';
import { documentOf, type Part, type Run } from './outline.ts';

/** Jira's wiki markup, which REST version 2 takes. Foreign text never begins a line. */
export function wikiOf(told: Told): string {
  return documentOf(told).map(block).join('\n\n');
}

function block(part: Part): string {
  if (part.kind === 'heading') return `h3. ${part.text}`;
  if (part.kind === 'paragraph') return `{color:#333333}{color}${part.runs.map(inline).join('')}`;
  return part.items.map((runs) => `${part.ordered ? '#' : '*'} ${runs.map(inline).join('')}`).join('\n');
}

function inline({ bold, text }: Run): string {
  return bold === true ? `*${wikiText(text.trim())}* ` : wikiText(text);
}

/** A backslash takes the meaning from what follows; two of them would break the line, so the sign itself is an entity. */
export function wikiText(text: string): string {
  return text.replaceAll(/[\\{}[\]*_^~+!|#?@<>&-]/g, (character) => (character === '\\' || character === '&' ? `&#${character.charCodeAt(0)};` : `\\${character}`))
    .replaceAll('://', '&#58;//');
}
