/** Programs: on a schedule, after what people do, or all day long; some with ever new machines, some with ever new resources. */
import type { Chance } from './chance.ts';
import type { Deed } from './event.ts';
import { day, hour } from './people.ts';
import type { Team } from './people.ts';
import type { Line } from './world.ts';
import { kits, lineIn, offices } from './world.ts';

export interface Program {
  readonly name: string;
  readonly kind: 'cron' | 'weekly' | 'build' | 'steady' | 'deploy';
  operations: string[];
  resources: string[];
  tool: string;
  line: Line;
  readonly rate: number;
  readonly at: number;
  /** Each day's work is on something new. */
  readonly dated: boolean;
}

export function makeProgram(index: number, team: Team, chance: Chance): Program {
  const kind = (['cron', 'build', 'steady', 'weekly', 'deploy', 'build', 'steady', 'cron'] as const)[index % 8] as Program['kind'];
  const builds = kind === 'build';
  return {
    name: `${kind}-${team.name}-${index}`, kind, rate: chance.lognormal(20, 0.7), at: chance.below(24), dated: chance.is(0.2), tool: builds ? 'actions-runner/2.311.0' : chance.pick(kits), line: lineIn(chance.pick(offices), 'hosting', chance),
    operations: builds ? ['git.clone', 'git.fetch', 'packages.package_published', 'workflows.created_workflow_run'] : chance.some(team.operations, 1 + chance.below(6)),
    resources: builds && team.repositories.length > 0 ? chance.some(team.repositories, 2 + chance.below(6)) : chance.some(team.resources, 1 + chance.below(5)),
  };
}

export function dayOfProgram(program: Program, index: number, start: number, holiday: boolean, chance: Chance): Deed[] {
  const weekday = new Date(start).getUTCDay();
  const free = weekday === 0 || weekday === 6 || holiday;
  if (chance.is(1 / 150)) program.resources.push(`${program.name}-more-${index}`);
  if (chance.is(1 / 250)) program.operations.push(chance.pick(['TagResource', 'ListTags', 'GetQuota', 'DescribeLimits', 'PutMetric']));
  return timesOf(program, start, weekday, free, chance).map((time) => deedOf(program, time, index, chance));
}

function timesOf({ kind, rate, at }: Program, start: number, weekday: number, free: boolean, chance: Chance): number[] {
  const many = (mean: number, when: () => number): number[] => Array.from({ length: Math.round(chance.lognormal(mean, 0.35)) }, when);
  switch (kind) {
    case 'cron': return many(rate, () => start + at * hour + chance.next() * 0.4 * hour);
    case 'weekly': return weekday === at % 7 ? many(rate, () => start + at * hour + chance.next() * hour) : [];
    case 'steady': return many(rate, () => start + chance.next() * day);
    case 'build': return many(free ? rate / 12 : rate, () => start + Math.min(23.9, Math.max(0, chance.normal(13, 3.5))) * hour);
    case 'deploy': return !free && chance.is(0.4) ? many(rate / 2, () => start + chance.between(8, 16) * hour) : [];
  }
}

function deedOf(program: Program, time: number, index: number, chance: Chance): Deed {
  const forge = program.kind === 'build';
  const admin = program.kind === 'deploy' && chance.is(0.1);
  return {
    time, who: program.name, kind: 'service', source: admin ? 'admin' : forge ? 'forge' : 'cloud', operation: admin ? 'UpdateAssumeRolePolicy' : chance.ranked(program.operations, 1),
    resource: program.dated ? `${program.resources[0]}-${index}` : chance.ranked(program.resources, 0.8), tool: program.tool,
    host: forge ? `runner-${chance.below(100_000)}` : undefined, line: { ...program.line, ip: program.line.ip.replace(/\d+$/, String(1 + chance.below(20))) }, failed: chance.is(0.004),
  };
}
