import { SigmaError } from './sigma-error.ts';
import { translateRegex } from './regex-source.ts';

/** Characters of a value that a rule's regular expression gets to see. */
export const regexInputLimit = 16 * 1024;

const maximumPattern = 4096;

/**
 * Compiles a rule's regular expression. Time is bounded by three things: the input limit above; V8's linear engine, which
 * `packages/engine/linear-regexp.ts` turns on and which takes over after excessive backtracking; and for patterns that engine
 * cannot run (look-around, back-references) the refusal of nested repetition. What is left, polynomial backtracking in a
 * pattern with look-around, needs the watchdog of a worker.
 */
export function compileRegex(pattern: string, modifiers: { readonly i: boolean; readonly m: boolean; readonly s: boolean }): RegExp {
  if (pattern.length > maximumPattern) {
    throw new SigmaError('regex-unsafe', `the regular expression is longer than ${maximumPattern} characters`);
  }
  const translated = translateRegex(pattern, modifiers);
  if (translated.nested && !translated.linear) {
    throw new SigmaError('regex-unsafe', `the regular expression repeats a repetition beside look-around or a back-reference: ${pattern}`);
  }
  try {
    return new RegExp(translated.source, translated.flags);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SigmaError('regex-invalid', `no regular expression: ${reason}`, cause);
  }
}
