/** Accounts in the hands of somebody else, in the ways that reports tell of. */
import type { Chance } from './chance.ts';
import type { Deed } from './event.ts';
import { hour } from './people.ts';
import type { Person, Team } from './people.ts';
import type { Program } from './services.ts';
import type { Line } from './world.ts';
import { browsers, hostingTowns, lineIn, operations } from './world.ts';

export const takeoverKinds = ['stolen session', 'stolen key', 'stolen build token', 'phished sign-in', 'insider', 'careful session'] as const;
export type TakeoverKind = (typeof takeoverKinds)[number];

export interface Takeover {
  readonly id: string;
  readonly kind: TakeoverKind;
  readonly deeds: readonly Deed[];
}

const looking = ['ListBuckets', 'ListObjects', 'DescribeInstances', 'ListSecrets', 'GetCallerIdentity', 'ListRoles', 'ListUsers', 'GetAccountAuthorizationDetails', 'DescribeSnapshots', 'ListFunctions'] as const;
const digging = ['CreateAccessKey', 'AttachUserPolicy', 'CreateLoginProfile', 'StopLogging', 'UpdateAssumeRolePolicy', 'ModifySnapshotAttribute'] as const;

export function takeoverOf(kind: TakeoverKind, index: number, scene: Scene): Takeover {
  const id = `${kind} ${index}`;
  return { id, kind, deeds: makers[kind](scene).map((deed) => ({ ...deed, attack: id })) };
}

export interface Scene {
  readonly start: number;
  readonly people: readonly Person[];
  readonly programs: readonly Program[];
  readonly teams: readonly Team[];
  readonly chance: Chance;
}

const makers: Readonly<Record<TakeoverKind, (scene: Scene) => Deed[]>> = {
  'stolen session': ({ start, people, teams, chance }) => {
    const victim = chance.pick(people);
    const line = lineIn(chance.pick(hostingTowns), 'hosting', chance);
    const steps = [...chance.some(looking, 5), ...chance.some(digging, 1 + chance.below(2)), ...readings(8, chance)];
    return walk(steps, start + chance.between(0, 24) * hour, chance, (operation, time) => ({ ...by(victim, line, chance.pick([...browsers, 'python-requests/2.31.0'])), time, operation, source: sourceOf(operation), resource: chance.pick(chance.pick(teams).resources) }));
  },
  'stolen key': ({ start, people, programs, chance }) => {
    const victim = chance.is(0.5) ? chance.pick(people) : chance.pick(programs.filter(({ kind }) => kind !== 'build'));
    const line = lineIn(chance.pick(hostingTowns), 'hosting', chance);
    const steps = [...chance.some(looking, 7), ...chance.some(digging, chance.below(2)), ...readings(4, chance)];
    return walk(steps, start + chance.between(0, 24) * hour, chance, (operation, time) => ({ ...by(victim, line, chance.pick(['Boto3/1.34.11 Python/3.11', 'aws-cli/2.15.10 Python/3.11.6 Linux/6.5'])), time, operation, source: sourceOf(operation), failed: chance.is(0.3) }));
  },
  'stolen build token': ({ start, programs, teams, chance }) => {
    const victim = chance.pick(programs.filter(({ kind }) => kind === 'build'));
    const line = lineIn(chance.pick(hostingTowns), 'hosting', chance);
    const all = teams.flatMap(({ repositories }) => repositories);
    return walk([...Array.from({ length: 12 }, () => 'git.clone'), 'git.push'], start + chance.between(0, 24) * hour, chance, (operation, time) => ({ ...by(victim, line, 'git/2.39.2'), time, operation, source: 'forge', resource: chance.pick(all) }));
  },
  'phished sign-in': ({ start, people, chance }) => {
    const victim = chance.pick(people);
    const line = lineIn(chance.pick(hostingTowns), 'hosting', chance);
    return walk(['user.session.start', 'user.mfa.factor.activate', 'GetDocument', 'ListFolders', 'ListContacts'], start + chance.between(0, 24) * hour, chance, (operation, time) => ({ ...by(victim, line, chance.pick(browsers)), time, operation, source: operation === 'user.session.start' ? 'auth' : operation.startsWith('user.') ? 'admin' : 'cloud' }));
  },
  // Own machine, own network, at night: what others work on, in bulk.
  insider: ({ start, people, teams, chance }) => {
    const victim = chance.pick(people);
    const other = chance.pick(teams.filter(({ name }) => name !== victim.team.name));
    const time = start + (chance.between(20, 28) - victim.home.zone) * hour;
    return walk(Array.from({ length: 60 }, () => chance.pick(['GetObject', 'GetDocument', 'ListObjects'])), time, chance, (operation, at) => ({ ...by(victim, victim.homeLine, victim.tools[0] as string), host: victim.host, time: at, operation, source: 'cloud', resource: chance.pick(other.resources) }));
  },
  // From the same country, with the same kind of browser, in working hours.
  'careful session': ({ start, people, teams, chance }) => {
    const victim = chance.pick(people);
    const line = lineIn(victim.home, 'home', chance);
    const time = start + (victim.starts - victim.home.zone + chance.between(1, 7)) * hour;
    const steps = [...chance.some(looking, 3), ...chance.some(digging, 1), ...readings(3, chance)];
    return walk(steps, time, chance, (operation, at) => ({ ...by(victim, line, victim.tools[0] as string), time: at, operation, source: sourceOf(operation), resource: chance.pick(chance.pick(teams).resources) }));
  },
};

function by(victim: Person | Program, line: Line, tool: string): Pick<Deed, 'who' | 'kind' | 'line' | 'tool'> {
  return { who: victim.name, kind: 'rate' in victim ? 'service' : 'user', line, tool };
}

function readings(count: number, chance: Chance): string[] {
  return Array.from({ length: count }, () => chance.pick(operations.filter((name) => name.startsWith('Get'))));
}

function sourceOf(operation: string): Deed['source'] {
  return /User|AccessKey|Policy$|Profile/.test(operation) && !/^List|^Get/.test(operation) ? 'admin' : 'cloud';
}

function walk(steps: readonly string[], start: number, chance: Chance, make: (operation: string, time: number) => Deed): Deed[] {
  let time = start;
  return steps.map((operation) => {
    time += chance.lognormal(50_000, 1);
    return make(operation, time);
  });
}
