/** Atlassian Document Format: a tree in which text is text; https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
import { documentOf, type Part, type Run } from './outline.ts';
import type { Told } from '../notice-words.ts';

export function adfOf(told: Told): object {
  return { type: 'doc', version: 1, content: documentOf(told).map(block) };
}

function block(part: Part): object {
  if (part.kind === 'heading') return { type: 'heading', attrs: { level: 3 }, content: [text({ text: part.text })] };
  if (part.kind === 'paragraph') return paragraph(part.runs);
  const content = part.items.map((runs) => ({ type: 'listItem', content: [paragraph(runs)] }));
  return { type: part.ordered ? 'orderedList' : 'bulletList', content };
}

function paragraph(runs: readonly Run[]): object {
  return { type: 'paragraph', content: runs.map(text) };
}

/** A text node must not be empty. */
function text(run: Run): object {
  return { type: 'text', text: run.text || ' ', ...(run.bold === true ? { marks: [{ type: 'strong' }] } : {}) };
}
