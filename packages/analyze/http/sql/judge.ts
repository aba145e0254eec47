import { Tally, type Verdict, stronger } from '../verdict.ts';
import { trait } from '../traits.ts';
import { isLastWord, judgeAnchors } from './anchors.ts';
import { judgeConditions } from './conditions.ts';
import { judgeStatements } from './statements.ts';
import { token, tokenizeSql, type SqlText } from './tokens.ts';

/** A value can land in a statement bare or between quotes of any kind. */
const contexts = [
  ['', 0, ''],
  ["'", trait.singleQuote, 'closes a single quote'],
  ['"', trait.doubleQuote, 'closes a double quote'],
  ['`', trait.backtick, 'closes a backtick'],
] as const;

/** No other reading is asked for. */
const certain = 5.5;

/** Without one of these no statement can be changed. */
const needed =
  trait.singleQuote | trait.doubleQuote | trait.backtick | trait.paren | trait.equals | trait.semicolon | trait.hash | trait.dashes | trait.star | trait.space |
  trait.pipe | trait.ampersand | trait.slash | trait.greater | trait.angle | trait.at | trait.control;

/** Reads the text as SQL in every place where it could have been put, and gives the strongest reading. */
export function judgeSql(text: string, traits: number): Verdict | undefined {
  if ((traits & needed) === 0 || text.length < 3) return undefined;
  let best: Verdict | undefined;
  for (const [quote, bit, closes] of contexts) {
    if (quote !== '' && (traits & bit) === 0) continue;
    if (quote === '`' && isMarkdown(text)) continue;
    best = stronger(judgeReading(tokenizeSql(text, quote), closes), best);
    if (best !== undefined && best.score >= certain) break;
  }
  return best;
}

/** Backticks in pairs, the first behind a space: names of things in prose. */
function isMarkdown(text: string): boolean {
  return text.split('`').length % 2 === 1 && /^[^`]*(?:^|[\s([|*"'])`/.test(text);
}

function judgeReading(read: SqlText, closes: string): Verdict | undefined {
  const { tokens } = read;
  const first = closes === '' ? 0 : 1;
  if (tokens.length <= first || tokens[0]?.kind === token.openText) return undefined;
  const tally = new Tally();
  judgeAnchors(tally, tokens, closes);
  judgeConditions(tally, tokens, first);
  judgeStatements(tally, read, first);
  if (closes !== '') tally.support(closes, 1);
  if (read.scientific) tally.add('hides a name behind the exponent of a number', 3);
  if (read.versioned) tally.support('hides words in executable comments', 1.5);
  if (read.inlineComments > 0) tally.support('uses comments for spaces', Math.min(1.5, read.inlineComments));
  const last = tokens.at(-1);
  if (last?.kind === token.comment && isLastWord(last)) tally.support('cuts off the rest with a comment', 1);
  if (closes !== '' && tokens.at(-1)?.kind === token.openText) tally.support('opens the quote again', 0.5);
  if (closesMore(read)) tally.support('closes parentheses that it did not open', 0.5);
  return tally.verdict('sql');
}

function closesMore({ tokens }: SqlText): boolean {
  let depth = 0;
  for (const { kind } of tokens) {
    if (kind === token.open) depth += 1;
    if (kind === token.close) depth -= 1;
    if (depth < 0) return true;
  }
  return false;
}
