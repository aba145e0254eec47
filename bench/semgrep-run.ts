import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { launcher } from './measure.ts';
import { type Figure, figure } from './set.ts';

/** Folders of rules that both run on the files in the same folders, one job each. */
const parts = ['yaml', 'dockerfile', 'go', 'javascript', 'python/django', 'python/flask', 'python/lang', 'java/spring', 'java/lang'];

/** What a run of a whole process took and found. */
interface Ran {
  readonly seconds: number;
  /** Of the processor, all threads and children; undefined without `/usr/bin/time`. */
  readonly cpu: number | undefined;
  readonly findings: number;
  /** Rule, file and line, each once. */
  readonly places: ReadonlySet<string>;
}

const quiet = ['--metrics=off', '--disable-version-check', '--json', '--quiet', '--no-git-ignore', '--max-target-bytes=0', '--timeout=0'];

/** With `SEMGREP=program`: Semgrep beside Watchward on the same rules and files, one after the other. */
export function besideSemgrep(folder: string): Figure[] {
  const program = process.env.SEMGREP;
  if (program === undefined) return [];
  const [theirs, ours]: [Ran[], Ran[]] = [[], []];
  const differences: string[] = [];
  const figures = parts.map((part) => {
    const semgrep = runSemgrep(program, folder, join(folder, part));
    const watchward = runWatchward(join(folder, part), join(folder, part), 1);
    theirs.push(semgrep);
    ours.push(watchward);
    const common = [...semgrep.places].filter((place) => watchward.places.has(place)).length;
    differences.push(...onlyIn(semgrep, watchward, 'semgrep', part), ...onlyIn(watchward, semgrep, 'watchward', part));
    return figure(`${part}: lines that Semgrep reports, we report, both report; processor seconds there, here`, `${semgrep.places.size}, ${watchward.places.size}, ${common}; ${shown(semgrep)}, ${shown(watchward)}`);
  });
  const target = process.env.WATCHWARD_DIFFERENCES;
  if (target !== undefined) writeFileSync(target, differences.join('\n'));
  return [...figures, ...ratios(theirs, ours)];
}

/** The same rules on a tree of someone else, as many jobs as both like. */
export function besideSemgrepOn(tree: string, rules: string): Figure[] {
  const program = process.env.SEMGREP;
  if (program === undefined) return [];
  const semgrep = runSemgrep(program, tree, tree, rules, []);
  const watchward = runWatchward(tree, rules, 0);
  const common = [...semgrep.places].filter((place) => watchward.places.has(place)).length;
  return [
    figure('beside Semgrep on the same rules and files: findings there, here, lines of both', `${semgrep.findings}, ${watchward.findings}, ${common} of ${semgrep.places.size} and ${watchward.places.size}`),
    ...ratios([semgrep], [watchward]),
  ];
}

function ratios(theirs: readonly Ran[], ours: readonly Ran[]): Figure[] {
  const sum = (runs: readonly Ran[], of: (ran: Ran) => number | undefined): number => runs.reduce((total, ran) => total + (of(ran) ?? Number.NaN), 0);
  const line = (name: string, of: (ran: Ran) => number | undefined): Figure => {
    const [there, here] = [sum(theirs, of), sum(ours, of)];
    return figure(name, `${(there / here).toFixed(1)} (${there.toFixed(1)} s there, ${here.toFixed(1)} s here)`, '1, reaching for 10', there >= here);
  };
  return [line('times as fast as Semgrep, whole process', ({ seconds }) => seconds), line('the same by what they take of the processor', ({ cpu }) => cpu)];
}

function onlyIn(one: Ran, other: Ran, name: string, part: string): string[] {
  return [...one.places].filter((place) => !other.places.has(place)).map((place) => `${name}\t${part}\t${place}`);
}

function shown({ cpu }: Ran): string {
  return cpu === undefined ? 'not measured' : cpu.toFixed(1);
}

function timed(program: string, args: readonly string[], cwd: string): Pick<Ran, 'seconds' | 'cpu'> & { readonly out: string } {
  const hasTime = existsSync('/usr/bin/time');
  const [command, ...rest] = [...(hasTime ? ['/usr/bin/time', '-f', '%U %S'] : []), program, ...args] as [string, ...string[]];
  const started = performance.now();
  const { stdout, stderr } = spawnSync(command, rest, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - started) / 1000;
  const [user, system] = /(\d+\.\d+) (\d+\.\d+)\s*$/.exec(stderr)?.slice(1) ?? [];
  return { seconds, out: stdout, cpu: hasTime && user !== undefined ? Number(user) + Number(system) : undefined };
}

function runSemgrep(program: string, cwd: string, target: string, rules = target, jobs: readonly string[] = ['-j', '1']): Ran {
  const { seconds, cpu, out } = timed(program, ['scan', ...quiet, ...jobs, '--config', rules, target], cwd);
  const { results } = JSON.parse(out) as { readonly results: readonly { readonly check_id: string; readonly path: string; readonly start: { readonly line: number } }[] };
  return { seconds, cpu, findings: results.length, places: new Set(results.map(({ check_id: id, path, start }) => `${id.slice(id.lastIndexOf('.') + 1)} ${basename(path)} ${start.line}`)) };
}

function runWatchward(target: string, rules: string, jobs: number): Ran {
  const args = ['scan', target, '--rules', rules, '--rule', 'code/own.*', '--jobs', String(jobs), '--no-cache', '--no-config', '--json', '--exit-zero', '--severity', 'informational', '--confidence', 'low'];
  const { seconds, cpu, out } = timed(process.execPath, [launcher, ...args], target);
  const { findings } = JSON.parse(out) as { readonly findings: readonly { readonly rule: string; readonly location: { readonly path: string; readonly region: { readonly startLine: number } } }[] };
  return { seconds, cpu, findings: findings.length, places: new Set(findings.map(({ rule, location }) => `${rule.replace(/^code\/own\./, '').replace(/-\d$/, '')} ${basename(location.path)} ${location.region.startLine}`)) };
}
