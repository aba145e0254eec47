/**
 * Words with which programs say that something is wrong, by their stems. A list of our own and no model: labelled logs that may be had are for research only,
 * and weights from them could not ship.
 */
const stems = [
  'abort', 'assert', 'attack', 'backtrace', 'bad', 'breach', 'broken', 'cannot', 'conflict', 'corrupt', 'could not', 'couldn', 'crash', 'critical', 'dead', 'denied', 'deny', 'die', 'dump', 'emerg', 'err', 'exceed', 'exception',
  'exhaust', 'exploit', 'fail', 'fatal', 'fault', 'forbidden', 'fraud', 'hang', 'illegal', 'insufficient', 'interrupt', 'intrus', 'invalid', 'kill', 'leak', 'lost', 'malicious', 'malware', 'mismatch', 'missing', 'no space',
  'not found', 'out of', 'overflow', 'panic', 'refus', 'reject', 'reset by', 'segfault', 'sever', 'stuck', 'suspicious', 'tamper', 'timed out', 'timeout', 'traceback', 'unable', 'unauthori', 'unexpected', 'unreachable', 'unrecogni', 'violat', 'warn', 'wrong',
];

/** Stems by their first letter. */
const byLetter = new Map<string, string[]>();
for (const stem of stems) byLetter.set(stem.charAt(0), [...(byLetter.get(stem.charAt(0)) ?? []), stem]);

const longest = 2_048;

/** The first word of trouble in the text; undefined where there is none. */
export function troubleIn(text: string): string | undefined {
  const lower = text.slice(0, longest).toLowerCase();
  for (let at = 0; at < lower.length; at++) {
    if (at > 0 && isLetter(lower.charCodeAt(at - 1))) continue;
    const found = byLetter.get(lower.charAt(at))?.find((stem) => lower.startsWith(stem, at));
    if (found !== undefined) return wordAt(lower, at, found.length);
  }
  // Names of exceptions hold it at their end: `IllegalStateException`, `SocketError`.
  const named = /\w{2,40}(?:exception|error|failure)\b/.exec(lower);
  return named?.[0];
}

function wordAt(text: string, from: number, least: number): string {
  let to = from + least;
  while (to < text.length && isLetter(text.charCodeAt(to))) to++;
  return text.slice(from, to);
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;
