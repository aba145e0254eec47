import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, figure } from './set.ts';

/** Folders of rules that both run on the files in the same folders, one job each. */
const parts = ['yaml', 'dockerfile', 'go', 'javascript/lang', 'python/django'];
const launch = fileURLToPath(new URL('../apps/cli/launch.mjs', import.meta.url));

interface Ran {
  readonly seconds: number;
  readonly places: ReadonlySet<string>;
}

/** With `SEMGREP=program`: Semgrep beside Watchward on the same rules and files, one after the other. */
export function besideSemgrep(folder: string): Figure[] {
  const program = process.env.SEMGREP;
  if (program === undefined) return [];
  let [theirs, ours] = [0, 0];
  const figures = parts.map((part) => {
    const semgrep = runSemgrep(program, folder, part);
    const watchward = runWatchward(folder, part);
    theirs += semgrep.seconds;
    ours += watchward.seconds;
    const common = [...semgrep.places].filter((place) => watchward.places.has(place)).length;
    const times = (semgrep.seconds / watchward.seconds).toFixed(1);
    return figure(`${part}: Semgrep's seconds, ours, times as fast; lines it reports, we do, both do`, `${semgrep.seconds.toFixed(1)}, ${watchward.seconds.toFixed(1)}, ${times}; ${semgrep.places.size}, ${watchward.places.size}, ${common}`);
  });
  return [...figures, figure('times as fast as Semgrep, whole process, one job each', (theirs / ours).toFixed(1))];
}

function timed(program: string, args: readonly string[], cwd: string): { readonly seconds: number; readonly out: string } {
  const started = performance.now();
  const { stdout } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
  return { seconds: (performance.now() - started) / 1000, out: stdout };
}

function runSemgrep(program: string, folder: string, part: string): Ran {
  const { seconds, out } = timed(program, ['scan', '--metrics=off', '--disable-version-check', '--json', '--no-git-ignore', '-j', '1', '--config', part, part], folder);
  const { results } = JSON.parse(out) as { readonly results: readonly { readonly check_id: string; readonly path: string; readonly start: { readonly line: number } }[] };
  return { seconds, places: new Set(results.map(({ check_id: id, path, start }) => `${id.slice(id.lastIndexOf('.') + 1)} ${basename(path)} ${start.line}`)) };
}

function runWatchward(folder: string, part: string): Ran {
  const where = join(folder, part);
  const args = ['scan', where, '--rules', where, '--rule', 'code/own.*', '--jobs', '1', '--no-cache', '--json', '--severity', 'informational', '--confidence', 'low'];
  const { seconds, out } = timed(process.execPath, [launch, ...args], folder);
  const { findings } = JSON.parse(out) as { readonly findings: readonly { readonly rule: string; readonly location: { readonly path: string; readonly region: { readonly startLine: number } } }[] };
  return { seconds, places: new Set(findings.map(({ rule, location }) => `${rule.replace(/^code\/own\./, '').replace(/-\d$/, '')} ${basename(location.path)} ${location.region.startLine}`)) };
}
