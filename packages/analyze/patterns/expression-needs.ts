import { fromPcre } from '#formats/pcre.ts';
import { type Expression, parseExpression } from '../regex/parse.ts';
import type { Ranges } from '../regex/ranges.ts';
import { either, type Needs, shortest } from './needs-of-parts.ts';

/**
 * What every text must contain in which an expression matches, without regard to case. What it looks at to either side, and whether it is held to the beginning
 * or the end, is left out: a part of a file may be what it is asked of, and that the file has as well. None for an expression that is not plain enough to be told.
 */
export function needsOfExpression(regex: string): Needs {
  const translated = translationOf(regex);
  const read = translated === undefined ? undefined : parseExpression(translated.source, translated.flags);
  return read === undefined ? [] : needsOf(read);
}

function translationOf(regex: string): ReturnType<typeof fromPcre> | undefined {
  try {
    return fromPcre(regex, false);
  } catch {
    return undefined;
  }
}

function needsOf(expression: Expression): Needs {
  switch (expression.kind) {
    case 'character':
      return [];
    case 'choice':
      return either(expression.parts.map(needsOf));
    case 'repeat':
      return expression.least === 0 ? [] : needsOf(expression.part);
    case 'sequence':
      return ofSequence(expression.parts);
  }
}

/** Letters that follow one another are a word; between words stands what has needs of its own. */
function ofSequence(parts: readonly Expression[]): Needs {
  const needs: (readonly string[])[] = [];
  let run = '';
  const end = (): void => {
    if (run.length >= shortest) needs.push([run]);
    run = '';
  };
  for (const part of flat(parts)) {
    const letter = part.kind === 'character' ? letterOf(part.set) : undefined;
    if (letter !== undefined) run += letter;
    else {
      end();
      needs.push(...needsOf(part));
    }
  }
  end();
  return needs;
}

/** Groups without a choice in them are read as part of what they stand in. */
function flat(parts: readonly Expression[]): Expression[] {
  return parts.flatMap((part) => (part.kind === 'sequence' ? flat(part.parts) : [part]));
}

/** The one printable character that a set is, in lower case; undefined for a set of more. */
function letterOf(set: Ranges): string | undefined {
  const letters = new Set<string>();
  for (const [from, to] of set) {
    if (from < 0x20 || to > 0x7e || to - from > 1) return undefined;
    for (let code = from; code <= to; code++) letters.add(String.fromCharCode(code).toLowerCase());
  }
  const [only] = letters;
  return letters.size === 1 ? only : undefined;
}
