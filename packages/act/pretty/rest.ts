import type { Finding } from '#model/finding.ts';
import type { Severity } from '#model/severity.ts';
import { visibleText } from '#formats/visible-text.ts';
import { count } from '../coverage.ts';
import { fit, wrap } from './layout.ts';
import type { Pen } from './pen.ts';

/** Of one rule so many are shown at most: ten times the same says no more, and hides what else there is. */
const ofOneRule = 3;
const rulesNamed = 6;

/** More than so many of one rule in one file are told as one: a list of test keys is one thing to look at. */
const toldApart = 3;

/** A finding that is shown, and those of its rule and severity in its file that are only counted there. */
export interface ShownFinding {
  readonly finding: Finding;
  readonly alike: readonly Finding[];
}

/** The first ones, worst first, and of no rule too many. */
export function chosen(open: readonly Finding[], most: number): readonly ShownFinding[] {
  const inFile = Map.groupBy(open, fileKey);
  const seen = new Map<string, number>();
  const told = new Set<string>();
  const found: ShownFinding[] = [];
  for (const finding of open) {
    const key = fileKey(finding);
    const [, ...alike] = inFile.get(key) ?? [];
    const times = seen.get(finding.rule) ?? 0;
    if (told.has(key) || times >= ofOneRule) continue;
    seen.set(finding.rule, times + 1);
    const isMany = alike.length >= toldApart;
    if (isMany) told.add(key);
    found.push({ finding, alike: isMany ? alike : [] });
    if (found.length === most) break;
  }
  return found;
}

function fileKey({ rule, severity, commit, location: { path } }: Finding): string {
  return JSON.stringify([rule, severity, commit?.id, path]);
}

interface RuleRest {
  readonly rule: string;
  readonly severity: Severity;
  number: number;
  readonly files: Set<string>;
}

/** What is not shown, by rule and severity. */
export function restLines(open: readonly Finding[], shown: readonly ShownFinding[], pen: Pen, width: number): readonly string[] {
  const left = new Set(open);
  for (const { finding, alike } of shown) for (const one of [finding, ...alike]) left.delete(one);
  if (left.size === 0) return [];
  const rests = new Map<string, RuleRest>();
  for (const { rule, severity, location: { path } } of left) {
    const key = `${severity} ${rule}`;
    const rest = rests.get(key) ?? { rule, severity, number: 0, files: new Set() };
    rests.set(key, rest);
    rest.number += 1;
    rest.files.add(path);
  }
  const named = [...rests.values()].slice(0, rulesNamed);
  const others = rests.size - named.length;
  const widest = Math.max(...named.map(({ severity }) => severity.length));
  return [
    ...wrap(`and ${count(left.size)} more; all of them: -o report.html, or --format json`, width).map((line, at) => (at === 0 ? line.replace(/^and [\d,]+ more/, (text) => pen.bold(text)) : line)),
    ...named.map(({ rule, severity, number, files }) => {
      const text = `${visibleText(rule)} in ${files.size === 1 ? 'one file' : `${count(files.size)} files`}`;
      return `${count(number).padStart(7)}  ${pen.severity[severity](severity.padEnd(widest))}  ${fit(text, Math.max(10, width - widest - 11))}`;
    }),
    ...(others === 0 ? [] : [`${' '.repeat(9)}and ${others === 1 ? 'one other rule' : `${count(others)} other rules`}`]),
  ];
}
