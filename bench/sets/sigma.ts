import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { mappings } from '#generated/mappings.ts';
import type { CompiledRule } from '#analyze/sigma/compile.ts';
import { answersTo } from '#analyze/sigma/logsource.ts';
import { SigmaMatcher } from '#analyze/sigma/matcher.ts';
import { loadEventRules } from '#engine/event-rules.ts';
import { limitBacktracking } from '#engine/linear-regexp.ts';
import { EventStream } from '#engine/stream.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Logsource } from '#model/stream.ts';
import { readRecords } from '#sources/records.ts';
import { corpus } from '../corpora.ts';
import { generateEvents } from '../event-generator.ts';
import { defineSet, figure } from '../set.ts';
import { measureLanes, processorSeconds } from '../sigma-lanes.ts';

const seed = 20_261_123;
const speedEvents = 100_000;
const comparedEvents = 2_000;
const leastSpeed = 30_000;

export default defineSet({
  id: 'sigma',
  title: "All of SigmaHQ's rules: what loads, its own regression recordings, the index against the full scan, and events a second on one core.",
  async run() {
    const folder = corpus('sigma');
    if (folder === undefined) return 'no sigma in $WATCHWARD_CORPORA';
    limitBacktracking();
    const folders = readdirSync(folder).filter((name) => name.startsWith('rules')).map((name) => join(folder, name));
    const { rules, skipped, diagnostics } = loadEventRules([], folders);
    const loaded = process.memoryUsage.rss();
    const tests = readTests(join(folder, 'regression_data'));
    const json = await regression(tests, '.json', rules);
    const evtx = await regression(tests, '.evtx', rules);
    const lanes = measureLanes(join(folder, 'rules'));
    const compared = compare([...json.records, ...evtx.records, ...generated(comparedEvents), ...asRecords(lanes.records)], rules);
    const speed = measure(rules);
    const waiting = diagnostics.filter(({ code }) => code === 'rule-incomplete');
    return {
      figures: [
        figure('rules loaded', `${rules.length} of ${rules.length + skipped}`, 'all, or the reason', true),
        figure('of them waiting for values of placeholders', String(new Set(waiting.map(({ rule }) => rule)).size)),
        ...reasons(diagnostics.filter(({ code }) => code === 'rule-invalid')).map(([reason, count]) => figure(`not loaded: ${reason}`, String(count))),
        figure('regression tests passed from JSON', `${json.passed} of ${tests.length}`, '202', json.passed === tests.length),
        figure('regression tests passed from EVTX', `${evtx.passed} of ${tests.length}`, '202', evtx.passed === tests.length),
        figure('events on which the index differs from the full scan', `${compared.differences} of ${compared.events}`, '0', compared.differences === 0),
        figure('structured events a second, JSON parsing included', String(speed.perSecond), `at least ${leastSpeed}`, speed.perSecond >= leastSpeed),
        figure('the same without the parsing of JSON', String(speed.parsedPerSecond)),
        ...lanes.figures,
        figure('memory of the process once they are loaded', `${Math.round(loaded / 2 ** 20)} MiB`),
        figure('peak memory of the whole measurement, which holds all its events', `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`),
      ],
      notes: [
        `Speed: ${speedEvents} events of our own generator (seed ${seed}), the median of three passes on one thread, timed by what they take of the processor; ${speed.signals} signals a pass.`,
        ...lanes.notes,
        ...json.missed.map((test) => `From JSON, ${test} finds no signal of its rule.`), ...evtx.missed.map((test) => `From EVTX, ${test} finds no signal of its rule.`),
      ],
    };
  },
});

interface RegressionTest {
  readonly rule: string;
  readonly path: string;
}

interface Info {
  readonly rule_metadata?: readonly { readonly id?: string }[];
  readonly regression_tests_info?: readonly { readonly path?: string }[];
}

function readTests(folder: string): RegressionTest[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('info.yml')).sort();
  return files.flatMap((file) => {
    const { rule_metadata: rules = [], regression_tests_info: tests = [] } = load(readFileSync(join(folder, file), 'utf8')) as Info;
    return (tests ?? []).flatMap(({ path }) => (path === undefined ? [] : [{ rule: rules[0]?.id ?? '', path: join(folder, '..', path) }]));
  });
}

async function regression(tests: readonly RegressionTest[], extension: string, rules: readonly CompiledRule[]): Promise<{ readonly passed: number; readonly missed: readonly string[]; readonly records: readonly RawRecord[] }> {
  const missed: string[] = [];
  const records: RawRecord[] = [];
  const stream = new EventStream({ mappings, rules });
  for (const { rule, path } of tests) {
    let found = false;
    for await (const record of readRecords(path.replace(/\.evtx$/, extension), () => undefined)) {
      records.push(record);
      found = stream.push(record).signals.some((signal) => signal.rule === `event/${rule}`) || found;
    }
    if (!found) missed.push(rule);
  }
  return { passed: tests.length - missed.length, missed, records };
}

function generated(count: number): RawRecord[] {
  return asRecords([...generateEvents(count, seed + 1)]);
}

function asRecords(values: readonly unknown[]): RawRecord[] {
  return values.map((value, index) => ({ source: 'bench', sequence: index + 1, value }));
}

/** The same record through the index and through every rule of its logsource. */
function compare(records: readonly RawRecord[], rules: readonly CompiledRule[]): { readonly events: number; readonly differences: number } {
  const matchers = new Map<string, SigmaMatcher>();
  const matcherOf = (source: Logsource): SigmaMatcher => {
    const key = JSON.stringify(source);
    const matcher = matchers.get(key) ?? new SigmaMatcher(rules.filter(({ rule }) => answersTo(rule.logsource, source)));
    matchers.set(key, matcher);
    return matcher;
  };
  // As in the stream: what says where it comes from goes before what takes anything.
  const ordered = mappings.toSorted((a, b) => Number(a.logsource.product === undefined) - Number(b.logsource.product === undefined));
  let differences = 0;
  for (const record of records) {
    const mapping = ordered.find((candidate) => candidate.accepts(record.value) && candidate.map(record) !== undefined);
    const glance = mapping?.glance?.(record) ?? { logsource: mapping?.logsource ?? {}, record: mapping?.map(record)?.unmapped };
    const matcher = matcherOf(glance.logsource);
    const ids = (result: { readonly rules: readonly CompiledRule[] }): string => result.rules.map(({ id }) => id).join();
    if (ids(matcher.match(glance.record)) !== ids(matcher.matchAll(glance.record))) differences++;
  }
  return { events: records.length, differences };
}

function measure(rules: readonly CompiledRule[]): { readonly perSecond: number; readonly parsedPerSecond: number; readonly signals: number } {
  const lines = [...generateEvents(speedEvents, seed)].map((value) => JSON.stringify(value));
  const stream = new EventStream({ mappings, rules });
  let signals = 0;
  const pass = (parse: (line: string) => unknown): number => {
    signals = 0;
    const started = process.cpuUsage();
    for (let index = 0; index < lines.length; index++) signals += stream.push({ source: 'bench', sequence: index + 1, value: parse(lines[index] ?? '') }).signals.length;
    return Math.round(lines.length / processorSeconds(started));
  };
  const parse = (line: string): unknown => JSON.parse(line) as unknown;
  const median = (rates: readonly number[]): number => rates.toSorted((a, b) => a - b)[rates.length >> 1] ?? 0;
  pass(parse);
  const perSecond = median([pass(parse), pass(parse), pass(parse)]);
  const started = process.cpuUsage();
  for (const line of lines) parse(line);
  const seconds = lines.length / perSecond - processorSeconds(started);
  return { perSecond, parsedPerSecond: Math.round(lines.length / seconds), signals };
}

function reasons(diagnostics: readonly Diagnostic[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { message } of diagnostics) {
    const reason = /^rule skipped: ([a-z-]+):/.exec(message)?.[1] ?? message;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
