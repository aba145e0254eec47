import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineCases } from '../command-cases.ts';
import { sampleKey, samplePassphrase } from '../sample-key.ts';
import { sampleScan } from '../sample-scan.ts';

const { privateFile } = await sampleKey();
const report = JSON.stringify(await sampleScan());
const env = { WATCHWARD_PASSPHRASE: samplePassphrase };

function must(condition: boolean, text: string): void {
  if (!condition) throw new Error(`unexpected: ${text}`);
}

export default defineCases({
  cases: [
    {
      name: 'signs what a report says',
      args: ['attest', 'report.json', '--key', 'k', '--nonce', 'n-7'],
      files: { 'report.json': report, k: privateFile },
      env,
      exitCode: 0,
      verify({ stdout }) {
        const envelope = JSON.parse(stdout) as { payload: string; payloadType: string };
        const payload = Buffer.from(envelope.payload, 'base64').toString();
        must(envelope.payloadType === 'application/vnd.in-toto+json' && payload.includes('"nonce":"n-7"'), payload);
      },
    },
    { name: 'reads the report from stdin', args: ['attest', '-', '--key', 'k', '-q'], files: { k: privateFile }, stdin: report, env, exitCode: 0, verify: ({ stderr }) => must(stderr === '', stderr) },
    {
      name: 'writes a file',
      args: ['attest', 'report.json', '--key', 'k', '-o', 'scan.att'],
      files: { 'report.json': report, k: privateFile },
      env,
      exitCode: 0,
      verify: ({ folder, stdout }) => must(stdout === '' && existsSync(join(folder, 'scan.att')), stdout),
    },
    { name: 'does not sign what is no report', args: ['attest', 'r.json', '--key', 'k'], files: { 'r.json': '{}', k: privateFile }, env, exitCode: 3, verify: ({ stderr, stdout }) => must(stdout === '' && stderr.includes('no report'), stderr) },
    { name: 'does not sign a report that does not say what was scanned', args: ['attest', 'r.json', '--key', 'k'], files: { 'r.json': report.replace('"scope"', '"scpoe"'), k: privateFile }, env, exitCode: 3 },
    { name: 'does not sign what is no JSON', args: ['attest', 'r.json', '--key', 'k'], files: { 'r.json': '{', k: privateFile }, env, exitCode: 3 },
    { name: 'needs a report that is there', args: ['attest', 'r.json', '--key', 'k'], files: { k: privateFile }, env, exitCode: 3 },
    { name: 'needs a key', args: ['attest', 'r.json'], files: { 'r.json': report }, exitCode: 3 },
  ],
});
