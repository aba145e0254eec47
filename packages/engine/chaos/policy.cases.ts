import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bypass } from '../bypass.ts';
import { type ChaosCase, git, leak, put, type Stage, signer } from './stage.ts';

const permit = 'permit (principal, action, resource);';

const texts: readonly (readonly [string, string | Uint8Array])[] = [
  ['is empty', ''],
  ['is a comment', '// permit everything'],
  ['is no Cedar', 'let everything = pass'],
  ['is JSON', '{"effect":"permit"}'],
  ['is cut', 'permit (principal, action, res'],
  ['lacks a semicolon', 'permit (principal, action, resource)'],
  ['misspells an attribute', 'permit (principal, action, resource) when { resource.nwe.critical == 0 };'],
  ['compares a number with text', 'permit (principal, action, resource) when { resource.new.critical == "0" };'],
  ['names an unknown action', 'permit (principal, action == Action::"shipit", resource);'],
  ['names an unknown type', 'permit (principal is Robot, action, resource);'],
  ['names an attribute of the context that is not there', 'permit (principal, action, resource) when { context.ok };'],
  ['overflows while it is evaluated', 'permit (principal, action, resource) when { 9223372036854775807 + resource.coverage.filesSeen > 0 };'],
  ['permits, and overflows in what forbids', `${permit} forbid (principal, action, resource) when { 9223372036854775807 + resource.coverage.filesSeen > 0 };`],
  ['holds a number of more than 64 bits', 'permit (principal, action, resource) when { resource.worstRisk < 99999999999999999999 };'],
  ['holds a template', 'permit (principal == ?principal, action, resource);'],
  ['holds two policies of one id', `@id("a") ${permit} @id("a") ${permit}`],
  ['is invalid UTF-8', Buffer.concat([Buffer.from(permit), Buffer.from([0xff])])],
  ['is huge', `${permit}${' '.repeat(2_000_000)}`],
  ['is nested deeply', `permit (principal, action, resource) when { ${'('.repeat(5000)}true${')'.repeat(5000)} };`],
];

const broken: ChaosCase[] = texts.map(([name, text]) => ({ name: `the policy ${name}`, act: (stage) => stage.policy(text) }));

const files: ChaosCase[] = [
  { name: 'the policy is missing', act: (stage) => void (stage.asked.policies = [join(stage.folder, 'gone.cedar')]) },
  { name: 'the policy is a folder', act: (stage) => void (stage.asked.policies = [stage.folder]) },
  { name: 'one of two policies is missing', act: (stage) => { stage.policy(permit); stage.asked.policies = [...(stage.asked.policies ?? []), join(stage.folder, 'gone.cedar')]; } },
  { name: 'one of two policies is broken', act: (stage) => { stage.policy(permit); stage.policy('forbid (', 'other.cedar'); } },
  { name: 'the policy lies in the judged tree', act: async (stage) => { stage.file('own.cedar', permit); stage.asked.policies = [join(stage.tree, 'own.cedar')]; await stage.scan(); } },
];

const blocks: ChaosCase[] = [
  { name: 'a policy forbids what another permits', expect: 'block', act: (stage) => { stage.policy(permit); stage.policy('forbid (principal, action, resource);', 'other.cedar'); } },
  { name: 'a policy permits nothing', expect: 'block', act: (stage) => stage.policy('forbid (principal, action, resource);') },
  { name: 'a policy permits only another action', expect: 'block', act: (stage) => stage.policy('permit (principal, action == Action::"deploy", resource);') },
  { name: 'a policy permits only another person', expect: 'block', act: (stage) => stage.policy('permit (principal == Actor::"boss", action, resource);') },
  { name: 'a secret in the tree', expect: 'block', act: async (stage) => { stage.file('a.env', leak); await stage.scan(); } },
  { name: 'a secret in the tree, scanned with thresholds that hide it', expect: 'block', act: async (stage) => { stage.file('a.env', leak); await stage.scan({ severity: 'critical', confidence: 'high' }); } },
  {
    name: 'a secret that is old, for a deployment', expect: 'block', git: true,
    async act(stage) {
      stage.file('a.env', leak);
      git(stage.tree, 'add', '.');
      git(stage.tree, 'commit', '-qm', 'leak');
      stage.asked.action = 'deploy';
      stage.asked.baseline = 'main';
      await stage.scan({ baseline: 'main' });
    },
  },
  {
    name: 'a suppressed secret, where the policy wants none', expect: 'block',
    async act(stage) {
      stage.file('a.env', leak);
      stage.policy('permit (principal, action, resource) when { resource.suppressed.total == 0 };');
      await stage.scan({ suppressions: [suppression] });
    },
  },
];

const suppression = { rule: 'secrets/*', paths: ['**'], fingerprints: [], reason: 'for the test of the gate', owner: 'chaos', until: '2999-01-01' };

/** A bypass that is refused leaves the verdict as it was. */
const bypasses: ChaosCase[] = ([
  ['by somebody who is not on the list', 'mallory', 'it cannot wait until Monday', ['release-manager']],
  ['when nobody is on the list', 'release-manager', 'it cannot wait until Monday', []],
  ['by nobody', '', 'it cannot wait until Monday', ['release-manager']],
  ['by a part of a name', 'release', 'it cannot wait until Monday', ['release-manager']],
  ['without a reason', 'release-manager', '', ['release-manager']],
  ['with a reason of spaces', 'release-manager', ' '.repeat(40), ['release-manager']],
  ['with a short reason', 'release-manager', 'asap', ['release-manager']],
  ['with an endless reason', 'release-manager', 'x'.repeat(100_000), ['release-manager']],
] as const).map(([name, by, reason, allowed]) => ({ name: `bypass ${name}`, act: (stage) => refused(stage, { by, reason, allowed }, join(stage.folder, 'bypass.jsonl')) }));

const records: ChaosCase[] = [
  { name: 'bypass that cannot be recorded: the disk is full', act: (stage) => refused(stage, permitted, '/dev/full') },
  { name: 'bypass that cannot be recorded: no such folder', act: (stage) => refused(stage, permitted, join(stage.folder, 'no/such/folder.jsonl')) },
  { name: 'bypass that cannot be recorded: half a line is there', act: (stage) => { put(join(stage.folder, 'bypass.jsonl'), '{"half'); return refused(stage, permitted, join(stage.folder, 'bypass.jsonl')); } },
];

const permitted = { by: 'release-manager', reason: 'it cannot wait until Monday', allowed: ['release-manager'] };

async function refused(stage: Stage, request: Parameters<typeof bypass>[1], record: string): Promise<void> {
  rmSync(stage.attestation);
  const decision = await stage.judge();
  let bypassed;
  try {
    bypassed = bypass(decision, request, { tree: { hash: 'a'.repeat(64) }, record, key: signer, now: Date.now() });
  } catch {
    return;
  }
  throw new Error(`it was let through: ${JSON.stringify(bypassed)}`);
}

export const policyCases: readonly ChaosCase[] = [...broken, ...files, ...blocks, ...bypasses, ...records];
