import { clip } from '#formats/clip.ts';
import { isoTime } from '#formats/iso-time.ts';
import { visibleText } from '#formats/visible-text.ts';
import { stages } from '#model/incident.ts';
import type { Entity, EntityKind, Incident, Stage } from '#model/incident.ts';
import type { Risk } from '#model/risk.ts';

/** Foreign text for a person: on one line, without characters that act, cut before and after these are written out. */
export function say(text: string, limit = 400): string {
  return clip(visibleText(clip(text, limit)), limit);
}

/** `2026-11-28 09:14:02`, in UTC. */
export function moment(time: number): string {
  return isoTime(time).slice(0, 19).replace('T', ' ');
}

/** Of records that say nothing about when they were. */
export const timeUnknown = 'time unknown';

/** `2026-11-28 09:14:02 to 11:02:10 UTC (1 h 48 min)`. */
export function span(first: number, last: number): string {
  if (last === 0) return timeUnknown;
  if (first === last) return `${moment(first)} UTC`;
  const [from, to] = [moment(first), moment(last)];
  const end = from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to;
  return `${from} to ${end} UTC (${duration(last - first)})`;
}

const units = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1_000]] as const;

/** The two largest units: `1 h 48 min`. */
export function duration(milliseconds: number): string {
  const from = units.findIndex(([, size]) => milliseconds >= size);
  if (from < 0) return `${Math.max(0, Math.round(milliseconds))} ms`;
  let rest = milliseconds;
  const parts = units.slice(from, from + 2).map(([name, size]) => {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    return whole === 0 ? '' : `${whole} ${name}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

export function stageName(stage: Stage): string {
  const words = stage.split('-');
  return [words[0], ...words.slice(1)].join(' ').replace(/^./, (letter) => letter.toUpperCase());
}

/** Stages in the order in which attacks use them. */
export function orderedStages(given: readonly Stage[]): readonly Stage[] {
  return stages.filter((stage) => given.includes(stage));
}

export function entityWords({ kind, name }: Entity, limit = 80): string {
  return `${kind} ${say(name, limit)}`;
}

/** Who takes part, the busiest of each kind first: people and machines before what they touched. */
export function leadingEntities(incident: Incident, most: number): readonly (Entity & { readonly signals: number })[] {
  return [...incident.entities].sort((a, b) => weight(b.kind) - weight(a.kind) || b.signals - a.signals || (a.name < b.name ? -1 : 1)).slice(0, most);
}

const actors = new Set<EntityKind>(['user', 'service', 'role', 'workflow']);

function weight(kind: EntityKind): number {
  return actors.has(kind) ? 2 : kind === 'address' || kind === 'host' || kind === 'credential' ? 1 : 0;
}

/** What counted most, the weightiest first. */
export function whyRanked(risk: Risk, most = 4): string {
  // A severity speaks for a rank as far as it is high.
  const pull = ({ name, on, weight: by }: Risk['factors'][number]): number => (name.startsWith('severity.') ? by : Math.abs(on === 'impact' ? Math.log(Math.max(0.01, by)) : by));
  const leading = [...risk.factors].sort((a, b) => pull(b) - pull(a)).slice(0, most);
  return leading.map(({ detail, name }) => say(detail === '' ? name : (detail.split('; ')[0] ?? detail), 120)).join('; ');
}

const advice: ReadonlyMap<Stage, string> = new Map([
  ['credential-access', 'Revoke and replace every credential that could be read there, and look where each was used since.'],
  ['exfiltration', 'Find out what left and where to, cut the way out, and tell those whose data it is.'],
  ['impact', 'Stop the account or workload that does it and keep the last good copy safe.'],
  ['lateral-movement', 'Close the way between the systems named and end the sessions that used it.'],
  ['privilege-escalation', 'Take the new rights back and check who granted them.'],
  ['persistence', 'Remove the keys, accounts, hooks and jobs that were added, and look for others of the same day.'],
  ['defense-impairment', 'Turn logging and protection on again, and treat the time without them as unseen.'],
  ['stealth', 'Look for what was hidden, renamed or deleted in records that lie elsewhere, and keep what is left of it.'],
  ['execution', 'Keep the build or process output, then stop what runs and pin what it ran.'],
  ['command-and-control', 'Block the addresses named and look for other machines that speak to them.'],
  ['initial-access', 'Confirm with the owner of the account whether it was them; if not, lock it and end its sessions.'],
]);

const againstGuessing = 'Refuse the sources, ask for a second factor, and look for sign-ins from them that succeeded.';

/** Passwords are guessed (T1110) and nothing was read: there is nothing to revoke. */
function isGuessing({ steps }: Incident): boolean {
  const thefts = steps.filter((step) => step.stages.includes('credential-access'));
  return thefts.length > 0 && thefts.every(({ techniques }) => techniques.some((name) => name.startsWith('T1110')));
}

const againstRequests = 'Look at what the application answered and did for these requests, mend what they aim at, and refuse their sources meanwhile.';

/** Nobody signed in: there is no owner of an account to ask. */
function isByRequests({ entities, techniques }: Incident): boolean {
  return techniques.includes('T1190') && !entities.some(({ kind }) => actors.has(kind));
}

const againstPrograms = 'Read the whole command line in the events, keep what was run and what it left, and stop what still runs.';

/** No pipeline takes part: there is nothing to pin. */
function isByPrograms({ entities }: Incident): boolean {
  return entities.length > 0 && !entities.some(({ kind }) => kind === 'workflow' || kind === 'repository');
}

function textFor(stage: Stage, text: string, incident: Incident): string {
  if (stage === 'credential-access' && isGuessing(incident)) return againstGuessing;
  if (stage === 'execution' && isByPrograms(incident)) return againstPrograms;
  return stage === 'initial-access' && isByRequests(incident) ? againstRequests : text;
}

/** What to do next: for the gravest stages first. */
export function nextSteps(incident: Incident, most = 3): readonly string[] {
  const found = [...advice].flatMap(([stage, text]) => (incident.stages.includes(stage) ? [textFor(stage, text, incident)] : [])).slice(0, most);
  if (found.length > 0) return found;
  const places = incident.entities.filter(({ kind }) => kind === 'host' || kind === 'address').length;
  return [incident.entities.some(({ kind }) => actors.has(kind)) || places === 0
    ? 'Ask the people named whether they know of it, and follow the steps in the order of their times.'
    : 'Look at what ran on the machines named and who was signed in at these times; ask who looks after them whether it was work of theirs.'];
}
