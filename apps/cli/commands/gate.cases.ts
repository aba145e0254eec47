import { defineCases } from '../command-cases.ts';
import { sampleKey } from '../sample-key.ts';

const { publicFile } = await sampleKey();
const bypass = ['gate', 'code', '--bypass', 'alice', '--reason', 'the site is down', '--record', 'bypass.jsonl', '--key', 'k', '--config', 'gate.yaml'];
const files = { 'code/a.txt': 'x\n', 'k.pub': publicFile, 'gate.yaml': 'gate:\n  bypass: [alice]\n' };

function must(condition: boolean, text: string): void {
  if (!condition) throw new Error(`unexpected: ${text}`);
}

const says = (part: string) => ({ stdout, stderr }: { stdout: string; stderr: string }): void => must(`${stdout}${stderr}`.includes(part), `${stdout}${stderr}`);

/** What passes is shown in `gate.test.ts`, where an attestation is made first. */
export default defineCases({
  cases: [
    { name: 'does not pass without an attestation', args: ['gate', 'code', '--trust', 'k.pub'], files, exitCode: 2, verify: says('UNKNOWN: merge') },
    { name: 'does not pass without a key', args: ['gate', 'code'], files, exitCode: 2, verify: says('no key is trusted') },
    {
      name: 'prints the decision as JSON',
      args: ['gate', 'code', '--action', 'deploy', '--attestation', 'none.att', '--trust', 'k.pub', '--json'],
      files,
      exitCode: 2,
      verify({ stdout }) {
        const { verdict, action, reasons } = JSON.parse(stdout) as { verdict: string; action: string; reasons: string[] };
        must(verdict === 'unknown' && action === 'deploy' && reasons.some((reason) => reason.includes('does not exist')), stdout);
      },
    },
    { name: 'does not trust a key that lies in the judged tree', args: ['gate', '.', '--attestation', 'none.att', '--trust', 'k.pub'], files, exitCode: 2, verify: says('it lies in the judged tree') },
    { name: 'knows its actions', args: ['gate', 'code', '--action', 'release'], files, exitCode: 3 },
    { name: 'refuses a pin that is none', args: ['gate', 'code', '--pin', 'abc'], files, exitCode: 3 },
    { name: 'refuses a day that is none', args: ['gate', 'code', '--accept-content', '2026-02-30'], files, exitCode: 3 },
    { name: 'bypasses nothing without a reason', args: ['gate', 'code', '--bypass', 'alice', '--record', 'r', '--key', 'k', '--config', 'gate.yaml'], files, exitCode: 3, verify: says('needs --reason') },
    { name: 'bypasses nothing for a reason that says nothing', args: [...bypass, '--reason', 'x         y'], files, exitCode: 3, verify: says('at least 10 characters') },
    { name: 'bypasses nothing under a name that is not listed', args: [...bypass, '--bypass', 'mallory'], files, exitCode: 3, verify: says('"mallory" is not among those') },
    { name: 'bypasses nothing without a record', args: ['gate', 'code', '--bypass', 'alice', '--reason', 'the site is down', '--key', 'k', '--config', 'gate.yaml'], files, exitCode: 3, verify: says('needs --record') },
    { name: 'bypasses nothing when the list lies in the judged tree', args: [...bypass, '--config', 'code/gate.yaml'], files: { ...files, 'code/gate.yaml': files['gate.yaml'] }, exitCode: 3, verify: says('lies in the judged tree') },
    { name: 'bypasses nothing without the key that signs', args: bypass, files, env: { WATCHWARD_PASSPHRASE: 'four plain words here' }, exitCode: 3, verify: says('cannot be read') },
  ],
});
