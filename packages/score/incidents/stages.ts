import { deedsOf } from '#formats/incident-deed.ts';
import type { IncidentStep, Stage } from '#model/incident.ts';
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

/** Stages that deeds went through, each by a deed of its own: rules that say several things of one deed make it no longer way. */
export function stagesWalked(steps: readonly IncidentStep[]): Stage[] {
  const deeds = deedsOf(steps).map((deed) => new Set(deed.steps.flatMap((step) => step.stages)));
  const taken = new Map<number, Stage>();
  const place = (stage: Stage, tried: Set<number>): boolean => deeds.some((named, at) => {
    if (!named.has(stage) || tried.has(at)) return false;
    tried.add(at);
    const other = taken.get(at);
    if (other !== undefined && !place(other, tried)) return false;
    taken.set(at, stage);
    return true;
  });
  return inOrder(steps.flatMap((step) => step.stages)).filter((stage) => place(stage, new Set()));
}
