import { CliError, defineCommand, exitCodes } from '../command.ts';
import { completionScripts } from '../completion-scripts.ts';
import { allCommands, registeredCommands } from '../registry.ts';

export default defineCommand({
  name: 'completion',
  summary: 'Print a script that completes commands in a shell',
  description: 'Prints a completion script made from the commands\' own records. Load it in the shell\'s start file.',
  unconfigured: true,
  positionals: [{ name: 'shell', help: `One of ${[...completionScripts.keys()].join(', ')}`, required: true }],
  examples: [
    { command: 'watchward completion bash', explain: 'bash: source <(watchward completion bash)' },
    { command: 'watchward completion fish', explain: 'fish: watchward completion fish | source' },
    { command: 'watchward completion zsh', explain: 'zsh: source <(watchward completion zsh)' },
    { command: 'watchward completion powershell', explain: 'PowerShell: watchward completion powershell | Out-String | Invoke-Expression' },
  ],
  async run({ positionals, io }) {
    const shell = positionals[0] ?? '';
    const script = completionScripts.get(shell);
    if (script === undefined) {
      throw new CliError('usage', `there is no completion for "${shell}"`, `Known are ${[...completionScripts.keys()].join(', ')}.`);
    }
    io.stdout(script(await allCommands(await registeredCommands())));
    return exitCodes.clean;
  },
});
