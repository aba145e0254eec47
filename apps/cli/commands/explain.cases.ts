import { defineCases } from '../command-cases.ts';

export default defineCases({
  cases: [
    {
      name: 'tells what a rule is about',
      args: ['explain', 'secrets/slack-bot-token'],
      exitCode: 0,
      verify({ stdout }) {
        for (const part of ['What an attacker gains', 'What to do', 'Example', 'How to accept a finding']) {
          if (!stdout.includes(part)) throw new Error(`"${part}" is missing:\n${stdout}`);
        }
      },
    },
    {
      name: 'tells it as JSON',
      args: ['explain', 'secrets/slack-bot-token', '--json'],
      exitCode: 0,
      verify({ stdout }) {
        const { id } = JSON.parse(stdout) as { id: string };
        if (id !== 'secrets/slack-bot-token') throw new Error(stdout);
      },
    },
    { name: 'does not know a rule that is not there', args: ['explain', 'nothing'], exitCode: 3 },
    {
      name: 'names the rules in whose ids the word stands',
      args: ['explain', 'slack-bot'],
      exitCode: 3,
      verify({ stderr }) {
        if (!stderr.includes('stands in secrets/slack-bot-token')) throw new Error(stderr);
      },
    },
    {
      name: 'proposes a whole id',
      args: ['explain', 'slack-bot-tokn'],
      exitCode: 3,
      verify({ stderr }) {
        if (!stderr.includes('Did you mean `secrets/slack-bot-token`?')) throw new Error(stderr);
      },
    },
    { name: 'needs a rule', args: ['explain'], exitCode: 3 },
  ],
});
