import { attest } from '#engine/attest.ts';
import { defineCases } from '../command-cases.ts';
import { sampleKey } from '../sample-key.ts';
import { sampleScan } from '../sample-scan.ts';

const mine = await sampleKey();
const other = await sampleKey();
const attestation = JSON.stringify(attest(await sampleScan(), mine.key));

function must(condition: boolean, text: string): void {
  if (!condition) throw new Error(`unexpected: ${text}`);
}

export default defineCases({
  cases: [
    {
      name: 'prints what was signed, and by whom',
      args: ['verify', 'scan.att', '--trust', 'k.pub'],
      files: { 'scan.att': `${attestation}\n`, 'k.pub': mine.publicFile },
      exitCode: 0,
      verify: ({ stdout }) => must(stdout.includes(mine.id) && stdout.includes('1 of 1 files'), stdout),
    },
    {
      name: 'prints the statement as JSON',
      args: ['verify', 'scan.att', '--trust', 'k.pub', '--json'],
      files: { 'scan.att': attestation, 'k.pub': mine.publicFile },
      exitCode: 0,
      verify: ({ stdout }) => must(JSON.parse(stdout) !== null && stdout.includes('"_type": "https://in-toto.io/Statement/v1"'), stdout),
    },
    { name: 'does not believe a stranger', args: ['verify', 'scan.att', '--trust', 'k.pub'], files: { 'scan.att': attestation, 'k.pub': other.publicFile }, exitCode: 2, verify: ({ stdout, stderr }) => must(stdout === '' && stderr.includes('not trusted'), stderr) },
    { name: 'does not believe a changed one', args: ['verify', 'scan.att', '--trust', 'k.pub'], files: { 'scan.att': attestation.replace('"payload":"ey', '"payload":"eY'), 'k.pub': mine.publicFile }, exitCode: 2 },
    { name: 'does not believe a file that is absent', args: ['verify', 'scan.att', '--trust', 'k.pub'], files: { 'k.pub': mine.publicFile }, exitCode: 2 },
    { name: 'does not take an attestation for a bypass record', args: ['verify', 'scan.att', '--bypasses', '--trust', 'k.pub'], files: { 'scan.att': `${attestation}\n`, 'k.pub': mine.publicFile }, exitCode: 2 },
    { name: 'needs a key', args: ['verify', 'scan.att'], files: { 'scan.att': attestation }, exitCode: 3 },
  ],
});
