import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import { toDetectionFinding } from '#act/signal-ocsf.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Signal } from '#model/event.ts';
import { watch } from './watch.ts';
import type { ReadRecords, WatchOptions } from './watch.ts';

const rule = (name: string, detection: string, product = 'github'): { id: string; yaml: string } => ({
  id: `event/${name}`,
  yaml: `title: ${name}\nlogsource: {product: ${product}}\ntags: [attack.persistence, attack.t1098.001, attack.g0016]\nlevel: high\nstatus: stable\ndetection:\n${detection}`,
});
const created = rule('repo-created', '  s: {action: repo.create}\n  condition: s\n');
const byDay = Date.UTC(2026, 2, 4);
const github = (action: string, at = byDay): object => ({ action, '@timestamp': at, _document_id: `d-${at}`, actor: 'mira', actor_ip: '203.0.113.9' });

/** Records per name; a string stands for a line that is no JSON. */
function reader(sources: { readonly [name: string]: readonly unknown[] }): ReadRecords {
  return async function* (from, onDiagnostic): AsyncGenerator<RawRecord> {
    const name = String(from);
    for (const [index, value] of (sources[name] ?? []).entries()) {
      if (value === 'broken') onDiagnostic({ code: 'event-unreadable', path: name, line: index + 1, message: 'no JSON' });
      else yield { source: name, sequence: index + 1, value };
    }
  };
}

async function run(sources: { readonly [name: string]: readonly unknown[] }, more: Partial<WatchOptions> = {}) {
  const signals: Signal[] = [];
  const diagnostics: Diagnostic[] = [];
  const summary = await watch({
    from: Object.keys(sources), ruleDirs: [], mappings, contentRules: [created], read: reader(sources), clock: () => 0,
    onSignal: (signal) => void signals.push(signal), onDiagnostic: (diagnostic) => void diagnostics.push(diagnostic), ...more,
  });
  return { summary, signals, diagnostics };
}

describe('watching records', () => {
  it('gives signals with risk, in the order of the records, and counts everything', async () => {
    const { summary, signals, diagnostics } = await run({
      a: [github('repo.create'), github('repo.destroy'), { any: 'thing' }, 'broken'],
      b: [github('repo.create', byDay + 1), 7, // A GitHub record with a broken time is kept in the generic form, and rules still see it.
        { action: 'repo.create', created_at: 'soon' }],
    });
    expect(summary).toMatchObject({ records: 7, mapped: 3, unmapped: 2, unreadable: 2, rulesLoaded: 1, rulesSkipped: 0, signals: 3, degraded: true, interrupted: false });
    expect(signals.map(({ time }) => time)).toEqual([byDay, byDay + 1, byDay + 1]);
    expect(signals[0]).toMatchObject({
      rule: 'event/repo-created', severity: 'high', confidence: 'high', techniques: ['T1098.001'], tactics: ['persistence'],
      message: 'repo-created: mira called repo.create from 203.0.113.9',
    });
    expect(signals[0]?.risk.score).toBeGreaterThan(50);
    expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toEqual(['event-unmapped 3', 'event-unreadable 4', 'event-unreadable 2', 'event-unmapped 3']);
  });

  it('gives the same findings for the same records', async () => {
    const sources = { a: [github('repo.create'), { no: 'time' }, github('repo.create', byDay + 5)] };
    const print = async (): Promise<string> => (await run(sources)).signals.map((signal) => JSON.stringify(toDetectionFinding(signal, { name: 'watchward', version: '0' }))).join('\n');
    const first = await print();
    expect(first).toContain('"class_uid":2004');
    expect(await print()).toBe(first);
  });

  it('gives an event without a time that of the event before', async () => {
    const any = rule('any', '  s: {no: time}\n  condition: s\n', 'unheard-of');
    const { signals } = await run({ a: [github('git.clone'), { no: 'time' }] }, { contentRules: [any] });
    expect(signals).toMatchObject([{ rule: 'event/any', time: byDay }]);
  });

  it('lets rules over the normal form read every source', async () => {
    const ocsf = rule('read', '  s: {api.operation: [repo.create, StopLogging]}\n  condition: s\n', 'ocsf');
    const trail = { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com', eventTime: '2026-03-04T00:00:00Z' };
    const { signals } = await run({ a: [github('repo.create'), trail] }, { contentRules: [ocsf] });
    expect(signals.length).toBe(2);
  });

  it('routes rules by their logsource', async () => {
    const { signals } = await run({ a: [github('repo.create')] }, { contentRules: [rule('elsewhere', '  s: {action: repo.create}\n  condition: s\n', 'aws')] });
    expect(signals).toEqual([]);
  });

  it('names a broken rule and goes on', async () => {
    const { summary, diagnostics } = await run({ a: [github('repo.create')] }, { contentRules: [created, rule('broken', '  s: {a|re: (}\n  condition: s\n')] });
    expect(summary).toMatchObject({ rulesLoaded: 1, rulesSkipped: 1, signals: 1, degraded: true });
    expect(diagnostics[0]).toMatchObject({ code: 'rule-invalid', rule: 'event/broken' });
  });

  it('is not held up by a regular expression that backtracks without end', async () => {
    const slow = [rule('slow', "  s: {repo|re: '^(a+)+$'}\n  condition: s\n"), rule('slow-i', "  s: {repo|re|i: '^(a|A|aa)*b.*c.*d.*e$'}\n  condition: s\n")];
    const started = process.threadCpuUsage();
    const { summary } = await run({ a: [{ ...github('repo.create'), repo: `${'a'.repeat(5_000)}!` }, { ...github('repo.create'), repo: `${'abcd'.repeat(1_000)}!` }] }, { contentRules: slow });
    expect(summary).toMatchObject({ rulesLoaded: 2, mapped: 2 });
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(3_000);
  });

  it('stops when it is told to, and says so', async () => {
    const stop = new AbortController();
    const { summary, diagnostics } = await run({ a: [github('repo.create'), github('repo.create', byDay + 1)] }, { signal: stop.signal, onSignal: () => stop.abort() });
    expect(summary).toMatchObject({ signals: 1, interrupted: true, degraded: true });
    expect(diagnostics).toMatchObject([{ code: 'run-interrupted' }]);
  });

  it('stops while it waits for a stream that gives nothing', async () => {
    const stop = new AbortController();
    const silent = new PassThrough();
    silent.write(`${JSON.stringify(github('repo.create'))}\n`);
    const signals: Signal[] = [];
    const summary = await watch({
      from: [silent], ruleDirs: [], mappings, contentRules: [created], clock: () => 0, signal: stop.signal, onDiagnostic: () => undefined,
      onSignal: (signal) => {
        signals.push(signal);
        setImmediate(() => stop.abort());
      },
    });
    expect(summary).toMatchObject({ records: 1, signals: 1, unreadable: 0, interrupted: true });
  });

  it('survives records that are hostile', async () => {
    let deep: unknown = 'x';
    for (let at = 0; at < 20_000; at++) deep = [deep];
    const proto = JSON.parse('{"__proto__": {"action": "repo.create"}, "constructor": 1, "@timestamp": 1}') as unknown;
    const { summary, signals } = await run(
      { a: [proto, { ...github('repo.create'), repo: deep, org: { name: {} }, actor: [[]], user: 1e308 }, { '@timestamp': -1 }, { deep }] },
      { contentRules: [created, rule('words', '  s: [needle]\n  t: {repo|contains: x}\n  condition: s or t\n')] },
    );
    expect(summary).toMatchObject({ records: 4, mapped: 1, unmapped: 3 });
    expect(signals.map(({ rule: id }) => id)).toContain('event/repo-created');
  });
});
