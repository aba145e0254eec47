import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

const client = 'package main\n\nimport (\n\t"crypto/tls"\n\t"net/http"\n)\n\nfunc client() *http.Client {\n\treturn &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}\n}\n';
const mended = client.replace('true', 'false');
const secret = ['aB3dE9fGh2', 'JkL4mN8pQr'].join('');
const settings = `import os\nDB_PASSWORD = "${secret}"\n`;

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

const textOf = ({ folder }: CommandResult, name: string): string => readFileSync(join(folder, name), 'utf8');

export default defineCases({
  cases: [
    {
      name: 'shows what would be changed, and changes nothing',
      args: ['fix', '.', '--unsafe'],
      files: { 'client.go': client },
      exitCode: 1,
      verify: (result) => {
        must(/^-.*InsecureSkipVerify: true/m.test(result.stdout) && /^\+.*InsecureSkipVerify: false/m.test(result.stdout), result);
        must(textOf(result, 'client.go') === client && result.stderr.includes('nothing was written'), result);
      },
    },
    {
      name: 'leaves what may change the program alone unless it is asked for',
      args: ['fix', '.', '--write'],
      files: { 'client.go': client },
      exitCode: 0,
      verify: (result) => must(textOf(result, 'client.go') === client && result.stderr.includes('1 more with --unsafe'), result),
    },
    {
      name: 'writes, scans again and says what is left',
      args: ['fix', 'client.go', '--unsafe', '--write'],
      files: { 'client.go': client },
      exitCode: 0,
      verify: (result) => must(textOf(result, 'client.go') === mended && result.stderr.includes('1 of 1 files changed; 1 findings before, 0 after'), result),
    },
    {
      name: 'mends calls of programs, and keeps a byte order mark where it is',
      args: ['fix', '.', '--unsafe', '--write'],
      files: { 'a.js': "\uFEFFrequire('https').get({ host: 'x', rejectUnauthorized: false });\n" },
      exitCode: 0,
      verify: (result) => must(textOf(result, 'a.js') === "\uFEFFrequire('https').get({ host: 'x', rejectUnauthorized: true });\n" && result.stderr.includes('1 findings before, 0 after'), result),
    },
    {
      name: 'never shows a secret that it takes out',
      args: ['fix', '.', '--unsafe', '--write'],
      files: { 'settings.py': settings },
      exitCode: 0,
      verify: (result) => {
        must(!`${result.stdout}${result.stderr}`.includes(secret), result);
        must(textOf(result, 'settings.py') === 'import os\nDB_PASSWORD = os.environ["DB_PASSWORD"]\n', result);
      },
    },
    { name: 'ends with 0 where there is nothing to mend', args: ['fix', '.'], files: { 'a.txt': 'x\n' }, exitCode: 0, verify: (result) => must(result.stderr.includes('no finding has a fix that is proven'), result) },
    { name: 'ends with 3 for a path that is not there', args: ['fix', 'nowhere'], exitCode: 3 },
  ],
});
