import type { Draw, Recorded } from '../record.ts';
import { hexOf } from '../record.ts';
import { githubWebhook, repositoryPart } from '../sources.ts';
import type { Job } from './ci-weeks.ts';

const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');

interface Run {
  readonly repo: string;
  readonly workflow: string;
  readonly run: number;
  readonly sha: string;
  readonly branch: string;
  readonly trigger: string;
  readonly actor: string;
  readonly source: string;
  readonly started: number;
}

function senderPart(actor: string): object {
  return { sender: { login: actor, id: 2000 + actor.length * 31 + actor.charCodeAt(0), type: actor.endsWith('[bot]') ? 'Bot' : 'User' } };
}

export function runOf(draw: Draw, { repo, workflow, run, sha, branch, trigger, actor, source, started, state, ends, failed = false }: Run & { readonly state: 'requested' | 'completed'; readonly ends: number; readonly failed?: boolean }): Recorded {
  const path = `.github/workflows/${workflow}.yml`;
  return githubWebhook(draw, ends, 'workflow_run', {
    action: state, workflow: { id: 77 + workflow.length, name: workflow, path },
    workflow_run: {
      id: run, name: workflow, path, head_branch: branch, head_sha: sha, event: trigger, status: state === 'completed' ? 'completed' : 'queued', conclusion: state === 'completed' ? (failed ? 'failure' : 'success') : null, run_attempt: 1, run_started_at: iso(started), created_at: iso(started), updated_at: iso(ends),
      head_repository: { full_name: source }, triggering_actor: { login: actor }, actor: { login: actor },
    },
    ...repositoryPart(repo, ends), ...senderPart(actor),
  });
}

export function jobOf(draw: Draw, { repo, workflow, run, sha, branch, actor, job, runner, from, to, failed }: Run & { readonly job: Job; readonly runner: string; readonly from: number; readonly to: number; readonly failed: boolean }): Recorded {
  const steps = [...job.steps, 'Complete job'];
  const part = (to - from) / steps.length;
  return githubWebhook(draw, to, 'workflow_job', {
    action: 'completed',
    workflow_job: {
      id: 30_000_000 + draw(900_000_000), run_id: run, run_attempt: 1, workflow_name: workflow, name: job.name, head_branch: branch, head_sha: sha, status: 'completed', conclusion: failed ? 'failure' : 'success', created_at: iso(from - 4_000), started_at: iso(from), completed_at: iso(to),
      labels: job.selfHosted ? ['self-hosted', 'linux'] : ['ubuntu-24.04'], runner_id: 3, runner_name: runner, runner_group_name: job.selfHosted ? 'Default' : 'GitHub Actions',
      steps: steps.map((name, at) => ({ name, status: 'completed', conclusion: 'success', number: at + 1, started_at: iso(from + at * part), completed_at: iso(from + (at + 1) * part) })),
    },
    ...repositoryPart(repo, to), ...senderPart(actor),
  });
}

export function definitionPushed(draw: Draw, time: number, { repo, branch, sender, workflow, sha = '' }: { readonly repo: string; readonly branch: string; readonly sender: string; readonly workflow: string; readonly sha?: string }): Recorded {
  const after = sha === '' ? hexOf(draw, 40) : sha;
  const commit = { id: after, message: 'Change the build', timestamp: iso(time), added: [], modified: [`.github/workflows/${workflow}.yml`], removed: [] };
  return githubWebhook(draw, time, 'push', { ref: `refs/heads/${branch}`, before: hexOf(draw, 40), after, forced: false, created: false, deleted: false, commits: [commit], head_commit: commit, ...repositoryPart(repo, time), pusher: { name: sender }, ...senderPart(sender) });
}

export function deployed(draw: Draw, time: number, { repo, environment, actor, sha }: { readonly repo: string; readonly environment: string; readonly actor: string; readonly sha: string }): Recorded {
  return githubWebhook(draw, time, 'deployment', {
    action: 'created', deployment: { id: 50_000 + draw(900_000_000), ref: 'main', sha, environment, task: 'deploy', creator: { login: actor }, created_at: iso(time), updated_at: iso(time) }, ...repositoryPart(repo, time), ...senderPart(actor),
  });
}

export function imagePushed(draw: Draw, time: number, { repo, tag, actor, address, size }: { readonly repo: string; readonly tag: string; readonly actor: string; readonly address: string; readonly size: number }): Recorded {
  return {
    time,
    record: {
      id: hexOf(draw, 16), timestamp: iso(time), action: 'push', target: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: `sha256:${hexOf(draw, 64)}`, size, repository: `acme/${repo}`, tag },
      request: { id: hexOf(draw, 16), addr: `${address}:40112`, host: 'registry.acme.example', method: 'PUT', useragent: 'docker/27.1.1 go/go1.22' }, actor: { name: actor }, source: { addr: 'registry-1:5000', instanceID: 'r' },
    },
  };
}
