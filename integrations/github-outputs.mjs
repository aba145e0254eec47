/** Prints the outputs of action.yml, made of numbers and of words from here only: `node github-outputs.mjs FOLDER EXIT_CODE FAIL_ON`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const [folder, exitCode, failOn] = process.argv.slice(2);
const code = Number.parseInt(exitCode, 10);

function openFindings() {
  try {
    const { open } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).summary;
    return Number.isSafeInteger(open) ? open : undefined;
  } catch {
    return undefined;
  }
}

/** A report must be there for anything but `unknown`: an exit code alone proves nothing. */
function verdictOf(open) {
  if (open === undefined) return 'unknown';
  if (code === 0) return open === 0 ? 'pass' : 'unknown';
  return code === 1 ? 'block' : 'unknown';
}

const open = openFindings();
const sarif = join(folder, 'report.sarif');
const verdict = verdictOf(open);
const outputs = {
  'findings-count': open ?? '',
  verdict,
  // `never` lets findings through, and nothing else; a clean end without a report is an error.
  'exit-code': verdict === 'unknown' && code === 0 ? 2 : verdict === 'block' && failOn === 'never' ? 0 : code,
  folder,
  sarif: existsSync(sarif) ? sarif : '',
};
for (const [name, value] of Object.entries(outputs)) process.stdout.write(`${name}=${value}\n`);
