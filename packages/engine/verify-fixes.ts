import type { UnitMatch } from '#analyze/analyzer.ts';
import type { Document } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Fix } from '#model/finding.ts';
import { toDocument } from '#normalize/document.ts';

/** Analysing a file again for each of its fixes is worth it for a few, and for fewer where each analysis finds hundreds. */
const mostFixes = 20;
const mostMatches = 2_000;
const largestFile = 1024 * 1024;

/** What an analysis found in a file, and what it could not read or do there. */
export interface Analysed {
  readonly matches: readonly UnitMatch[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The same analysis that found the matches, with the same rules left out. */
type Analyse = (doc: Document) => Analysed;

/**
 * Applies each fix to a copy of the file and analyses the copy: a fix is verified when the finding is gone, nothing new came, and the
 * file can be read as well as before (DESIGN.md, section 1): in what can't be read, nothing is found. Nothing is written.
 */
export function verifyFixes({ path, bytes }: Document, { matches, diagnostics }: Analysed, analyse: Analyse): readonly UnitMatch[] {
  if (matches.every(({ match }) => match.fix === undefined)) return matches;
  let left = bytes.length > largestFile ? 0 : Math.min(mostFixes, Math.ceil(mostMatches / matches.length));
  return matches.map((found) => {
    const { fix } = found.match;
    if (fix === undefined || left-- <= 0) return found;
    const after = analyseFixed(path, bytes, fix, analyse);
    const gone = after !== undefined && after.matches.length < matches.length && count(after.matches, found) < count(matches, found);
    return gone && after.diagnostics.length <= diagnostics.length ? { ...found, match: { ...found.match, fix: { ...fix, verified: true } } } : found;
  });
}

function analyseFixed(path: string, bytes: Uint8Array, fix: Fix, analyse: Analyse): Analysed | undefined {
  const text = applyFix(Buffer.from(bytes).toString('utf8'), fix);
  const normal = toDocument({ path, bytes: Buffer.from(text) }, (some) => Buffer.from(some).toString('latin1'));
  return 'binary' in normal ? undefined : analyse(normal.document);
}

function count(matches: readonly UnitMatch[], like: UnitMatch): number {
  return matches.filter((other) => other.match.secretDigest === like.match.secretDigest).length;
}

/** The text with the edits of a fix made; regions count UTF-16 units, as strings here do. */
export function applyFix(text: string, fix: Fix): string {
  const lines = text.split('\n');
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) as number) + line.length + 1);
  const offset = (line: number, column: number): number => (starts[line - 1] as number) + column - 1;
  const edits = [...fix.edits].sort((a, b) => offset(b.region.startLine, b.region.startColumn) - offset(a.region.startLine, a.region.startColumn));
  return edits.reduce((result, { region, text: replacement }) => {
    const start = offset(region.startLine, region.startColumn);
    return result.slice(0, start) + replacement + result.slice(offset(region.endLine, region.endColumn));
  }, text);
}
