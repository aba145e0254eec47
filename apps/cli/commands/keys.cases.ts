import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defineCases } from '../command-cases.ts';
import { sampleKey, samplePassphrase } from '../sample-key.ts';

const { id, privateFile, publicFile } = await sampleKey();
const env = { WATCHWARD_PASSPHRASE: samplePassphrase };

function must(condition: boolean, text: string): void {
  if (!condition) throw new Error(`unexpected: ${text}`);
}

export default defineCases({
  cases: [
    {
      name: 'makes a pair, the private half encrypted and for its owner only',
      args: ['keys', 'new', 'ci.key'],
      env,
      exitCode: 0,
      verify({ stdout, folder }) {
        must(/^[0-9a-f]{64}\n$/.test(stdout), stdout);
        const text = readFileSync(join(folder, 'ci.key'), 'utf8');
        must(text.startsWith('-----BEGIN AGE ENCRYPTED FILE-----') && !text.includes('PRIVATE'), 'the private key is not encrypted');
        must((statSync(join(folder, 'ci.key')).mode & 0o777) === 0o600, 'others may read the private key');
        must(readFileSync(join(folder, 'ci.key.pub'), 'utf8').startsWith('-----BEGIN PUBLIC KEY-----'), 'there is no public key');
      },
    },
    {
      name: 'overwrites no key and leaves no half pair',
      args: ['keys', 'new', 'ci.key'],
      env,
      files: { 'ci.key': 'mine' },
      exitCode: 3,
      verify: ({ folder }) => must(readFileSync(join(folder, 'ci.key'), 'utf8') === 'mine' && !existsSync(join(folder, 'ci.key.pub')), 'something was written'),
    },
    { name: 'refuses a short passphrase', args: ['keys', 'new', 'ci.key'], env: { WATCHWARD_PASSPHRASE: 'short' }, exitCode: 3 },
    { name: 'needs a passphrase', args: ['keys', 'new', 'ci.key'], exitCode: 3, verify: ({ stderr }) => must(stderr.includes('--passphrase-file'), stderr) },
    { name: 'shows a public key', args: ['keys', 'show', 'k.pub'], files: { 'k.pub': publicFile }, exitCode: 0, verify: ({ stdout }) => must(stdout === `${id}\n${publicFile}`, stdout) },
    {
      name: 'shows the public half of a private key',
      args: ['keys', 'show', 'k', '--json', '--passphrase-file', 'pass'],
      files: { k: privateFile, pass: `${samplePassphrase}\n` },
      exitCode: 0,
      verify: ({ stdout }) => must((JSON.parse(stdout) as { id: string }).id === id && !stdout.includes('PRIVATE'), stdout),
    },
    { name: 'says when the passphrase is wrong', args: ['keys', 'show', 'k'], files: { k: privateFile }, env: { WATCHWARD_PASSPHRASE: 'not the passphrase' }, exitCode: 3, verify: ({ stderr }) => must(stderr.includes('does not open'), stderr) },
    { name: 'does not take what is no key', args: ['keys', 'show', 'k'], files: { k: 'hello' }, env, exitCode: 3 },
    { name: 'needs a file that is there', args: ['keys', 'show', 'k'], exitCode: 3 },
    { name: 'needs a word', args: ['keys'], exitCode: 3 },
  ],
});
