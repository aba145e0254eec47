import type { Stage } from '#model/incident.ts';
import { stages } from '#model/incident.ts';

/** Names of tactics before version 19 of ATT&CK (TA0005 kept its number and most of its techniques). */
const former: ReadonlyMap<string, Stage> = new Map([['defense-evasion', 'stealth']]);

/** Stages that a signal's tactics name, in the order of the attack; ATT&CK writes them with hyphens, older rules with underscores. */
export function stagesOf(tactics: readonly string[]): Stage[] {
  const named = new Set(tactics.map((tactic) => tactic.toLowerCase().replaceAll('_', '-')).map((tactic) => former.get(tactic) ?? tactic));
  return stages.filter((stage) => named.has(stage));
}

export function inOrder(found: Iterable<Stage>): Stage[] {
  const all = new Set(found);
  return stages.filter((stage) => all.has(stage));
}
