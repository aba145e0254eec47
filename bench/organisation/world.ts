/** The places, networks, tools and deeds that a made-up organisation lives among. */
import type { Chance } from './chance.ts';

export interface Town {
  readonly country: string;
  readonly lat: number;
  readonly long: number;
  /** Hours before UTC. */
  readonly zone: number;
}

export const offices: readonly Town[] = [
  { country: 'NO', lat: 59.9, long: 10.7, zone: 1 }, { country: 'DE', lat: 52.5, long: 13.4, zone: 1 }, { country: 'US', lat: 40.7, long: -74, zone: -5 }, { country: 'IN', lat: 12.97, long: 77.6, zone: 5.5 },
];
export const elsewhere: readonly Town[] = [
  { country: 'GB', lat: 51.5, long: -0.1, zone: 0 }, { country: 'FR', lat: 48.9, long: 2.3, zone: 1 }, { country: 'ES', lat: 40.4, long: -3.7, zone: 1 }, { country: 'PL', lat: 52.2, long: 21, zone: 1 },
  { country: 'SE', lat: 59.3, long: 18, zone: 1 }, { country: 'CA', lat: 43.7, long: -79.4, zone: -5 }, { country: 'SG', lat: 1.35, long: 103.8, zone: 8 }, { country: 'PT', lat: 38.7, long: -9.1, zone: 0 }, { country: 'IT', lat: 41.9, long: 12.5, zone: 1 },
];
export const hostingTowns: readonly Town[] = [
  { country: 'NL', lat: 52.4, long: 4.9, zone: 1 }, { country: 'RU', lat: 55.8, long: 37.6, zone: 3 }, { country: 'RO', lat: 44.4, long: 26.1, zone: 2 }, { country: 'US', lat: 37.4, long: -122, zone: -8 }, { country: 'HK', lat: 22.3, long: 114.2, zone: 8 }, { country: 'BR', lat: -23.5, long: -46.6, zone: -3 },
];

/** Where a request comes from. */
export interface Line {
  readonly ip: string;
  readonly asn: number;
  readonly town: Town;
}

/** Each country has a few providers; some addresses are placed wrongly, as databases do. */
export function lineIn(town: Town, kind: 'home' | 'mobile' | 'office' | 'hosting' | 'hotel', chance: Chance): Line {
  const base = 60_000 + [...offices, ...elsewhere, ...hostingTowns].findIndex(({ country }) => country === town.country) * 40;
  const asn = base + { home: 0, mobile: 8, office: 16, hosting: 20, hotel: 30 }[kind] + chance.below(kind === 'office' ? 1 : kind === 'mobile' ? 2 : 5);
  const wrong = kind !== 'office' && chance.is(0.01) ? chance.between(-6, 6) : chance.between(-0.2, 0.2);
  return { ip: `${20 + (asn % 170)}.${asn % 251}.${chance.below(256)}.${1 + chance.below(254)}`, asn, town: { ...town, lat: town.lat + wrong, long: town.long + wrong } };
}

const verbs = ['Get', 'List', 'Describe', 'Put', 'Update', 'Create', 'Delete', 'Start', 'Tag', 'Query'] as const;
const nouns = [
  'Object', 'Bucket', 'Instance', 'Cluster', 'Function', 'Table', 'Queue', 'Topic', 'Stream', 'Dashboard', 'Alarm', 'Metric', 'Image', 'Snapshot', 'Volume', 'Subnet', 'Route', 'Gateway', 'Certificate', 'Domain',
  'Record', 'Distribution', 'Pipeline', 'Build', 'Deployment', 'Artifact', 'Parameter', 'Schedule', 'Job', 'Model', 'Endpoint', 'Report', 'Budget', 'Invoice', 'Ticket', 'Contact', 'Campaign', 'Document', 'Folder', 'Secret',
] as const;
export const operations: readonly string[] = nouns.flatMap((noun) => verbs.map((verb) => `${verb}${noun}${verb === 'List' || verb === 'Describe' ? 's' : ''}`));
export const forgeOperations = ['git.clone', 'git.fetch', 'git.push', 'pull_request.create', 'pull_request.merge', 'pull_request_review.submit', 'workflows.created_workflow_run', 'issue_comment.create', 'packages.package_published', 'repo.create'] as const;
export const adminOperations = ['CreateUser', 'AttachUserPolicy', 'CreateAccessKey', 'PutUserPolicy', 'user.account.privilege.grant', 'group.user_membership.add', 'UpdateAssumeRolePolicy', 'protected_branch.policy_override'] as const;

export const browsers: readonly string[] = ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/121.0 Safari/537.36', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.2 Safari/605.1.15', 'Mozilla/5.0 (X11; Linux x86_64; rv:122.0) Gecko/20100101 Firefox/122.0', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/121.0 Safari/537.36 Edg/121.0', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'];
export const shells: readonly string[] = ['aws-cli/2.15.10 Python/3.11.6 Linux/6.5', 'aws-cli/2.15.10 Python/3.11.6 Darwin/23.2', 'git/2.43.0', 'terraform/1.6.6 (+https://www.terraform.io)', 'Boto3/1.34.11 Python/3.11', 'kubectl/v1.29.0 (linux/amd64)', 'curl/8.5.0', 'python-requests/2.31.0', 'GitHub CLI 2.40.1'];
export const kits: readonly string[] = ['aws-sdk-go-v2/1.24.1 os/linux', 'aws-sdk-java/2.22.5 Linux', 'aws-sdk-nodejs/3.485.0', 'Boto3/1.34.11 Python/3.11', 'okhttp/4.12.0', 'git/2.43.0', 'actions-runner/2.311.0'];
