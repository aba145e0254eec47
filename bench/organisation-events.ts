/**
 * A month of an organisation that is larger than the memory of a watch should care about: people who log in and call clouds, machines that talk
 * and write lines, series of metrics. Made up from a seed; nothing is wrong in it. For speed and memory, not for what is found.
 */
import type { Draw } from './event-generator.ts';
import { drawFrom } from './event-generator.ts';

export interface OrganisationSize {
  readonly people: number;
  readonly machines: number;
  readonly programs: number;
  /** Kinds of lines that a program writes. */
  readonly linesOfProgram: number;
  readonly series: number;
  /** Over which the events are spread. */
  readonly days: number;
}

/** 50,000 entities and 5,000 templates of lines. */
export const issueSize: OrganisationSize = { people: 20_000, machines: 30_000, programs: 100, linesOfProgram: 50, series: 2_000, days: 30 };

const begin = Date.UTC(2026, 0, 5);
const day = 86_400_000;
const verbs = ['opened', 'closed', 'retried', 'accepted', 'flushed', 'loaded', 'dropped', 'resumed', 'renewed', 'merged'];
const things = ['session', 'segment', 'request', 'cache page', 'lease', 'index', 'worker', 'queue', 'snapshot', 'stream'];
const calls = ['DescribeInstances', 'GetObject', 'PutObject', 'ListBuckets', 'AssumeRole', 'DescribeVolumes', 'GetSecretValue', 'CreateTags'];
const deeds = ['git.clone', 'git.push', 'git.fetch', 'pull_request.create', 'workflows.created_workflow_run', 'repo.access'];
const hosts = ['www', 'cdn', 'api', 'login', 'mail', 'static', 'updates', 'telemetry'];

/** Lines as a file would hold them, in order of time. */
export function* organisationEvents(count: number, size: OrganisationSize, seed: number): Generator<string> {
  const draw = drawFrom(seed);
  const step = (size.days * day) / count;
  for (let index = 0; index < count; index++) {
    const time = begin + Math.floor(index * step);
    yield eventAt(draw, size, time, index);
  }
}

/** Few do much and many do little: the product of two draws. */
function often(draw: Draw, count: number): number {
  return Math.floor((draw(1000) / 1000) * (draw(1000) / 1000) * count);
}

function eventAt(draw: Draw, size: OrganisationSize, time: number, index: number): string {
  const kind = draw(100);
  if (kind < 15) return loggedIn(draw, size, time);
  if (kind < 30) return JSON.stringify(cloudCall(draw, size, time, index));
  if (kind < 40) return JSON.stringify(forgeDeed(draw, size, time, index));
  if (kind < 60) return flow(draw, size, time);
  if (kind < 70) return JSON.stringify(nameAsked(draw, size, time, index));
  if (kind < 80) return JSON.stringify({ metric: { name: 'node_load1', value: Math.round(100 * (2 + Math.sin(time / 13_750_987) + draw(100) / 300)) / 100, labels: { job: 'node', instance: `m${draw(size.series)}:9100` }, time, type: 'gauge' } });
  return line(draw, size, time);
}

function person(draw: Draw, size: OrganisationSize): { readonly name: string; readonly address: string } {
  const at = often(draw, size.people);
  return { name: `p${at}`, address: `198.51.${at % 100}.${(at * 7 + draw(2)) % 250}` };
}

function loggedIn(draw: Draw, size: OrganisationSize, time: number): string {
  const { name, address } = person(draw, size);
  return `<38>1 ${new Date(time).toISOString()} m${often(draw, size.machines)} sshd ${draw(9000)} - - Accepted publickey for ${name} from ${address} port ${40_000 + draw(9000)} ssh2`;
}

function cloudCall(draw: Draw, size: OrganisationSize, time: number, index: number): object {
  const { name, address } = person(draw, size);
  return {
    eventVersion: '1.11', eventID: `e${index}`, eventTime: new Date(time).toISOString(), eventSource: 'ec2.amazonaws.com', eventName: calls[draw(calls.length)], awsRegion: 'eu-central-1',
    sourceIPAddress: address, userAgent: 'aws-cli/2', readOnly: true, requestParameters: { bucketName: `b${draw(50)}` },
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/${name}`, accountId: '111122223333', userName: name },
  };
}

function forgeDeed(draw: Draw, size: OrganisationSize, time: number, index: number): object {
  const { name, address } = person(draw, size);
  return { '@timestamp': time, _document_id: `d${index}`, actor: name, actor_ip: address, actor_location: { country_code: 'NO' }, user_agent: 'git/2.51', org: 'acme', action: deeds[draw(deeds.length)], repo: `acme/r${often(draw, 500)}` };
}

function flow(draw: Draw, size: OrganisationSize, time: number): string {
  const from = often(draw, size.machines);
  const seconds = Math.floor(time / 1000);
  return `2 111122223333 eni-${from} 10.${from >> 14}.${(from >> 7) & 127}.${from & 127} 10.9.${draw(4)}.${draw(20)} ${40_000 + draw(9000)} 443 6 20 ${1000 + draw(50_000)} ${seconds} ${seconds + 60} ACCEPT OK`;
}

function nameAsked(draw: Draw, size: OrganisationSize, time: number, index: number): object {
  const from = often(draw, size.machines);
  return { ts: time / 1000, uid: `C${index}`, 'id.orig_h': `10.${from >> 14}.${(from >> 7) & 127}.${from & 127}`, 'id.orig_p': 40_000, 'id.resp_h': '10.9.0.53', 'id.resp_p': 53, proto: 'udp', trans_id: draw(60_000), query: `${hosts[draw(hosts.length)]}.d${often(draw, 300)}.example.com`, qtype_name: 'A', qclass_name: 'C_INTERNET', rcode: 0, rcode_name: 'NOERROR' };
}

function line(draw: Draw, size: OrganisationSize, time: number): string {
  const program = draw(size.programs);
  const kind = draw(size.linesOfProgram);
  const words = `${verbs[kind % 10]} ${things[(kind / 10 + program) % 10 | 0]} of ${things[(program + kind) % 10]} part${String.fromCharCode(97 + (program % 26), 97 + (kind % 26))}`;
  return `<14>1 ${new Date(time).toISOString()} m${often(draw, size.machines)} prog${program} ${draw(9000)} - - ${words} after ${draw(5000)} ms, ${draw(64)} left for client ${draw(10_000)}`;
}
