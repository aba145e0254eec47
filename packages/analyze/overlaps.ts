import { confidences, personas } from '#model/severity.ts';
import type { Region } from '#model/region.ts';
import type { UnitMatch } from './analyzer.ts';
import { firstPlace } from './first-place.ts';

/** Keeps one match where several units see the same place: what everyone sees, the proven, the specific, the wider, then by unit id. */
export function withoutOverlaps(matches: readonly UnitMatch[]): UnitMatch[] {
  if (matches.length < 2) return [...matches];
  const byStrength = [...matches].sort(compareStrength);
  const kept: UnitMatch[] = [];
  for (const match of byStrength) {
    const at = placeOf(kept, match.match.region);
    const clear = [kept[at - 1], kept[at]].every((other) => other === undefined || !overlap(other.match.region, match.match.region));
    if (clear) kept.splice(at, 0, match);
  }
  return kept;
}

/** Where a region belongs among kept ones, which lie apart and in order: only its two neighbours can overlap it. */
function placeOf(kept: readonly UnitMatch[], region: Region): number {
  return firstPlace(kept.length, (at) => comparePosition((kept[at] as UnitMatch).match.region, region) < 0);
}

function compareStrength(a: UnitMatch, b: UnitMatch): number {
  return strength(b) - strength(a) || width(b.match.region) - width(a.match.region) || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0)
    || comparePosition(a.match.region, b.match.region);
}

function strength({ kind, persona, match }: UnitMatch): number {
  const proven = match.evidence.some((item) => item.factor === 'proof.valid') ? 100 : 0;
  // What fewer people see never hides what everyone sees.
  return proven + 1000 * (personas.length - personas.indexOf(persona)) + (kind === 'rule' ? 10 : 0) + confidences.indexOf(match.confidence ?? 'medium');
}

function width(region: Region): number {
  return (region.endLine - region.startLine) * 1_000_000 + region.endColumn - region.startColumn;
}

function overlap(a: Region, b: Region): boolean {
  return before(a.startLine, a.startColumn, b.endLine, b.endColumn) && before(b.startLine, b.startColumn, a.endLine, a.endColumn);
}

function before(line: number, column: number, otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column < otherColumn);
}

function comparePosition(a: Region, b: Region): number {
  return a.startLine - b.startLine || a.startColumn - b.startColumn || a.endLine - b.endLine || a.endColumn - b.endColumn;
}
