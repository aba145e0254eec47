import { copyFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { publicPem } from '#protect/keys.ts';
import { type ChaosCase, git, leak, put, type Stage, signer, stranger } from './stage.ts';

/** Good evidence in all its forms: the gate must not be in the way of any of it. */
const pass = (name: string, act: ChaosCase['act'], inGit?: true): ChaosCase => ({ name, expect: 'pass', act, ...(inGit === undefined ? {} : { git: inGit }) });

const aged = (ahead: number) => (stage: Stage): void => void (stage.asked.now = Date.parse(stage.report.run.startedAt) - ahead * 1000);

export const controlCases: readonly ChaosCase[] = [
  pass('a plain folder', () => undefined),
  pass('a git work tree', () => undefined, true),
  pass('to deploy', ({ asked }) => void (asked.action = 'deploy')),
  pass('a new scan', async (stage) => void (await stage.scan())),
  pass('a scan after a change', async (stage) => { stage.file('src/new.ts', 'export {};\n'); await stage.scan(); }),
  pass('a scan on many threads', async (stage) => void (await stage.scan({ jobs: 2 }))),
  pass('a scan with a cache, twice', async (stage) => { await stage.scan({ stateDir: join(stage.folder, 'state') }); await stage.scan({ stateDir: join(stage.folder, 'state') }); }),
  pass('a scan that sees more than it has to', async (stage) => void (await stage.scan({ persona: 'auditor', severity: 'informational', confidence: 'low' }))),
  pass('a scan with time to spare', async (stage) => void (await stage.scan({ maxTime: 600 }))),
  pass('59 minutes old', aged(-59 * 60)),
  pass('four minutes ahead', aged(4 * 60)),
  pass('a day old, where two are allowed', (stage) => { aged(-86_400)(stage); stage.asked.maxAgeMinutes = 2880; }),
  pass('the nonce that was asked for', (stage) => { stage.asked.nonce = 'n-1'; stage.signWith(['predicate', 'nonce'], 'n-1'); }),
  pass('a nonce that nobody asked for', (stage) => stage.signWith(['predicate', 'nonce'], 'n-1')),
  pass('the digest of another tool that is named', (stage) => { stage.asked.tools = ['f'.repeat(64)]; stage.signWith(['predicate', 'tool', 'digest'], 'f'.repeat(64)); }),
  pass('other content that is new enough', (stage) => { stage.asked.contentSince = '2020-01-01'; stage.signWith(['predicate', 'tool', 'content'], 'e'.repeat(64)); }),
  pass('two trusted keys', (stage) => { put(join(stage.folder, 'other.pub'), publicPem(stranger)); stage.asked.trusted = [join(stage.folder, 'other.pub'), join(stage.folder, 'signer.pub')]; }),
  pass('a trusted key with other line ends', (stage) => put(join(stage.folder, 'signer.pub'), publicPem(signer).replaceAll('\n', '\r\n'))),
  pass('an exclusion that was agreed on', async (stage) => { stage.asked.exclude = ['src/']; await stage.scan({ exclude: ['src/'] }); }),
  pass('the same attestation twice', (stage) => { copyFileSync(stage.attestation, `${stage.attestation}.2`); stage.asked.attestations = [stage.attestation, `${stage.attestation}.2`]; }),
  pass('an attestation inside the judged tree', (stage) => { copyFileSync(stage.attestation, join(stage.tree, 'scan.dsse.json')); rmSync(stage.attestation); stage.asked.attestations = [join(stage.tree, 'scan.dsse.json')]; }),
  pass('an envelope with spaces', (stage) => writeFileSync(stage.attestation, JSON.stringify(stage.envelope(), undefined, 2))),
  pass('the report of the attestation', (stage) => { put(join(stage.folder, 'report.json'), JSON.stringify(stage.report, undefined, 2)); stage.asked.report = join(stage.folder, 'report.json'); }),
  pass('a policy of one\'s own', (stage) => stage.policy('permit (principal, action == Action::"merge", resource) when { resource.new.total == 0 };')),
  pass('two policies that agree', (stage) => { stage.policy('permit (principal, action, resource);'); stage.policy('forbid (principal, action, resource) when { resource.worstRisk >= 90 };', 'other.cedar'); }),
  pass('a pinned policy inside the judged tree', async (stage) => {
    const text = 'permit (principal, action, resource);\n';
    stage.file('own.cedar', text);
    stage.asked.policies = [join(stage.tree, 'own.cedar')];
    stage.asked.pins = [hash('sha256', text, 'hex')];
    await stage.scan();
  }),
  pass('a secret that is not new, to merge', async (stage) => {
    stage.file('a.env', leak);
    git(stage.tree, 'add', '.');
    git(stage.tree, 'commit', '-qm', 'leak');
    stage.file('src/new.ts', 'export {};\n');
    stage.asked.baseline = 'main';
    await stage.scan({ baseline: 'main' });
  }, true),
  pass('files that git ignores, changed after the scan', async (stage) => { stage.file('.gitignore', 'out/\n'); await stage.scan(); stage.file('out/a.txt', 'x'); }, true),
  pass('a link in the tree', async (stage) => { symlinkSync('src/app.ts', join(stage.tree, 'link')); await stage.scan(); }),
  pass('names that are not ASCII', async (stage) => { stage.file('\u00e4/\u{1f511} key.txt', 'x'); await stage.scan(); }),
];
