import { capitalise } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';

const bounds: readonly (readonly [number, Severity])[] = [[80, 'critical'], [60, 'high'], [35, 'medium'], [10, 'low']];

/** The schema gives risk levels no scale; these bounds are ours (`specs/risk.md`). */
export function levelOf(score: number): Severity {
  return bounds.find(([from]) => score >= from)?.[1] ?? 'informational';
}

/** ATT&CK: a technique with a dot in its id is a sub-technique. Tactics are named, because rules name them. */
export function attacksOf(techniques: readonly string[], tactics: readonly string[]): object[] {
  const named = tactics.map((tactic) => ({ tactic: { name: tactic.split(/[-_]/).map(capitalise).join(' ') } }));
  const numbered = techniques.map((id) => {
    const [technique, sub] = id.split('.');
    return { technique: { uid: technique }, ...(sub === undefined ? {} : { sub_technique: { uid: id } }) };
  });
  return [...numbered, ...named];
}
