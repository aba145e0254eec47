import { open } from './difference.ts';
import { mark, placeTemplate, type Bucket, type Template, type TemplateShelf } from './shelf.ts';

/**
 * Which templates a line is compared with. What differs from it in one place has either the first or the second half of its words in common; each half leads
 * to a bucket. Templates with open places are in one bucket for each number of words.
 */

/** Keys of the buckets of a skeleton. */
function bucketsOf(tokens: readonly string[]): [first: string, second: string, opened: string] {
  let words = 1;
  for (const token of tokens) if (token === ' ') words++;
  const half = words >> 1;
  let first = '';
  let second = '';
  let word = 0;
  for (const token of tokens) {
    if (token === ' ') word++;
    if (word < half || (half === 0 && first === '')) first += token;
    else second += token;
  }
  return [`${mark}b${words}<${first}`, `${mark}b${words}>${second}`, `${mark}o${words}`];
}

const isOpen = (template: Template): boolean => template.tokens.includes(open);

export function candidates(shelf: TemplateShelf, tokens: readonly string[]): Template[] {
  const seen = new Set<string>();
  for (const bucket of bucketsOf(tokens)) {
    for (const member of (shelf.get(bucket) as Bucket | undefined)?.members ?? []) seen.add(member);
  }
  const found: Template[] = [];
  for (const key of seen) {
    const template = shelf.get(key) as Template | undefined;
    if (template !== undefined && 'tokens' in template) found.push(template);
  }
  return found;
}

export function addTemplate(shelf: TemplateShelf, template: Template): void {
  const leaving = placeTemplate(shelf, template.key);
  if (leaving !== undefined) removeTemplate(shelf, leaving);
  shelf.set(template.key, template);
  enter(shelf, template);
}

export function removeTemplate(shelf: TemplateShelf, template: Template): void {
  leave(shelf, template);
  shelf.delete(template.key);
}

/** Changes the skeleton of a template, which may then be found elsewhere. */
export function reshape(shelf: TemplateShelf, template: Template, tokens: string[]): void {
  leave(shelf, template);
  template.tokens = tokens;
  enter(shelf, template);
  shelf.set(template.key, template);
}

/** Most templates of one bucket: beyond it, those founded first are no longer compared with. */
const mostMembers = 512;

function enter(shelf: TemplateShelf, template: Template): void {
  for (const bucket of ownBuckets(template)) {
    const members = (shelf.get(bucket) as Bucket | undefined)?.members ?? [];
    shelf.set(bucket, { members: [...members.slice(-mostMembers + 1), template.key] });
  }
}

function leave(shelf: TemplateShelf, template: Template): void {
  for (const bucket of ownBuckets(template)) {
    const members = ((shelf.get(bucket) as Bucket | undefined)?.members ?? []).filter((key) => key !== template.key);
    if (members.length === 0) shelf.delete(bucket);
    else shelf.set(bucket, { members });
  }
}

function ownBuckets(template: Template): string[] {
  const [first, second, opened] = bucketsOf(template.tokens);
  return isOpen(template) ? [opened] : [first, second];
}
