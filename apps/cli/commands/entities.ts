import type { EntityRisk, EntityRisks } from '#engine/entities.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';

const json = { json: { type: 'boolean', help: 'Print JSON: with it every risk can be computed again' } } as const;
const listing = {
  most: { type: 'string', value: 'N', default: '20', number: { min: 1, max: 100_000, whole: true }, help: 'Most entities that are shown' },
  at: { type: 'string', value: 'TIME', help: 'Risks at this time, as 2027-01-31T12:00:00Z; that of the newest signal if not given' },
  ...json,
} as const;

export default defineCommand({
  name: 'entities',
  summary: 'Who and what is under suspicion, and why',
  description:
    'The risk of every user, service, machine, address, key, repository and resource that signals of `watchward watch --keep` or `--follow` speak of. It comes from its evidence alone, ' +
    'never exceeds what that gives while it is fresh, and halves with every week in which nothing more happens. Without a subcommand it lists the riskiest first.',
  options: listing,
  examples: [{ command: 'watchward entities --json', explain: 'With all evidence, for programs.' }],
  run: list,
  subcommands: [
    { name: 'list', summary: 'List entities by their risk', description: 'The riskiest first; those of whom nothing is left are not shown.', options: listing, run: list },
    {
      name: 'show', summary: 'Tell what is known against one entity', description: 'Its risk, every piece of evidence with what is left of it, and how the risk falls if nothing more happens.',
      positionals: [{ name: 'entity', help: 'Its name, or kind and name as user/mira', required: true }], options: { at: listing.at, ...json }, run: show,
    },
  ],
});

async function read({ options, stateDir }: Invocation): Promise<EntityRisks> {
  const [{ entityRisks }, { watchFolder }] = await Promise.all([import('#engine/entities.ts'), import('#engine/incidents.ts')]);
  const at = options.text('at');
  const time = at === undefined ? undefined : Date.parse(at);
  if (time !== undefined && Number.isNaN(time)) throw new CliError('usage', `${at} is no time`, 'Write it as 2027-01-31T12:00:00Z.');
  try {
    return entityRisks(watchFolder(stateDir), time);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'state-missing') throw new CliError('usage', 'nothing was kept by a watch yet', 'Run `watchward watch --keep --from FILE` first, or name its folder with --state-dir.', error);
    throw error;
  }
}

async function list(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const { asOf, halfLifeDays, shares, entities, full } = await read(invocation);
  const shown = entities.slice(0, options.number('most') ?? 20);
  if (options.flag('json')) io.stdout(`${JSON.stringify({ asOf, halfLifeDays, shares, entities: shown }, undefined, 2)}\n`);
  else for (const one of shown) io.stdout(`${line(one)}\n`);
  io.stderr(`watchward: ${shown.length} of ${entities.length} entities as of ${timeText(asOf)}${full ? '; the table is full, those that were quiet longest are forgotten' : ''}; \`watchward entities show NAME\` says why\n`);
  return exitCodes.clean;
}

async function show(invocation: Invocation): Promise<number> {
  const { io, options, positionals } = invocation;
  const [{ asOf, halfLifeDays, shares, entities, later }, { findEntity }] = [await read(invocation), await import('#engine/entities.ts')];
  const one = findEntity(entities, positionals[0] ?? '');
  if (options.flag('json')) {
    io.stdout(`${JSON.stringify({ asOf, halfLifeDays, shares, entities: [one] }, undefined, 2)}\n`);
    return exitCodes.clean;
  }
  io.stdout(`${line(one)}\n\nIf nothing more happens: ${[1, 7, 30].map((days) => `${later(one, days).toFixed(1)} in ${days} ${days === 1 ? 'day' : 'days'}`).join(', ')}. While all of it was fresh it came to ${one.ceiling.toFixed(1)}.\n\n`);
  for (const { title, rule, role, risk, count, last, weight, incident } of one.evidence) {
    io.stdout(`  ${(100 * weight).toFixed(1).padStart(5)}  ${printable(title)}\n         ${printable(rule)}, ${role}, risk ${risk.toFixed(1)} x ${shares[role] ?? 0}, ${count} ${count === 1 ? 'time' : 'times'}, last ${timeText(last)}${incident === null ? '' : `, ${incident}`}\n`);
  }
  if (one.omitted > 0) io.stdout(`  and ${one.omitted} weaker kinds of evidence that found no room\n`);
  return exitCodes.clean;
}

function line({ risk, kind, name, evidence, last }: EntityRisk): string {
  return `${risk.toFixed(1).padStart(5)}  ${kind.padEnd(10)} ${printable(name)}  (${evidence.length} ${evidence.length === 1 ? 'kind' : 'kinds'} of evidence, last ${timeText(last)})`;
}

/** Names come from events: nothing in them may move the cursor. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�').slice(0, 200);
}

function timeText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'at no time' : date.toISOString().slice(0, 16).replace('T', ' ');
}
