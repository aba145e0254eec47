import type { CodeRule } from '#model/code-rule.ts';
import type { RuleInfo, TextRule } from '#model/rule.ts';
import type { Detector } from '#model/unit.ts';
import { atLeast, personas } from '#model/severity.ts';
import { matchesGlob } from '#formats/glob.ts';
import { detectors as allDetectors } from '#generated/analysis.ts';
import type { PatternUnit } from './code/pattern-units.ts';
import { loadCodeContent, loadContent } from './content.ts';
import { EngineError } from './errors.ts';
import type { ScanOptions } from './options.ts';

/** The units one run uses. */
export interface Selection {
  readonly rules: readonly TextRule[];
  readonly detectors: readonly Detector[];
  /** Rules about code that are answered by analysing whole programs. */
  readonly code: readonly CodeRule[];
  /** Rules in Semgrep's syntax that the user brought. */
  readonly patterns: readonly PatternUnit[];
}

type Asked = Pick<RuleInfo, 'id' | 'surface' | 'persona'>;

/** Bundled rules and detectors, plus rules the user brings, cut down by `--rule` and `--surface`; without those that are `off`. */
export function selectUnits(options: Pick<ScanOptions, 'rules' | 'surfaces' | 'persona'>, foreign: { readonly rules: readonly TextRule[]; readonly patterns: readonly PatternUnit[] }, off: ReadonlySet<string> = new Set()): Selection {
  const wanted = wantedBy(options);
  const rules = [...loadContent().rules, ...foreign.rules].filter(wanted);
  const detectors = allDetectors.filter((detector) => wanted(detector) && !off.has(detector.id));
  const code = loadCodeContent().rules.filter((rule) => wanted(rule) && !off.has(rule.id));
  const patterns = foreign.patterns.filter(wanted);
  if (rules.length + detectors.length + code.length + patterns.length === 0) {
    const asked = [...options.rules, ...options.surfaces].join(', ');
    throw new EngineError('rule-unknown', `no rule matches ${asked}; \`watchward rules list\` names them all`);
  }
  return { rules, detectors, code, patterns };
}

/** A unit whose own persona lies beyond the one asked for has nothing to say, and does not run. */
function wantedBy({ rules, surfaces, persona }: Pick<ScanOptions, 'rules' | 'surfaces' | 'persona'>): (unit: Asked) => boolean {
  return (unit) =>
    atLeast(personas, persona, unit.persona) &&
    (rules.length === 0 || rules.some((pattern) => matchesGlob(unit.id, pattern))) &&
    (surfaces.length === 0 || surfaces.some((name) => name === unit.surface));
}

/** What a reader is told about every unit, by id. */
export function ruleInfos(selection: Selection): Map<string, RuleInfo> {
  const infos = new Map<string, RuleInfo>();
  for (const { match: _match, selfIssued: _selfIssued, ...rest } of selection.rules) infos.set(rest.id, { ...rest, kind: 'rule' });
  for (const { needs: _needs, detect: _detect, ...rest } of selection.detectors) infos.set(rest.id, { ...rest, kind: 'detector' });
  for (const { pattern: _pattern, ...rest } of selection.patterns) infos.set(rest.id, { ...rest, kind: 'rule' });
  for (const rule of selection.code) infos.set(rule.id, { ...headOf(rule), kind: 'rule' });
  return infos;
}

/** What a rule about code says of itself, without what decides. */
function headOf({ id, title, surface, severity, confidence, persona, cwe, consequence, remediation, references }: CodeRule): Omit<RuleInfo, 'kind'> {
  return { id, title, surface, severity, confidence, persona, cwe, consequence, remediation, references };
}
