import type { IncidentFile, JudgedIncident } from '#engine/incidents.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { counted } from '../counted.ts';
import { modelsOffOption } from '../scan-options.ts';

const reason = { reason: { type: 'string', value: 'TEXT', help: 'Why, for whoever asks later' } } as const;
const owner = { owner: { type: 'string', value: 'NAME', setting: 'user', help: 'Who answers for it; your user name if not given' } } as const;
const which = [{ name: 'id', help: 'Id of the incident, or its beginning', required: true }] as const;

const listing = {
  all: { type: 'boolean', help: 'Also those that were closed or dismissed, or that the budget held back' },
  json: { type: 'boolean', help: 'Print JSON' },
} as const;

export default defineCommand({
  name: 'incidents',
  summary: 'List, read and judge the incidents of a watch',
  description:
    'Incidents are what `watchward watch --keep` or `--follow` made of signals. They can be read and judged while the watch runs; it takes a verdict up ' +
    'within a second. Without a subcommand it lists those that nobody has closed, the worst first.',
  options: {
    ...listing,
  },
  examples: [{ command: 'watchward incidents --json', explain: 'What is open, for programs.' }],
  run: list,
  subcommands: [
    { name: 'list', summary: 'List incidents', description: 'Those that nobody has closed and that the budget did not hold back, the worst first; with --all, every one that is kept.', options: listing, run: list },
    {
      name: 'show', summary: 'Tell one incident whole', description: 'Every step with its time and what ties it to the others, who took part, the risk with its factors, and the verdict.',
      positionals: which, options: { json: { type: 'boolean', help: 'Print JSON' }, html: { type: 'boolean', help: 'Print a page: lanes, stages and evidence' }, plot: { type: 'boolean', help: 'Draw who did what in lanes, with the stages above' } }, run: show,
    },
    {
      name: 'close', summary: 'Close an incident that is dealt with', description: 'A signal that joins it later is told as regressed.',
      positionals: which, options: { ...reason, ...owner }, run: (invocation) => judge(invocation, 'closed'),
    },
    {
      name: 'dismiss', summary: 'Dismiss an incident as harmless, and what is like it',
      description:
        'Signals of the same rules about the same users, roles, services and repositories are kept in the lake and told to nobody until the given day. What gave the incident ' +
        'becomes a case that `watchward incidents replay` holds rule changes against.',
      positionals: which,
      options: { ...reason, ...owner, until: { type: 'string', value: 'DATE', help: 'Last day on which it holds, as 2027-01-31' } },
      run: (invocation) => judge(invocation, 'dismissed'),
    },
    {
      name: 'confirm', summary: 'Say that an incident was an attack', description: 'It stays open. Incidents of the same kinds of steps rank higher from now on and pass the budget more easily, by at most a factor of three.',
      positionals: which, options: { ...reason, ...owner }, run: (invocation) => judge(invocation, 'confirmed'),
    },
    {
      name: 'false-alarm', summary: 'Say that an incident was none', description: 'It is closed. Incidents of the same kinds of steps rank lower from now on and pass the budget less easily, by at most a factor of three; none is silenced.',
      positionals: which, options: { ...reason, ...owner }, run: (invocation) => judge(invocation, 'false-alarm'),
    },
    { name: 'undo', summary: 'Take the last verdict on an incident back', description: 'What was said before it holds again, and all ranks are as they were.', positionals: which, options: { ...reason, ...owner }, run: (invocation) => judge(invocation, 'undone') },
    { name: 'reopen', summary: 'Take a verdict back', description: 'The incident is open again, and a dismissal covers nothing any more.', positionals: which, options: { ...reason, ...owner }, run: (invocation) => judge(invocation, 'reopened') },
    {
      name: 'replay', summary: 'Run the rules of today over what was dismissed',
      description: 'Names every dismissed incident on which rules fire that did not fire when it was dismissed. Ends with 1 if there is one.',
      options: {
        rules: { type: 'string', value: 'DIR', multiple: true, path: true, setting: 'user', help: 'Sigma rules of your own: a file or a folder' },
        'models-off': modelsOffOption,
        json: { type: 'boolean', help: 'Print JSON' },
      },
      run: replay,
    },
  ],
});

async function opened({ stateDir }: Invocation): Promise<IncidentFile> {
  const { IncidentFile, watchFolder } = await import('#engine/incidents.ts');
  try {
    return new IncidentFile(watchFolder(stateDir));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'state-missing') throw new CliError('usage', 'nothing was kept by a watch yet', 'Run `watchward watch --keep --from FILE` first, or name its folder with --state-dir.', error);
    throw error;
  }
}

async function list(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const { isOpen } = await import('#engine/incidents.ts');
  const file = await opened(invocation);
  try {
    const shown = file.list().filter((judged) => options.flag('all') || (isOpen(judged) && judged.incident.held !== true));
    if (options.flag('json')) io.stdout(`${JSON.stringify(shown.map(printed), undefined, 2)}\n`);
    else {
      const { incidentText } = await import('#engine/incident-printer.ts');
      for (const { incident, verdict } of shown) io.stdout(`${incidentText(incident, { color: io.color.stdout, width: io.columns, form: 'short' })}${verdict === undefined ? '' : `verdict  ${verdictText(verdict)}\n`}\n`);
      const back = file.list().filter(({ incident }) => incident.held === true).length;
      if (back > 0 && !options.flag('all')) io.stderr(`watchward: ${back} more were held back by the budget; --all shows them\n`);
      io.stderr(`watchward: ${counted(shown.length, options.flag('all') ? 'kept incident' : 'open incident')}; ${shown.length > 0 ? '`watchward incidents show ID` tells one whole' : options.flag('all') ? 'a watch with --keep or --follow makes them of signals' : '`watchward incidents list --all` names those that are closed'}\n`);
    }
    return exitCodes.clean;
  } finally {
    file.close();
  }
}

async function show(invocation: Invocation): Promise<number> {
  const { io, options, positionals } = invocation;
  const file = await opened(invocation);
  try {
    const found = file.find(positionals[0] ?? '');
    const { incident, verdict, rank, learned } = found;
    if (options.flag('json')) io.stdout(`${JSON.stringify(printed(found), undefined, 2)}\n`);
    else if (options.flag('html')) {
      const { incidentPage } = await import('#engine/incident-printer.ts');
      io.stdout(incidentPage(incident));
    } else {
      const { incidentLanes, incidentText } = await import('#engine/incident-printer.ts');
      const look = { color: io.color.stdout, width: io.columns };
      io.stdout(options.flag('plot') ? incidentText(incident, { ...look, form: 'short' }) + `\n${incidentLanes(incident, look)}` : incidentText(incident, { ...look, form: 'long' }));
      if (learned.moved !== 0) io.stdout(`\nRanked ${rank.toFixed(1)} for its risk of ${incident.risk.score.toFixed(1)}: people confirmed its kinds of steps ${learned.attacks} times and called them a false alarm ${learned.falseAlarms} times\n`);
      if (verdict !== undefined) io.stdout(`\n${verdictText(verdict)}\n`);
    }
    return exitCodes.clean;
  } finally {
    file.close();
  }
}

function verdictText({ verdict, owner: by, given, until, reason: why }: NonNullable<JudgedIncident['verdict']>): string {
  return `${verdict} by ${by} on ${new Date(given).toISOString().slice(0, 10)}${until === undefined ? '' : ` until ${until}`}: ${why}`;
}

/** How a verdict is said back. */
const spoken = { closed: 'closed', dismissed: 'dismissed', reopened: 'reopened', confirmed: 'confirmed', 'false-alarm': 'closed as a false alarm', undone: 'as it was before the last verdict' } as const;

async function judge(invocation: Invocation, verdict: 'closed' | 'dismissed' | 'reopened' | 'confirmed' | 'false-alarm' | 'undone'): Promise<number> {
  const { io, options, positionals } = invocation;
  const why = options.text('reason')?.trim() ?? '';
  // What is taken back needs no reason: its verdict had one, and both are kept.
  if (why === '' && verdict !== 'undone') throw new CliError('usage', 'a verdict needs --reason', 'Say in a sentence why.');
  const until = verdict === 'dismissed' ? untilOf(options.text('until'), io.now()) : undefined;
  const file = await opened(invocation);
  try {
    const { incident } = file.find(positionals[0] ?? '');
    const by = options.text('owner') ?? io.env.USER ?? io.env.USERNAME ?? 'somebody';
    const { kept } = file.judge(incident, { verdict, reason: why, owner: by, given: io.now().getTime(), ...(until === undefined ? {} : { until }) });
    io.stderr(`watchward: ${incident.id} is ${spoken[verdict]}${until === undefined ? '' : ` until ${until}`}${verdict === 'dismissed' && !kept ? '; its records are gone, so that it cannot be replayed' : ''}\n`);
    return exitCodes.clean;
  } finally {
    file.close();
  }
}

/** An incident for programs. */
function printed({ incident, revision, verdict, rank, learned }: JudgedIncident): object {
  return { ...incident, revision, verdict: verdict ?? null, rank, learned };
}

function untilOf(text: string | undefined, now: Date): string {
  if (text === undefined) throw new CliError('usage', 'a dismissal needs --until', 'Give the last day on which it holds, as --until 2027-01-31.');
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) throw new CliError('usage', `${text} is no date`, 'Write it as 2027-01-31.');
  if (text < now.toISOString().slice(0, 10)) throw new CliError('usage', `${text} is over`, 'Give a day to come.');
  return text;
}

async function replay({ io, options, stateDir }: Invocation): Promise<number> {
  const [{ replayDismissals, watchFolder }, { loadEventContent }, { mappings }, { streamDetectors }, { switchedOff }] = await Promise.all([
    import('#engine/incidents.ts'), import('#engine/content.ts'), import('#generated/mappings.ts'), import('#generated/stream-detectors.ts'), import('#engine/model-switch.ts'),
  ]);
  const off = switchedOff(options.list('models-off'));
  const { dismissals, diagnostics } = replayDismissals(watchFolder(stateDir), {
    ruleDirs: options.list('rules'), mappings, detectors: streamDetectors.filter((unit) => !off.units.has(unit.id)), contentRules: loadEventContent().sigma, clock: () => io.now().getTime(),
  });
  const louder = dismissals.filter(({ added }) => added.length > 0);
  if (options.flag('json')) io.stdout(`${JSON.stringify(dismissals, undefined, 2)}\n`);
  else for (const { incident, added } of louder) io.stdout(`${incident}: now also ${added.join(', ')}\n`);
  const broken = diagnostics.filter(({ code }) => code === 'rule-invalid');
  for (const { message } of broken.slice(0, 5)) io.stderr(`watchward: warning: ${message}\n`);
  io.stderr(`watchward: ${counted(dismissals.length, 'dismissed incident')} replayed; ${louder.length} would be louder today\n`);
  if (broken.length > 0) return exitCodes.failed;
  return louder.length > 0 ? exitCodes.findings : exitCodes.clean;
}
