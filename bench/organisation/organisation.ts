/**
 * An organisation of people and programs over some weeks, made up from a seed: weekends, holidays, vacations, trips, new machines, newcomers and
 * leavers, projects that change, a reorganisation, a new client for everyone, a deployment that changes what all services do, and accounts that are
 * taken over. Events come in the order of their time. What its parameters are stands beside each draw.
 */
import { Chance } from './chance.ts';
import type { Deed } from './event.ts';
import { day, dayOf, makePerson, makeTeams, settle } from './people.ts';
import type { Person, Team } from './people.ts';
import { dayOfProgram, makeProgram } from './services.ts';
import type { Program } from './services.ts';
import { takeoverKinds, takeoverOf } from './takeovers.ts';
import type { Takeover } from './takeovers.ts';
import { browsers, lineIn, offices } from './world.ts';

export interface OrganisationOptions {
  readonly seed: number;
  readonly people: number;
  readonly programs: number;
  readonly days: number;
  /** Accounts taken over, from `attacksFrom` on, evenly over the days that follow. */
  readonly takeovers: number;
  readonly attacksFrom: number;
}

export interface Organisation {
  /** Day by day, each in the order of time. */
  readonly deeds: Iterable<readonly Deed[]>;
  readonly takeovers: readonly Takeover[];
}

const begin = Date.UTC(2026, 0, 26);
const holidays: ReadonlySet<number> = new Set([14, 35, 36, 52]);
export const reorganised = 40;
export const newClient = 30;
export const deployed = 48;

export function makeOrganisation(options: OrganisationOptions): Organisation {
  const chance = new Chance(options.seed);
  const teams = makeTeams(chance);
  const people = Array.from({ length: options.people }, (_, index) => {
    // One in eight joins while it is watched.
    const joins = index % 8 === 7 ? chance.below(options.days) : 0;
    return makePerson(`person-${index}`, chance.pick(teams), chance.ranked(offices, 0.5), joins, options.days, chance);
  });
  const programs = Array.from({ length: options.programs }, (_, index) => makeProgram(index, chance.pick(teams), chance));
  const takeovers = takeoversOf(options, people, programs, teams);
  return { takeovers, deeds: daysOf(options, people, programs, teams, takeovers) };
}

function takeoversOf({ seed, takeovers, days, attacksFrom }: OrganisationOptions, people: readonly Person[], programs: readonly Program[], teams: readonly Team[]): Takeover[] {
  const chance = new Chance(seed + 1);
  return Array.from({ length: takeovers }, (_, index) => {
    const at = attacksFrom + Math.floor((index * (days - attacksFrom - 1)) / Math.max(1, takeovers));
    const settled = people.filter(({ joins, leaves }) => joins + 14 <= at && leaves > at);
    return takeoverOf(takeoverKinds[index % takeoverKinds.length] as Takeover['kind'], index, { start: begin + at * day, people: settled, programs, teams, chance });
  });
}

function* daysOf({ seed, days }: OrganisationOptions, people: readonly Person[], programs: readonly Program[], teams: readonly Team[], takeovers: readonly Takeover[]): Generator<readonly Deed[]> {
  const chance = new Chance(seed + 2);
  const vpn = lineIn(offices[1] as (typeof offices)[number], 'hosting', chance);
  const lines = new Map(offices.map((town) => [town.country, lineIn(town, 'office', chance)]));
  let rest = takeovers.flatMap(({ deeds }) => deeds);
  let late: Deed[] = [];
  for (let index = 0; index < days; index += 1) {
    const start = begin + index * day;
    const holiday = holidays.has(index);
    happen(index, people, programs, teams, chance);
    const made = [
      ...people.flatMap((person) => dayOf(person, { index, start, holiday, vpn, office: lines.get(person.home.country) as typeof vpn }, chance)),
      ...programs.flatMap((program) => dayOfProgram(program, index, start, holiday, chance)),
    ];
    const all = [...late, ...made, ...rest].sort((a, b) => a.time - b.time);
    yield all.filter(({ time }) => time < start + day);
    late = [...late, ...made].filter(({ time }) => time >= start + day);
    rest = rest.filter(({ time }) => time >= start + day);
  }
}

/** What happens to many at once. */
function happen(index: number, people: readonly Person[], programs: readonly Program[], teams: readonly Team[], chance: Chance): void {
  if (index === reorganised) for (const person of people) if (chance.is(0.15)) settle(person, chance.pick(teams), chance);
  if (index >= newClient && index < newClient + 3) for (const person of people) if (chance.is(0.4) && !person.tools[0]?.startsWith('AcmeBrowser')) person.tools[0] = `AcmeBrowser/1.0 ${browsers.indexOf(person.tools[0] ?? '')}`;
  if (index !== deployed) return;
  const line = lineIn({ country: 'IE', lat: 53.3, long: -6.3, zone: 0 }, 'hosting', chance);
  for (const program of programs) {
    if (program.kind === 'build' || chance.is(0.3)) continue;
    program.operations = ['PutTelemetry', ...program.operations];
    program.tool = 'acme-sdk/3.0.1';
    if (chance.is(0.5)) program.line = line;
  }
}
