import type { Tally } from '../verdict.ts';
import { token, type SqlToken } from './tokens.ts';
import { word } from './words.ts';

/** What stands directly behind the quote that the value closes. */
export function judgeAnchors(tally: Tally, tokens: readonly SqlToken[], closes: string): void {
  if (closes === '') return;
  let at = 1;
  while (tokens[at]?.kind === token.close) at += 1;
  const one = tokens[at];
  if (one === undefined) return;
  if (one.kind === token.comment && isLastWord(one)) tally.add('cuts the statement off behind the quote', 3);
  if (one.kind === token.semicolon && tokens[at + 1]?.kind === token.comment) tally.add('ends the statement behind the quote', 3);
  if (one.kind === token.semicolon && tokens[at + 1] === undefined) tally.add('ends the statement right behind the quote', 2);
  judgeConcatenation(tally, tokens, at);
}

/** `--` and prose are a dash; a cut leaves at most one word behind it. */
export function isLastWord({ text }: SqlToken): boolean {
  return /^(?:--[-+]?|#|\/\*)\s*[\w-]{0,16}\s*$/.test(text);
}

/** `'||(select ...)||'`, `'+'a`: what is spliced into a string. */
function judgeConcatenation(tally: Tally, tokens: readonly SqlToken[], at: number): void {
  const one = tokens[at];
  const next = tokens[at + 1];
  if (one === undefined || next === undefined) return;
  const splices = (one.kind === token.arithmetic && /^[-+*/%^|&<>]$/.test(one.text)) || one.text === '||' || one.text === '&&';
  if (!splices) return;
  if (next.kind === token.open && tokens[at + 2]?.word === word.select) tally.add('splices a subselect into a string', 3);
  else if (next.kind === token.word && tokens[at + 2]?.kind === token.open) tally.add('splices a call into a string', 1.5);
  else if (next.kind === token.openText && one.text === '||') tally.add('splices an empty string into a string', 2.2);
}
