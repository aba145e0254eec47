/** Events a second on the lanes that rsigma is measured on, and rsigma itself on the same machine where `$RSIGMA` names it. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledRule } from '#analyze/sigma/compile.ts';
import { sigmaDetector } from '#analyze/sigma/detector.ts';
import { SigmaMatcher } from '#analyze/sigma/matcher.ts';
import { signalsOf } from '#analyze/sigma/signal.ts';
import { loadEventRules } from '#engine/event-rules.ts';
import type { Event } from '#model/event.ts';
import type { Logsource } from '#model/stream.ts';
import { corpus } from './corpora.ts';
import { median } from './measure.ts';
import { figure } from './set.ts';
import type { Figure } from './set.ts';

const lanes = ['structured_windows', 'sysmon_file_event', 'raw_windows', 'cisco_syslog'] as const;
const eventsInLane = 10_000;
/** Times that a lane is read: loading the rules must not weigh. */
const repeats = 3;
const runs = 3;
/** Times more for a peer that is through with it in less than a second: it loads its rules for longer, and that is never twice the same. */
const moreForQuick = 8;

export interface LaneResult {
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
  /** Some events of each lane, for comparing index and full scan. */
  readonly records: readonly unknown[];
}

export function measureLanes(rulesFolder: string): LaneResult {
  const generator = corpus('rsigma');
  if (generator === undefined) return { figures: [], notes: ['The lanes of rsigma: skipped, no rsigma in $WATCHWARD_CORPORA.'], records: [] };
  const folder = mkdtempSync(join(tmpdir(), 'watchward-lanes-'));
  try {
    const made = spawnSync('python3', [join(generator, 'scripts/perf/gen_events.py'), '--out-dir', folder, '--count', String(eventsInLane)], { encoding: 'utf8' });
    if (made.status !== 0) return { figures: [], notes: ['The lanes of rsigma: skipped, python3 could not make them.'], records: [] };
    const { rules } = loadEventRules([], [rulesFolder]);
    const peer = process.env.RSIGMA;
    const found = peer !== undefined && existsSync(peer) ? peer : undefined;
    const figures = lanes.flatMap((lane) => [false, true].flatMap((routed) => ofLane({ folder, lane, routed, rules, rulesFolder, peer: found })));
    const records = lanes.flatMap((lane) => linesOf(folder, lane).slice(0, 400).map((line): unknown => JSON.parse(line)));
    const notes = [
      `The lanes are those of rsigma's own gen_events.py, ${eventsInLane} events each, with SigmaHQ's folder \`rules\` (${rules.length} rules), on one thread, JSON parsing and writing of signals included, loading of rules not. Any rule: every rule is tried on every event; routed: only those of the event's \`product\`, \`service\` and \`category\`.`,
      found === undefined ? 'rsigma beside it: skipped, $RSIGMA does not name its program.' : `rsigma as its own harness runs it (\`engine eval\`, NDJSON in and out), its load time taken off, quick lanes ${moreForQuick} times as long, so that the load time does not hide them; medians of three runs in turn with ours. Both are timed by what they take of the processor, all threads.`,
    ];
    return { figures, notes, records };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Lane {
  readonly folder: string;
  readonly lane: string;
  readonly routed: boolean;
  readonly rules: readonly CompiledRule[];
  readonly rulesFolder: string;
  readonly peer: string | undefined;
}

function linesOf(folder: string, lane: string): string[] {
  return readFileSync(join(folder, `${lane}.ndjson`), 'utf8').trimEnd().split('\n');
}

function ofLane(at: Lane): Figure[] {
  const lines = Array.from({ length: repeats }, () => linesOf(at.folder, at.lane)).flat();
  const input = join(at.folder, 'input.ndjson');
  const whole = `${lines.join('\n')}\n`;
  writeFileSync(input, whole);
  const times = { own: [] as number[], peer: [] as number[] };
  const first = at.peer === undefined ? undefined : peerRun(at, at.peer, input);
  const more = first !== undefined && first.seconds < 1 ? moreForQuick : 1;
  for (let time = 1; time < more; time++) appendFileSync(input, whole);
  const own = ownRun(at);
  own(lines);
  let matches = { own: 0, peer: 0 };
  for (let run = 0; run < runs; run++) {
    const mine = own(lines);
    times.own.push(mine.seconds);
    const other = at.peer === undefined ? undefined : peerRun(at, at.peer, input);
    if (other !== undefined) times.peer.push(other.seconds / more);
    matches = { own: mine.matches, peer: (other?.matches ?? 0) / more };
  }
  const name = `${at.lane}, ${at.routed ? 'routed' : 'any rule'}`;
  const rate = lines.length / median(times.own);
  const figures = [figure(`${name}: events a second`, `${Math.round(rate)} (${matches.own / repeats} matches)`)];
  if (times.peer.length === 0) return figures;
  const peerRate = lines.length / median(times.peer);
  return [...figures, figure(`${name}: rsigma`, `${Math.round(peerRate)} (${matches.peer / repeats} matches), ours is ${(rate / peerRate).toFixed(1)} times as quick`)];
}

/** Of the processor, all threads, since then: other work on the machine weighs less than on the clock. */
export function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** Parse, match, build the signals, and write a line for each. */
function ownRun({ rules, routed }: Lane): (lines: readonly string[]) => { readonly seconds: number; readonly matches: number } {
  const detector = sigmaDetector(rules);
  // The detector leaves out rules that a record of unknown kind can't be believed to be about; here every rule is tried.
  const anyRule = new SigmaMatcher(rules);
  return (lines) => {
    let matches = 0;
    let written = 0;
    const started = process.cpuUsage();
    for (const line of lines) {
      const record = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const event = eventOf(record);
      const signals = routed ? detector.step(null, { event, logsource: hintsOf(record), time: 1, record }, 1).signals : signalsOf(anyRule.match(record).rules, event);
      for (const { rule, title, severity, techniques } of signals) written += JSON.stringify({ rule, title, severity, techniques }).length;
      matches += signals.length;
    }
    if (written < matches) throw new Error('nothing was written');
    return { seconds: processorSeconds(started), matches };
  };
}

function hintsOf({ product, service, category }: Readonly<Record<string, unknown>>): Logsource {
  return {
    ...(typeof product === 'string' ? { product } : {}), ...(typeof service === 'string' ? { service } : {}), ...(typeof category === 'string' ? { category } : {}),
  };
}

function eventOf(record: unknown): Event {
  return { class_uid: 0, class_name: 'Base Event', category_uid: 0, activity_id: 0, type_uid: 0, severity_id: 1, time: 1, metadata: { version: '', product: { name: '', vendor_name: '' } }, unmapped: record };
}

/** Timed by the shell, which knows what its child took of the processor. */
function peerRun({ routed, rulesFolder }: Lane, peer: string, input: string): { readonly seconds: number; readonly matches: number } | undefined {
  const args = ['engine', 'eval', '-r', rulesFolder, ...(routed ? ['--logsource-routing'] : []), '--quiet', '--output-format', 'ndjson'];
  const run = (from: string): { readonly seconds: number; readonly lines: number } | undefined => {
    const script = 'TIMEFORMAT="%U %S"; from=$1; shift; time "$@" <"$from" 2>/dev/null';
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', from, peer, ...args], { maxBuffer: 1 << 30, encoding: 'latin1' });
    const [user, system] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
    return status === 0 && user !== undefined && system !== undefined ? { seconds: user + system, lines: stdout.split('\n').length - 1 } : undefined;
  };
  const load = run('/dev/null');
  const whole = run(input);
  return load === undefined || whole === undefined ? undefined : { seconds: Math.max(whole.seconds - load.seconds, 1e-9), matches: whole.lines };
}
