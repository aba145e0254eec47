import { defineCases } from '../command-cases.ts';

interface Verdict {
  readonly ok: boolean;
  readonly checks: readonly { readonly id: string; readonly status: string; readonly cure?: string }[];
}

function cures(stdout: string, id: string): void {
  const { checks } = JSON.parse(stdout) as Verdict;
  for (const check of checks) {
    if (check.status !== 'ok' && (check.cure ?? '') === '') throw new Error(`${check.id} has no cure:\n${stdout}`);
  }
  if (checks.find((check) => check.id === id)?.status !== 'failure') throw new Error(`${id} did not fail:\n${stdout}`);
}

export default defineCases({
  cases: [
    // The cases run inside the test's own process, which has no permission model: the doctor must notice.
    { name: 'notices that the permission model is off', args: ['doctor', '--json'], exitCode: 2, verify: ({ stdout }) => cures(stdout, 'permissions') },
    {
      name: 'names a mistake in the configuration and goes on',
      args: ['doctor', '--json'],
      files: { 'watchward.yaml': 'severty: high\n' },
      exitCode: 2,
      verify: ({ stdout }) => cures(stdout, 'configuration'),
    },
    {
      name: 'prints the cure beside the failure',
      args: ['doctor'],
      exitCode: 2,
      verify({ stdout }) {
        if (!/FAILURE {2}permissions[^]*cure: /.test(stdout)) throw new Error(stdout);
      },
    },
  ],
});
