import { foldDates, isPiece, isUnit, skeletonOf, tokensOf } from './form.ts';
import { maskLine, slot } from './mask.ts';
import { addTemplate, candidates, removeTemplate, reshape } from './candidates.ts';
import { keyOf, mostTokens, point, templateOf, type Pointer, type Template, type TemplateShelf } from './shelf.ts';
import { compound, nowhere, open, placeOfDifference, various } from './difference.ts';
import { isValuePlace } from './wildcard.ts';

export interface Mined {
  readonly template: Template;
  /** What was new: nothing, a masked line of a template that was known, or a template. */
  readonly novelty: 'none' | 'form' | 'template';
  /** A new template that differs from a known one in one place. */
  readonly near?: boolean;
}

/** Finds the template of a line, or founds one. Which template a line belongs to may be refined later: `templateOf` finds the one that went on. */
export function mineLine(shelf: TemplateShelf, line: string): Mined {
  const masked = maskLine(line);
  const pointer = shelf.get(masked) as Pointer | undefined;
  const template = pointer === undefined ? undefined : templateOf(shelf, pointer.to);
  if (template === undefined) return mineForm(shelf, masked, 1);
  template.lines++;
  return { template, novelty: 'none' };
}

function mineForm(shelf: TemplateShelf, masked: string, lines: number): Mined {
  const shown = foldDates(tokensOf(masked).slice(0, mostTokens));
  const tokens = skeletonOf(shown);
  const { same, siblings } = compare(shelf, tokens);
  if (same !== undefined) {
    same.lines += lines;
    absorbShown(same, shown);
    shelf.set(same.key, same);
    point(shelf, masked, same.key);
    return { template: same, novelty: 'form' };
  }
  const founded: Template = { key: freeKey(shelf, tokens.join('')), tokens, shown, lines };
  addTemplate(shelf, founded);
  const template = generalise(shelf, founded, siblings);
  point(shelf, masked, template.key);
  return template === founded ? { template, novelty: 'template', near: siblings.size > 0 } : { template, novelty: 'form' };
}

/** A key is taken where its template has moved on to another skeleton. */
function freeKey(shelf: TemplateShelf, text: string): string {
  let key = keyOf(text);
  for (let again = 1; shelf.get(key) !== undefined; again++) key = keyOf(`${text}\u0002${again}`);
  return key;
}

/** Finds the template that a foreign one is one with, and lets it take that in; undefined where there is none. */
export function absorb(shelf: TemplateShelf, foreign: Template): Template | undefined {
  const { same } = compare(shelf, foreign.tokens);
  if (same !== undefined) generaliseAll(shelf, same, foreign);
  return same;
}

/** Opens every place at which the two differ; skeletons of another shape are left as the first has them. */
export function generaliseAll(shelf: TemplateShelf, into: Template, from: Template): void {
  into.lines += from.lines;
  absorbShown(into, from.shown);
  const { tokens } = into;
  reshape(shelf, into, from.tokens.length === tokens.length ? tokens.map((token, at) => (token === from.tokens[at] ? token : open)) : tokens);
}

interface Comparison {
  readonly same: Template | undefined;
  /** By place, the templates that differ from the line there and nowhere else. */
  readonly siblings: ReadonlyMap<number, Template[]>;
}

function compare(shelf: TemplateShelf, tokens: string[], except?: Template): Comparison {
  const siblings = new Map<number, Template[]>();
  for (const template of candidates(shelf, tokens)) {
    if (template === except) continue;
    const place = placeOfDifference(template.tokens, tokens);
    if (place === various) continue;
    if (place === nowhere || place === compound) {
      if (template.tokens.length > tokens.length) reshape(shelf, template, tokens);
      return { same: template, siblings };
    }
    const there = siblings.get(place);
    if (there === undefined) siblings.set(place, [template]);
    else there.push(template);
  }
  return { same: undefined, siblings };
}

/** Opens the places where siblings differ enough; what is then alike becomes one, and goes on under the key of the oldest. */
function generalise(shelf: TemplateShelf, founded: Template, siblings: ReadonlyMap<number, Template[]>): Template {
  for (const [place, others] of siblings) {
    const values = [...new Set([...others.map(({ tokens }) => tokens[place] as string), founded.tokens[place] as string])];
    const lines = others.reduce((sum, other) => sum + other.lines, founded.lines);
    if (!isValuePlace(values, lines, founded.tokens, place)) continue;
    const oldest = others[0] as Template;
    const rest = [...others.slice(1), founded];
    reshape(shelf, oldest, oldest.tokens.map((token, at) => (at === place ? open : token)));
    for (const other of rest) mergeInto(shelf, other, oldest);
    return absorbAlike(shelf, oldest);
  }
  return founded;
}

/** An open place may make a template like others, or their sibling. */
function absorbAlike(shelf: TemplateShelf, template: Template): Template {
  const { same, siblings } = compare(shelf, template.tokens, template);
  if (same === undefined) return generalise(shelf, template, siblings);
  mergeInto(shelf, template, same);
  return absorbAlike(shelf, same);
}

function mergeInto(shelf: TemplateShelf, from: Template, into: Template): void {
  removeTemplate(shelf, from);
  point(shelf, from.key, into.key);
  generaliseAll(shelf, into, from);
}

/** What is shown is what all lines have in common: where their lists or units differ, the skeleton. */
function absorbShown(template: Template, shown: readonly string[] | undefined): void {
  const common = template.shown;
  if (common === undefined) return;
  const differences = shown?.length === common.length ? places(common, shown) : undefined;
  if (differences === undefined) delete template.shown;
  else for (const place of differences) common[place] = open;
}

/** Where pieces differ; undefined where something else does. */
function places(one: readonly string[], other: readonly string[]): number[] | undefined {
  const found: number[] = [];
  for (let at = 0; at < one.length; at++) {
    const a = one[at] as string;
    const b = other[at] as string;
    if (a === b || a === open) continue;
    if (!isPiece(a) || !isPiece(b) || isUnit(a) || isUnit(b)) return undefined;
    found.push(at);
  }
  return found;
}

/** The template in words, with `<*>` for values. */
export function templateText(template: Template): string {
  return (template.shown ?? template.tokens).join('').replaceAll(slot, '<*>').replaceAll(open, '<*>');
}
