import type { PatternMatch, TraceStep } from '#analyze/patterns/match.ts';
import { contextOf, findsSecrets, fixOf, messageOf } from '#analyze/patterns/telling.ts';
import { fromPcre } from '#formats/pcre.ts';
import type { FlowStep, Match } from '#model/finding.ts';
import { type CodeLines, shownLine } from './code-text.ts';
import type { PatternUnit } from './pattern-units.ts';

/** Where a match was found, and the other files that its trace may name. */
export interface MatchPlace {
  readonly path: string;
  readonly lines: CodeLines;
  linesOf?(path: string): CodeLines | undefined;
}

/** What a rule saw, as the report tells it. */
export function toMatch({ pattern }: PatternUnit, match: PatternMatch, place: MatchPlace): Match {
  const { text } = place.lines;
  const replacement = fixOf(pattern, match, text, (regex) => {
    const { source, flags } = fromPcre(regex, true);
    return new RegExp(source, `g${flags}`);
  });
  const region = place.lines.region(match.start, match.end);
  const steps = (match.trace ?? []).flatMap((step) => told(step, place, findsSecrets(pattern)) ?? []);
  return {
    region,
    message: messageOf(pattern, match),
    evidence: [],
    context: contextOf(pattern, match, text),
    ...(steps.length === 0 ? {} : { codeFlow: steps }),
    ...(replacement === undefined ? {} : { fix: { title: fixTitle(replacement), disposition: 'unsafe', verified: false, edits: [{ region, text: replacement }] } }),
  };
}

const mostTitle = 60;

/** What stands there afterwards, as far as one line shows it. */
function fixTitle(replacement: string): string {
  if (replacement.trim() === '') return 'Remove it';
  const [first = '', ...more] = replacement.trim().split('\n');
  return `Replace it with \`${first.length > mostTitle ? `${first.slice(0, mostTitle)}…` : first}\`${more.length > 0 ? ` and ${more.length} more lines` : ''}`;
}

function told(step: TraceStep, place: MatchPlace, isSecret: boolean): FlowStep | undefined {
  const path = step.path ?? place.path;
  const lines = step.path === undefined ? place.lines : place.linesOf?.(path);
  if (lines === undefined) return undefined;
  const message = step.role === 'source' ? 'comes in here' : step.role === 'sink' ? 'reaches this' : (step.note ?? 'is kept here');
  const code = isSecret ? {} : { code: shownLine(lines, lines.line(step.start), []) };
  return { location: { path, region: lines.region(step.start, step.end) }, message, ...code };
}
