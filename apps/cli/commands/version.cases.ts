import { defineCases } from '../command-cases.ts';

export default defineCases({
  cases: [
    {
      name: 'prints one line',
      args: ['version'],
      exitCode: 0,
      verify({ stdout }) {
        if (!/^watchward \d+\.\d+\.\d+, content of \d{4}-\d\d-\d\d\n$/.test(stdout)) throw new Error(stdout);
      },
    },
    {
      name: 'prints what identifies it',
      args: ['--version', '--json'],
      exitCode: 0,
      verify({ stdout }) {
        const { digest, content } = JSON.parse(stdout) as { digest: string; content: string };
        if (!/^[0-9a-f]{64}$/.test(digest) || !/^[0-9a-f]{64}$/.test(content)) throw new Error(stdout);
      },
    },
  ],
});
