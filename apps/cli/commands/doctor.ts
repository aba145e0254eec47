import { homedir } from 'node:os';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import type { Check } from '../health.ts';
import { wrap } from '../help.ts';
import { loadConfiguration } from '../config.ts';
import { environmentLayer } from '../values.ts';
import { allCommands, registeredCommands, unionOfOptions } from '../registry.ts';

export default defineCommand({
  name: 'doctor',
  summary: 'Check this installation',
  description: 'Looks at the runtime and its permissions, the network denial, the state folder, the disk, the age of the content, the clock, the configuration and the git repository. Each failure comes with its cure. Ends with 2 when something fails.',
  unconfigured: true,
  options: { json: { type: 'boolean', help: 'Print JSON' } },
  examples: [{ command: 'watchward doctor', explain: 'Is everything as it should be?' }],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { options, io } = invocation;
  const checks = await examine(invocation);
  const failed = checks.some(({ status }) => status === 'failure');
  if (options.flag('json')) io.stdout(`${JSON.stringify({ ok: !failed, checks }, undefined, 2)}\n`);
  else io.stdout(checks.map((check) => shown(check, Math.min(io.columns, 100))).join(''));
  return failed ? exitCodes.failed : exitCodes.clean;
}

async function examine(invocation: Invocation): Promise<readonly Check[]> {
  const { io, stateDir } = invocation;
  const [health, { toolIdentity }, { loadCatalogue }] = await Promise.all([import('../health.ts'), import('#engine/identity.ts'), import('../catalogue.ts')]);
  const identity = toolIdentity();
  const state = health.checkState(stateDir);
  return [
    health.checkRuntime(),
    health.checkPermissions(),
    await health.checkNetwork(),
    state,
    health.checkDisk(stateDir),
    // As many as `rules list` names; how many of them a run loads depends on what it is to show.
    health.checkContent(identity, (await loadCatalogue()).size, io.now()),
    health.checkClock(identity.contentDate, io.now()),
    await checkConfiguration(invocation),
    health.checkGit(io.cwd),
  ];
}

async function checkConfiguration({ io, options }: Invocation): Promise<Check> {
  const id = 'configuration';
  if (options.flag('no-config')) return { id, status: 'ok', detail: 'left out by --no-config' };
  const specs = unionOfOptions(await allCommands(await registeredCommands()));
  try {
    environmentLayer(specs, io.env, io.cwd);
    const { configuration } = await loadConfiguration({
      start: io.cwd, named: options.text('config'), env: io.env, home: homedir(), specs, allSpecs: () => Promise.resolve(specs),
    });
    const { files } = configuration;
    return { id, status: 'ok', detail: files.length === 0 ? 'no files; everything has its default' : files.join(', ') };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { id, status: 'failure', detail: error.message, cure: error.cure ?? 'Mend it, or use --no-config.' };
  }
}

function shown({ id, status, detail, cure }: Check, width: number): string {
  const label = `${{ ok: 'ok', warning: 'warning', failure: 'FAILURE' }[status].padEnd(8)} ${id.padEnd(14)}`;
  const lines = [...wrap(detail, width - 24), ...(status === 'ok' || cure === undefined ? [] : wrap(`cure: ${cure}`, width - 24))];
  return lines.map((line, at) => `${at === 0 ? label : ''.padEnd(23)} ${line}\n`).join('');
}
