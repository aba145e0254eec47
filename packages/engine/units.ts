import type { RuleInfo, TextRule } from '#model/rule.ts';
import type { Detector } from '#model/unit.ts';
import { detectors as allDetectors } from '#generated/analysis.ts';
import { loadContent } from './content.ts';
import { EngineError } from './errors.ts';
import type { ScanOptions } from './options.ts';

/** The units one run uses. */
export interface Selection {
  readonly rules: readonly TextRule[];
  readonly detectors: readonly Detector[];
}

/** Bundled rules and detectors, plus rules the user brings, cut down by `--rule` and `--surface`. */
export function selectUnits(options: Pick<ScanOptions, 'rules' | 'surfaces'>, foreign: readonly TextRule[]): Selection {
  const wanted = wantedBy(options);
  const rules = [...loadContent().rules, ...foreign].filter(wanted);
  const detectors = allDetectors.filter(wanted);
  if (rules.length + detectors.length === 0) {
    const asked = [...options.rules, ...options.surfaces].join(', ');
    throw new EngineError('rule-unknown', `no rule matches ${asked}; \`watchward rules list\` names them all`);
  }
  return { rules, detectors };
}

function wantedBy({ rules, surfaces }: Pick<ScanOptions, 'rules' | 'surfaces'>): (unit: { id: string; surface: string }) => boolean {
  const patterns = rules.map(globToRegExp);
  return ({ id, surface }) =>
    (patterns.length === 0 || patterns.some((pattern) => pattern.test(id))) &&
    (surfaces.length === 0 || surfaces.some((name) => name === surface));
}

/** `secrets/github-*` and the like; `*` stands for any run of characters. */
export function globToRegExp(glob: string): RegExp {
  return new RegExp(`^${glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}

/** What a reader is told about every unit, by id. */
export function ruleInfos(selection: Selection): Map<string, RuleInfo> {
  const infos = new Map<string, RuleInfo>();
  for (const { match: _match, ...rest } of selection.rules) infos.set(rest.id, { ...rest, kind: 'rule' });
  for (const { needs: _needs, detect: _detect, ...rest } of selection.detectors) infos.set(rest.id, { ...rest, kind: 'detector' });
  return infos;
}
