import { hash } from 'node:crypto';
import type { UnitMatch } from '#analyze/analyzer.ts';
import type { Evidence, Finding } from '#model/finding.ts';
import type { RuleInfo } from '#model/rule.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import { pathEvidence } from '#score/risk.ts';
import type { FileResult } from './file-task.ts';
import { SharedParts } from './shared-parts.ts';

/** Matches of one file, whichever pass found them. */
export type FoundIn = Pick<FileResult, 'path' | 'generated' | 'matches' | 'version'>;

/** Joins what a unit saw in a file with what is known about the unit and the place. */
export function toFindings(result: FoundIn, infos: ReadonlyMap<string, RuleInfo>, shared = new SharedParts()): Finding[] {
  const place = pathEvidence(pathTraits(result.path), result.generated);
  const occurrences = new Map<string, number>();
  return result.matches.flatMap((found) => {
    const info = infos.get(found.unit);
    if (info === undefined) return [];
    const finding = toFinding(found, info, { path: result.path, place, occurrences, shared });
    if (result.version === undefined) return [finding];
    const { fix: _past, ...rest } = finding;
    return [{ ...rest, commit: result.version.commit }];
  });
}

interface Around {
  readonly path: string;
  readonly place: readonly Evidence[];
  readonly occurrences: Map<string, number>;
  readonly shared: SharedParts;
}

function toFinding({ match, persona }: UnitMatch, info: RuleInfo, { path, place, occurrences, shared }: Around): Finding {
  const severity = match.severity ?? info.severity;
  const confidence = match.confidence ?? info.confidence;
  const { evidence, risk } = shared.judge(severity, confidence, [...match.evidence, ...place]);
  return {
    rule: info.id,
    title: info.title,
    surface: info.surface,
    severity,
    confidence,
    persona,
    location: { path, region: match.region },
    message: shared.text(match.message),
    consequence: info.consequence,
    remediation: info.remediation,
    evidence,
    fingerprint: fingerprint(info.id, path, match.context, occurrences),
    ...(match.secretDigest === undefined ? {} : { secretDigest: match.secretDigest }),
    cwe: info.cwe,
    references: info.references,
    ...(match.codeFlow === undefined ? {} : { codeFlow: match.codeFlow }),
    ...(match.fix === undefined ? {} : { fix: { ...match.fix, title: shared.text(match.fix.title) } }),
    risk,
  };
}

/** Rule, path and context; equal ones in one file are told apart by their order. No line numbers, no value. */
function fingerprint(rule: string, path: string, context: string, occurrences: Map<string, number>): string {
  const identity = `${rule}\0${path}\0${context}`;
  const nth = occurrences.get(identity) ?? 0;
  occurrences.set(identity, nth + 1);
  return hash('sha256', `${identity}\0${nth}`, 'hex');
}
