import { isoTime } from '#formats/iso-time.ts';
import type { Incident, IncidentStep, Stage } from '#model/incident.ts';
import { severities } from '#model/severity.ts';

const most = { storySteps: 16, names: 3, sentence: 300 };

/** The worst step speaks for the incident; the first of several equally bad ones. */
export function worstStep(steps: readonly IncidentStep[]): IncidentStep | undefined {
  return steps.reduce<IncidentStep | undefined>((worst, step) => (worst === undefined || weight(step) > weight(worst) ? step : worst), undefined);
}

function weight({ severity }: IncidentStep): number {
  return severities.indexOf(severity);
}

export function titleOf(steps: readonly IncidentStep[], reached: readonly Stage[]): string {
  const worst = worstStep(steps)?.title ?? 'Signals without a step';
  if (steps.length <= 1) return worst;
  const [from, to] = [reached[0], reached.at(-1)];
  if (from === undefined || to === undefined || from === to) return `${worst}, and ${steps.length - 1} more ${steps.length === 2 ? 'step' : 'steps'}`;
  return `${worst}: ${steps.length} steps from ${stageName(from)} to ${stageName(to)}`;
}

export function stageName(stage: Stage): string {
  return stage.replaceAll('-', ' ');
}

/** What happened, in order, with times in UTC: the first and last deeds and the worst between; how many were left out is said. */
export function storyOf({ steps, entities, first, last, omitted }: Pick<Incident, 'steps' | 'entities' | 'first' | 'last' | 'omitted'>): string {
  const deeds = deedsOf(steps);
  const told = chosen(deeds);
  const days = isoTime(first).slice(0, 10) !== isoTime(last).slice(0, 10);
  const sentences = told.map((deed, at) => {
    const skipped = at === 0 ? 0 : deeds.indexOf(deed) - deeds.indexOf(told[at - 1] as Deed) - 1;
    return `${skipped > 0 ? `(${skipped} more between.) ` : ''}${sentenceOf(deed, days)}`;
  });
  const parts = [opening(entities, deeds.length, last - first), ...sentences, omitted > 0 ? `(${omitted} more were left out.)` : ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** One thing that was done, with everything that rules say of it. */
interface Deed {
  readonly clause: string;
  readonly steps: IncidentStep[];
}

function deedsOf(steps: readonly IncidentStep[]): Deed[] {
  const deeds: Deed[] = [];
  for (const step of steps) {
    const clause = step.message.startsWith(`${step.title}: `) ? step.message.slice(step.title.length + 2) : step.message;
    const before = deeds.at(-1);
    if (before?.clause === clause && before.steps[0] !== undefined && step.first - before.steps[0].first < 60_000) before.steps.push(step);
    else deeds.push({ clause, steps: [step] });
  }
  return deeds;
}

/** Who, how much and how long; a single deed says it all itself. */
function opening(entities: Incident['entities'], deeds: number, duration: number): string {
  if (deeds === 1) return '';
  const actors = entities.filter(({ kind }) => ['user', 'role', 'service'].includes(kind)).slice(0, most.names).map(({ kind, name }) => (kind === 'user' ? name : `${kind} ${name}`));
  const span = duration >= 60_000 ? ` over ${spanText(duration)}` : '';
  if (actors.length > 0) return `${andList(actors)}, ${deeds} actions${span}.`;
  const hosts = entities.filter(({ kind }) => kind === 'host').slice(0, most.names).map(({ name }) => name);
  return hosts.length === 0 ? `Nobody is named; ${deeds} actions${span}.` : `On ${andList(hosts)}, ${deeds} actions${span}; nobody is named.`;
}

function sentenceOf({ clause, steps }: Deed, days: boolean): string {
  const first = Math.min(...steps.map((step) => step.first));
  const last = Math.max(...steps.map((step) => step.last));
  const count = Math.max(...steps.map((step) => step.count));
  const when = isoTime(first);
  const time = days ? `${when.slice(5, 10)} ${when.slice(11, 16)}` : when.slice(11, 16);
  const often = count === 1 ? '' : last - first >= 60_000 ? ` ${count} times in ${spanText(last - first)}` : ` ${count} times`;
  const titles = [...new Set(steps.map((step) => step.title))].filter((title) => !clause.startsWith(title));
  const text = clause.length > most.sentence ? `${clause.slice(0, most.sentence)}…` : clause;
  return `${time} ${text}${often}${titles.length === 0 ? '' : `: ${titles.join('; ')}`}.`;
}

function chosen(deeds: readonly Deed[]): readonly Deed[] {
  if (deeds.length <= most.storySteps) return deeds;
  const half = most.storySteps / 2;
  const ends = new Set([...deeds.slice(0, half), ...deeds.slice(1 - half)]);
  const worst = worstStep(deeds.filter((deed) => !ends.has(deed)).flatMap((deed) => deed.steps));
  return deeds.filter((deed) => ends.has(deed) || (worst !== undefined && deed.steps.includes(worst)));
}

/** 12 s, 5 min, 3 h 12 min, 2 d 4 h. */
function spanText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return `${Math.round(milliseconds / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function andList(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
