import { defineStreamCases, type CaseObservation } from '#model/stream-cases.ts';

const logsource = { product: 'github' };
const day = 86_400_000;
const at = Date.UTC(2026, 2, 3, 1);

function pushed(more: object = {}, time = at): CaseObservation {
  return {
    logsource, time, record: { action: 'git.push', repo: 'acme/setup-toolchain', ref: 'refs/tags/v3', forced: true, created: false, deleted: false, ...more },
    event: { class_uid: 6003, api: { operation: 'git.push' }, actor: { user: { name: 'bot' } }, resources: [{ name: 'acme/setup-toolchain', type: 'Repository' }] },
  };
}

function job(step: string, time = at + 60_000): CaseObservation {
  return {
    logsource, time, record: { action: 'workflow_job.completed', repo: 'acme/web', runner: 'runner-03', payload: { workflow_job: { steps: [{ name: 'Set up job' }, { name: step }] } } },
    event: { class_uid: 6003, api: { operation: 'workflow_job.completed' }, resources: [{ name: 'acme/web', type: 'Repository' }] },
  };
}

export default defineStreamCases({
  fires: [
    { name: 'a job that uses a tag moved a minute before', observations: [pushed(), job('Run acme/setup-toolchain@v3')] },
    { name: 'whatever the case, and an action in a folder', observations: [pushed(), job('Run Acme/Setup-Toolchain/cache@v3')] },
    { name: 'every job that does', observations: [pushed(), job('Run acme/setup-toolchain@v3'), job('Post Run acme/setup-toolchain@v3', at + 2 * day)], signals: 2 },
  ],
  silent: [
    { name: 'another tag', observations: [pushed(), job('Run acme/setup-toolchain@v2')] },
    { name: 'a tag that is new', observations: [pushed({ forced: false, created: true }), job('Run acme/setup-toolchain@v3')] },
    { name: 'a branch that was rebased', observations: [pushed({ ref: 'refs/heads/v3' }), job('Run acme/setup-toolchain@v3')] },
    { name: 'a tag that was taken away', observations: [pushed({ deleted: true }), job('Run acme/setup-toolchain@v3')] },
    { name: 'a move long ago', observations: [pushed(), job('Run acme/setup-toolchain@v3', at + 31 * day)] },
    { name: 'a job before the move', observations: [job('Run acme/setup-toolchain@v3', at - 1), pushed()] },
    { name: 'a step with a name of its own', observations: [pushed(), job('Set up the toolchain')] },
  ],
});
