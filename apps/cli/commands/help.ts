import { CliError, defineCommand, exitCodes } from '../command.ts';
import { commandHelp, overview } from '../help.ts';
import { allCommands, registeredCommands } from '../registry.ts';
import { didYouMean } from '../suggest.ts';

export default defineCommand({
  name: 'help',
  summary: 'Show help about a command',
  description: 'The same as COMMAND --help; without a command, the overview.',
  unconfigured: true,
  positionals: [{ name: 'command', help: 'The command, such as scan or rules list', many: true }],
  examples: [{ command: 'watchward help rules list', explain: 'Help about `watchward rules list`.' }],
  async run({ positionals, io }) {
    let candidates = await allCommands(await registeredCommands());
    if (positionals.length === 0) {
      io.stdout(overview(candidates, io.columns));
      return exitCodes.clean;
    }
    let found;
    for (const word of positionals) {
      found = candidates.find(({ name }) => name === word);
      if (found === undefined) {
        const cure = didYouMean(word, candidates.map(({ name }) => name)) ?? 'See `watchward help`.';
        throw new CliError('usage', `there is no command "${positionals.join(' ')}"`, cure);
      }
      candidates = [...(found.subcommands ?? [])];
    }
    if (found !== undefined) io.stdout(commandHelp(positionals.join(' '), found, io.columns));
    return exitCodes.clean;
  },
});
