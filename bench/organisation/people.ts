/** People: what each works on, when, where from and with what. Parameters are guesses of what offices are like; none comes from a detector. */
import type { Chance } from './chance.ts';
import type { Deed } from './event.ts';
import type { Line, Town } from './world.ts';
import { adminOperations, browsers, elsewhere, forgeOperations, lineIn, operations, shells } from './world.ts';

export const hour = 3_600_000;
export const day = 24 * hour;

export interface Team {
  readonly name: string;
  readonly operations: readonly string[];
  readonly resources: readonly string[];
  readonly repositories: readonly string[];
  readonly administers: boolean;
}

export interface Person {
  readonly name: string;
  team: Team;
  readonly home: Town;
  readonly joins: number;
  readonly leaves: number;
  /** Days off, by number. */
  readonly off: ReadonlySet<number>;
  readonly starts: number;
  readonly hours: number;
  readonly weekends: number;
  readonly evenings: number;
  readonly usesVpn: number;
  readonly worksFromHome: number;
  readonly pace: number;
  /** What the person does and works on, the most usual first. */
  operations: string[];
  resources: string[];
  repositories: string[];
  tools: string[];
  host: string;
  homeLine: Line;
  trip: { readonly until: number; readonly line: Line } | undefined;
}

export function makeTeams(chance: Chance): Team[] {
  return ['web', 'mobile', 'data', 'platform', 'it', 'finance', 'sales', 'support', 'research'].map((name) => {
    const builds = ['web', 'mobile', 'data', 'platform', 'research'].includes(name);
    return {
      name, administers: name === 'it' || name === 'platform',
      operations: chance.some(operations, builds ? 60 : 30), resources: Array.from({ length: builds ? 70 : 30 }, (_, index) => `${name}-${index}`),
      repositories: builds ? Array.from({ length: 12 }, (_, index) => `acme/${name}-${index}`) : [],
    };
  });
}

export function makePerson(name: string, team: Team, home: Town, joins: number, days: number, chance: Chance): Person {
  const vacation = chance.is(0.35) ? joins + chance.below(days) : -1;
  const off = new Set(Array.from({ length: days }, (_, index) => index).filter((index) => (index >= vacation && index < vacation + 9 && vacation >= 0) || chance.is(0.02)));
  const person: Person = {
    name, team, home, joins, off, leaves: chance.is(0.05) ? joins + 20 + chance.below(days) : Infinity,
    starts: chance.normal(8.6, 0.9), hours: chance.normal(8.6, 0.7), weekends: chance.is(0.2) ? 0.3 : 0.03, evenings: chance.is(0.25) ? 0.3 : 0.04,
    usesVpn: chance.is(0.2) ? 0.6 : 0, worksFromHome: chance.pick([0, 0.2, 0.4, 1]), pace: chance.lognormal(14, 0.6),
    operations: [], resources: [], repositories: [], tools: [], host: `lap-${name}`, homeLine: lineIn(home, 'home', chance), trip: undefined,
  };
  settle(person, team, chance);
  person.tools = [chance.ranked(browsers), ...(team.repositories.length > 0 ? ['git/2.43.0', ...chance.some(shells, 2)] : []), ...(chance.is(0.4) ? [browsers[4] as string] : [])];
  return person;
}

/** What somebody does in a team. */
export function settle(person: Person, team: Team, chance: Chance): void {
  person.team = team;
  person.operations = chance.some(team.operations, 8 + chance.below(16));
  person.resources = chance.some(team.resources, 4 + chance.below(8));
  person.repositories = chance.some(team.repositories, 2 + chance.below(3));
}

export interface Day {
  readonly index: number;
  /** Its midnight in UTC. */
  readonly start: number;
  readonly holiday: boolean;
  readonly vpn: Line;
  readonly office: Line;
}

/** One day of a person. */
export function dayOf(person: Person, { index, start, holiday, vpn, office }: Day, chance: Chance): Deed[] {
  if (index < person.joins || index > person.leaves || person.off.has(index)) return [];
  const weekday = new Date(start).getUTCDay();
  const free = weekday === 0 || weekday === 6 || holiday;
  if (!chance.is(free ? person.weekends : 0.96)) return [];
  drift(person, index, chance);
  const from = start + (person.starts - (person.trip?.line.town ?? person.home).zone + chance.normal(0, 0.5)) * hour;
  const length = free ? chance.between(0.5, 3) : person.hours;
  const bursts = Array.from({ length: free ? 1 + chance.below(2) : 3 + chance.below(6) }, () => from + chance.next() * length * hour);
  if (chance.is(person.evenings)) bursts.push(from + (length + chance.between(1, 4.5)) * hour);
  const atHome = free || chance.is(person.worksFromHome);
  return bursts.sort((a, b) => a - b).flatMap((time, at) => burst(person, time, at === 0, atHome, { vpn, office }, chance));
}

/** What changes in somebody's life and work. */
function drift(person: Person, index: number, chance: Chance): void {
  if (person.trip !== undefined && person.trip.until < index) person.trip = undefined;
  if (person.trip === undefined && chance.is(1 / 90)) person.trip = { until: index + 1 + chance.below(5), line: lineIn(chance.ranked(elsewhere), 'hotel', chance) };
  if (chance.is(1 / 25)) person.homeLine = { ...person.homeLine, ip: lineIn(person.home, 'home', chance).ip };
  if (chance.is(1 / 250)) person.homeLine = lineIn(person.home, 'home', chance);
  if (chance.is(1 / 250)) {
    person.host = `lap-${person.name}-${index}`;
    person.tools[0] = chance.ranked(browsers);
  }
  if (chance.is(1 / 120)) person.tools.push(chance.pick(shells));
  if (chance.is(1 / 12)) person.resources = [chance.pick(person.team.resources), ...person.resources].slice(0, 12);
  if (chance.is(1 / 20) && person.team.repositories.length > 0) person.repositories = [chance.pick(person.team.repositories), ...person.repositories].slice(0, 6);
  if (chance.is(1 / 15)) person.operations.splice(chance.below(person.operations.length), 1, chance.pick(person.team.operations));
}

function burst(person: Person, time: number, first: boolean, atHome: boolean, lines: { readonly vpn: Line; readonly office: Line }, chance: Chance): Deed[] {
  const own = person.trip?.line ?? (atHome ? person.homeLine : lines.office);
  const line = chance.is(person.usesVpn) ? lines.vpn : chance.is(0.02) ? lineIn(person.trip?.line.town ?? person.home, 'mobile', chance) : own;
  const tool = chance.ranked(person.tools, 1.3);
  const base = { who: person.name, kind: 'user' as const, line, host: chance.is(0.9) ? person.host : undefined };
  const deeds: Deed[] = [];
  let at = time;
  if (first || chance.is(0.15)) deeds.push({ ...base, time: at, source: 'auth', operation: 'user.session.start', tool: person.tools[0] as string, failed: chance.is(0.04) });
  // Somebody works on one thing at a time.
  const resource = chance.ranked(person.resources, 1.1);
  const repository = person.repositories.length === 0 ? undefined : chance.ranked(person.repositories, 1);
  for (let count = Math.round(chance.lognormal(person.pace / 5, 0.8)); count > 0; count -= 1) {
    at += chance.lognormal(40_000, 1.2);
    deeds.push({ ...base, ...deedOf(person, resource, repository, chance), time: at, tool });
  }
  return deeds;
}

function deedOf(person: Person, resource: string, repository: string | undefined, chance: Chance): Pick<Deed, 'source' | 'operation' | 'resource' | 'failed'> {
  const failed = chance.is(0.01);
  if (chance.is(person.team.administers ? 0.02 : 0.0003)) return { source: 'admin', operation: chance.ranked(adminOperations), resource: `account-${chance.below(300)}`, failed };
  if (repository !== undefined && chance.is(0.45)) return { source: 'forge', operation: chance.ranked(forgeOperations, 1.4), resource: chance.is(0.02) ? chance.pick(person.team.repositories) : repository, failed };
  const operation = chance.is(0.004) ? chance.pick(operations) : chance.is(0.03) ? chance.pick(person.team.operations) : chance.ranked(person.operations, 1.1);
  return { source: 'cloud', operation, resource: chance.is(0.04) ? chance.pick(person.team.resources) : resource, failed };
}
