/** What one line of a CI job's log names: hosts, the rights of its token, actions with what they resolve to, artifacts, its runner. */
import { memberText } from './ocsf-member.ts';

export interface JobLogLine {
  readonly log: string;
  readonly forge: string;
  /** A job begins or ends with this line. */
  readonly turn?: 'begins' | 'ends';
  readonly hosts: readonly string[];
  /** `contents: write`. */
  readonly permission?: string;
  /** `actions/checkout@v4`. */
  readonly action?: string;
  readonly artifact?: string;
  readonly runner?: string;
  /** The command that names the hosts, where the line is one. */
  readonly command?: string;
}

const begins = /^(?:Job is about to start running on the runner|Current runner version:|Running with gitlab-runner )/;
const ends = /^(?:Cleaning up orphan processes|Job succeeded$|ERROR: Job failed|Complete job name:)/;
const permission = /^(Actions|Attestations|Checks|Contents|Deployments|Discussions|IdToken|Issues|Metadata|Models|Packages|Pages|PullRequests|RepositoryProjects|SecurityEvents|Statuses): (read|write)$/;
const action = /^Download action repository '([\w.-]{1,100}\/[\w./-]{1,200}@[\w./-]{1,200})' \(SHA:[0-9a-f]{40,64}\)/;
const artifact = /^Artifact (?:name is valid!|([\w. -]{1,200}) has been successfully uploaded!)|^Uploading artifacts as "([\w.-]{1,64})" to coordinator/;
const runner = /^(?:Runner name: '([^']{1,100})'|.{0,16}\bon ([\w.-]{1,64}) [\w-]{6,20}(?:, system ID|$))/;
const host = /\b(?:https?|wss?|ftp|ssh|git):\/\/(?:[^\s/@'"]{1,200}@)?(\[[0-9a-f:]{2,45}\]|[\w.-]{1,253})/gi;
const mostHosts = 8;
const looked = 8_192;
const longestName = 120;

/** Undefined for lines that name none of it, which are nearly all. */
export function jobLogLineOf(record: unknown): JobLogLine | undefined {
  const written = memberText(record, 'text');
  if (written === undefined) return undefined;
  const text = written.slice(0, looked).replace(/^##\[group\]|^::group::/, '').trim();
  const base = { log: shortLog(memberText(record, 'log') ?? '-'), forge: memberText(record, 'forge') ?? 'ci', hosts: [] };
  if (begins.test(text)) return { ...base, turn: 'begins', ...runnerIn(text) };
  if (ends.test(text)) return { ...base, turn: 'ends' };
  const granted = permission.exec(text);
  if (granted !== null) return { ...base, permission: `${granted[1]}: ${granted[2]}`.toLowerCase() };
  const downloaded = action.exec(text)?.[1];
  if (downloaded !== undefined) return { ...base, action: downloaded.toLowerCase().slice(0, longestName) };
  const made = artifact.exec(text);
  const artifactName = made?.[1] ?? made?.[2];
  if (artifactName !== undefined) return { ...base, artifact: artifactName };
  const own = runnerIn(text);
  if (own.runner !== undefined) return { ...base, ...own };
  if (!text.includes('://')) return undefined;
  const hosts = [...new Set(text.matchAll(host).take(64).map(([, name = '']) => name.toLowerCase()).toArray())].slice(0, mostHosts);
  const command = memberText(record, 'run');
  return hosts.length === 0 ? undefined : { ...base, hosts, ...(command === undefined ? {} : { command: command.slice(0, looked) }) };
}

function runnerIn(text: string): { readonly runner?: string } {
  const found = runner.exec(text);
  const name = found?.[1] ?? found?.[2];
  return name === undefined ? {} : { runner: name };
}

/** Logs of the same job differ in what counts them: numbers, dates, digests. */
function shortLog(log: string): string {
  return log.slice(-longestName).replace(/[0-9a-f]{8,64}|\d+/gi, '#');
}
