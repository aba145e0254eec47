import { detectors } from '#generated/analysis.ts';
import { loadContent } from '#engine/content.ts';
import { type FileResult, runFile } from '#engine/file-task.ts';
import { toFindings } from '#engine/findings.ts';
import { learnedModel } from '#engine/models.ts';
import { ruleInfos } from '#engine/units.ts';
import { contextOf } from '#engine/worker.ts';
import type { Finding } from '#model/finding.ts';

export interface Analysed {
  readonly findings: readonly Finding[];
  readonly result: FileResult;
}

/** The whole analysis of a scan for single files, in this thread, all rules and detectors on. `models` replaces the shipped ones. */
export function fileAnalyser(models = learnedModel): (path: string, bytes: Uint8Array) => Analysed {
  const selection = { rules: loadContent().rules, detectors, code: [], patterns: [] };
  const units = [...selection.rules, ...selection.detectors].map((unit) => unit.id);
  const limits = { fileMs: 60_000, fileSteps: 10_000_000_000, findingsPerFile: 100_000, fileBytes: 1 << 26 };
  const context = { ...contextOf({ units, foreign: [], patterns: [], forms: [], patternLanguages: [], digestKey: new Uint8Array(32), today: '2026-11-23', limits, cache: undefined }, undefined), models };
  const infos = ruleInfos(selection);
  return (path, bytes) => {
    const result = runFile({ path, absolute: path, size: bytes.length, bytes }, context);
    return { result, findings: toFindings(result, infos) };
  };
}
