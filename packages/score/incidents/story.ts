import { clip } from '#formats/clip.ts';
import { deedsOf, oftenOfDeed, titlesOf } from '#formats/incident-deed.ts';
import type { IncidentDeed } from '#formats/incident-deed.ts';
import { isoTime } from '#formats/iso-time.ts';
import type { EntityKind, Incident, IncidentStep, Stage } from '#model/incident.ts';
import { severities } from '#model/severity.ts';

const most = { storySteps: 16, names: 3, sentence: 300, name: 60 };

const actorKinds: ReadonlySet<EntityKind> = new Set(['user', 'role', 'service', 'workflow']);

/** The worst step speaks for the incident; the first of several equally bad ones. */
export function worstStep(steps: readonly IncidentStep[]): IncidentStep | undefined {
  return steps.reduce<IncidentStep | undefined>((worst, step) => (worst === undefined || weight(step) > weight(worst) ? step : worst), undefined);
}

function weight({ severity }: IncidentStep): number {
  return severities.indexOf(severity);
}

/** What the worst step is called and who did it; how much more there was. */
export function titleOf(steps: readonly IncidentStep[], reached: readonly Stage[]): string {
  const worst = worstStep(steps);
  if (worst === undefined) return 'Signals without a step';
  // Whose password is guessed is not who guesses.
  const guessed = worst.techniques.some((technique) => technique.startsWith('T1110'));
  const who = (guessed ? worst.entities.find(({ kind }) => kind === 'address') : undefined) ?? worst.entities.find(({ kind }) => actorKinds.has(kind)) ?? worst.entities.find(({ kind }) => kind === 'address' || kind === 'host');
  const named = who === undefined || worst.title.includes(who.name) ? worst.title : `${worst.title} (${clip(who.name, most.name)})`;
  const deeds = deedsOf(steps).length;
  if (deeds <= 1) return named;
  const [from, to] = [reached[0], reached.at(-1)];
  if (from === undefined || to === undefined || from === to) return `${named}, and ${deeds - 1} more ${deeds === 2 ? 'action' : 'actions'}`;
  return `${named}: ${deeds} actions from ${stageName(from)} to ${stageName(to)}`;
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
    const skipped = at === 0 ? 0 : deeds.indexOf(deed) - deeds.indexOf(told[at - 1] as IncidentDeed) - 1;
    return `${skipped > 0 ? `(${skipped} more between.) ` : ''}${sentenceOf(deed, days)}`;
  });
  const parts = [opening(entities, deeds.length, last - first), ...sentences, omitted > 0 ? `(${omitted} more were left out.)` : ''];
  return parts.filter((part) => part !== '').join(' ');
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

function sentenceOf(deed: IncidentDeed, days: boolean): string {
  const { clause, steps } = deed;
  const first = Math.min(...steps.map((step) => step.first));
  const last = Math.max(...steps.map((step) => step.last));
  const when = isoTime(first);
  const time = days ? `${when.slice(5, 10)} ${when.slice(11, 16)}` : when.slice(11, 16);
  const times = oftenOfDeed(deed);
  const often = times === '' ? '' : `${times.startsWith('and ') ? ',' : ''} ${times}${last - first >= 60_000 ? ` in ${spanText(last - first)}` : ''}`;
  const titles = titlesOf(deed);
  const text = clause.length > most.sentence ? `${clause.slice(0, most.sentence)}…` : clause;
  return `${time} ${text}${often}${titles.length === 0 ? '' : `: ${titles.join('; ')}`}.`;
}

function chosen(deeds: readonly IncidentDeed[]): readonly IncidentDeed[] {
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
