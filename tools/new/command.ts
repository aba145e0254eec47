import { kebab, words, type Template } from './scaffold.ts';

/** A command of the command line. */
export default {
  kind: 'command',
  usage: 'command <name>',
  argument: new RegExp(`^(${kebab})$`),
  extension: 'ts',
  place: (name) => `apps/cli/commands/${name}`,
  unit: (name) => `import { defineCommand, exitCodes } from '../command.ts';

export default defineCommand({
  name: '${name}',
  summary: '${words(name)}',
  description: 'Say what it reads, what it prints, and what its exit code means.',
  async run({ io }) {
    io.stdout('${name}\\n');
    return exitCodes.clean;
  },
});
`,
  cases: (name) => `import { defineCases } from '../command-cases.ts';

export default defineCases({
  cases: [
    {
      name: 'does what it is for',
      args: ['${name}'],
      exitCode: 0,
      verify({ stdout }) {
        if (!stdout.includes('replace this by what it must print')) throw new Error(\`not in the output: \${stdout}\`);
      },
    },
  ],
});
`,
} satisfies Template;
