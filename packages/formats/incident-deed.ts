import type { IncidentStep } from '#model/incident.ts';

/** One thing that was done, with everything that rules say of it. */
export interface IncidentDeed {
  /** What was done, without what a rule calls it. */
  readonly clause: string;
  readonly steps: readonly IncidentStep[];
}

/** Rules that speak of one record say the same of what was done, and are tried on it one after the other. */
const together = 60_000;

/** The deeds of an incident in the order of its steps. */
export function deedsOf(steps: readonly IncidentStep[]): readonly IncidentDeed[] {
  const deeds: { readonly clause: string; readonly steps: IncidentStep[] }[] = [];
  for (const step of steps) {
    const clause = step.message.startsWith(`${step.title}: `) ? step.message.slice(step.title.length + 2) : step.message;
    const before = deeds.at(-1);
    if (before?.clause === clause && before.steps[0] !== undefined && step.first - before.steps[0].first < together) before.steps.push(step);
    else deeds.push({ clause, steps: [step] });
  }
  return deeds;
}

/** What rules call it, the first first, without those that the clause begins with. */
export function titlesOf({ clause, steps }: IncidentDeed): readonly string[] {
  return [...new Set(steps.map((step) => step.title))].filter((title) => !clause.startsWith(title));
}

/** How often: the same again, or the like of it. Empty for what was once. */
export function oftenOf({ count, varied = false }: { readonly count: number; readonly varied?: boolean | undefined }): string {
  if (count <= 1) return '';
  return varied ? `and ${count - 1} more like it` : `${count} times`;
}

/** Of a deed of several rules: the rule that speaks of most. */
export function oftenOfDeed({ steps }: IncidentDeed): string {
  const most = steps.reduce<IncidentStep | undefined>((found, step) => (found === undefined || step.count > found.count ? step : found), undefined);
  return most === undefined ? '' : oftenOf(most);
}
