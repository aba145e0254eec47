import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import { toDetectionFinding } from '#act/signal-ocsf.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { ListeningSource, ReplayableSource } from '#model/intake.ts';
import type { Notice, OpenSink } from '#model/sink.ts';
import { openState } from '#store/state.ts';
import { IncidentFile, replayDismissals } from './incidents.ts';
import { liveWatch } from './live-watch.ts';
import type { EventLake, LiveWatchOptions } from './live-watch.ts';

const rule = (name: string, action: string, level = 'high'): { id: string; yaml: string } => ({
  id: `event/${name}`, yaml: `title: Rule ${name}\nlogsource: {product: github}\ntags: [attack.persistence, attack.t1098]\nlevel: ${level}\nstatus: stable\ndetection:\n  s: {action: ${action}}\n  condition: s\n`,
});
const counted = {
  id: 'event/many', yaml: `title: Many\ntags: [attack.exfiltration, attack.t1530]\nlevel: high\ncorrelation:\n  type: event_count\n  rules: [cloned]\n  group-by: [actor]\n  timespan: 1h\n  condition: {gte: 5}\n---\ntitle: Cloned\nname: cloned\nlogsource: {product: github}\nlevel: low\ndetection:\n  s: {action: git.clone}\n  condition: s\n`,
};
const contentRules = [rule('key', 'public_key.create'), rule('owner', 'org.add_member', 'medium'), counted];
const start = Date.UTC(2026, 2, 4);
const actions = ['git.clone', 'public_key.create', 'git.clone', 'org.add_member', 'git.fetch'];
const people = ['mira', 'olaf', 'pia'];
const records = Array.from({ length: 200 }, (_, at) => ({
  '@timestamp': start + at * 20_000, _document_id: `d-${at}`, action: actions[at % actions.length] ?? '', actor: people[Math.floor(at / 7) % people.length], org: 'acme', repo: `acme/of-${people[Math.floor(at / 7) % people.length]}`,
}));

function source(id: string, values: readonly object[], batch = 7): ReplayableSource {
  return {
    kind: 'replayable', id,
    async *read(from) {
      for (let at = typeof from?.at === 'number' ? from.at : 0; at < values.length; at += batch) {
        const some = values.slice(at, at + batch);
        await Promise.resolve();
        yield { records: some.map((value, n) => ({ source: id, sequence: at + n + 1, value })), position: { at: at + some.length } };
      }
    },
  };
}

class MemoryLake implements EventLake {
  readonly kept = new Map<number, string[]>();
  private waiting: string[] = [];
  latestEpoch(): number {
    return Math.max(0, ...this.kept.keys());
  }
  recover(committed: number): Promise<void> {
    for (const epoch of [...this.kept.keys()].filter((one) => one > committed)) this.kept.delete(epoch);
    this.waiting = [];
    return Promise.resolve();
  }
  append(event: { readonly class_uid: number }, _epoch: number, { source: from, sequence }: { readonly source: string; readonly sequence: number }): void {
    this.waiting.push(`${event.class_uid} ${from} ${sequence}`);
  }
  flush(epoch: number): Promise<void> {
    this.kept.set(epoch, this.waiting);
    this.waiting = [];
    return Promise.resolve();
  }
  committed(): void {
    // the test looks only at what is kept
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
  get all(): string[] {
    return [...this.kept.values()].flat().sort();
  }
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ww-live-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let ticks = 0;
const diagnostics: Diagnostic[] = [];
function options(more: Partial<LiveWatchOptions> = {}): LiveWatchOptions {
  diagnostics.length = 0;
  return {
    folder, replayable: [source('a', records)], listening: [], lake: undefined, sinks: [], follow: false, ruleDirs: [], mappings, contentRules,
    // Half a second goes by whenever somebody asks: checkpoints come often.
    clock: () => start + (ticks += 500), onSignal: () => undefined, onDiagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    signalEvent: (signal) => toDetectionFinding(signal, { name: 'watchward', version: '0' }), ...more,
  };
}

const keptIncidents = (): unknown[] => {
  const state = openState(join(folder, 'state'), { role: 'guest' });
  try {
    return state.incidents();
  } finally {
    state.close();
  }
};

describe('watching that remembers', () => {
  it('comes to the same incidents and events wherever it was broken off', async () => {
    const whole = new MemoryLake();
    await liveWatch(options({ lake: whole }));
    const expected = keptIncidents();
    expect(expected.length).toBeGreaterThan(1);
    for (const dieAt of [1, 3, 17, 40, 41, 60]) {
      rmSync(folder, { recursive: true, force: true });
      const lake = new MemoryLake();
      let signals = 0;
      const fatal = options({ lake, onSignal: () => { if (++signals === dieAt) throw new Error('killed'); } });
      await expect(liveWatch(fatal)).rejects.toThrow('killed');
      await liveWatch(options({ lake }));
      expect(keptIncidents()).toEqual(expected);
      expect(lake.all).toEqual(whole.all);
    }
  });

  it('reads nothing twice', async () => {
    const first = await liveWatch(options());
    const again = await liveWatch(options());
    expect([first.records, again.records]).toEqual([records.length, 0]);
    const more = await liveWatch(options({ replayable: [source('a', [...records, ...records.slice(0, 3)])] }));
    expect(more.records).toBe(3);
  });

  it('takes what is sent to it once it is safe, and goes on with it after a break', async () => {
    const listening: ListeningSource = {
      kind: 'listening', id: 'syslog',
      async start(accept) {
        await accept(records.slice(0, 50).map((value, at) => ({ source: 'peer', sequence: at + 1, value })));
        return { addresses: ['127.0.0.1:1'], close: () => Promise.resolve() };
      },
    };
    await expect(liveWatch(options({ replayable: [], listening: [listening], onSignal: () => { throw new Error('killed'); } }))).rejects.toThrow('killed');
    const silent: ListeningSource = { ...listening, start: () => Promise.resolve({ addresses: [], close: () => Promise.resolve() }) };
    const { records: read } = await liveWatch(options({ replayable: [], listening: [silent] }));
    expect(read).toBe(50);
  });

  it('hands incidents on until their receiver has them, under the same key', async () => {
    const taken: Notice[] = [];
    let down = true;
    const sink: OpenSink = { deliver: (notices) => (down ? Promise.reject(new Error('no route')) : Promise.resolve(void taken.push(...notices))), close: () => Promise.resolve() };
    const sinks = [{ name: 'chat', takes: ['incident' as const], sink }];
    await liveWatch(options({ sinks }));
    expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(['sink-failed', 'outbox-waiting']));
    down = false;
    ticks += 3_600_000;
    await liveWatch(options({ sinks }));
    expect(taken.length).toBeGreaterThan(2);
    expect(new Set(taken.map(({ key }) => key)).size).toBe(taken.length);
    expect(taken.every(({ kind }) => kind === 'incident')).toBe(true);
  });

  it('tells receivers nothing below the severity that they are to hear of', async () => {
    const taken: Notice[] = [];
    const sinks = [{ name: 'chat', takes: ['incident', 'signal'] as const, sink: { deliver: (notices: readonly Notice[]) => Promise.resolve(void taken.push(...notices)), close: () => Promise.resolve() } }];
    await liveWatch(options({ sinks, handOnFrom: 'high' }));
    const low = taken.filter((notice) => !['high', 'critical'].includes((notice.kind === 'signal' ? notice.signal : notice.incident).severity));
    expect([taken.length > 0, low]).toEqual([true, []]);
  });

  it('tells receivers once that a person has closed an incident', async () => {
    const taken: Notice[] = [];
    const sinks = [{ name: 'pager', takes: ['incident' as const], sink: { deliver: (notices: readonly Notice[]) => Promise.resolve(void taken.push(...notices)), close: () => Promise.resolve() } }];
    await liveWatch(options({ sinks }));
    const file = new IncidentFile(folder);
    const [worst] = file.list();
    if (worst === undefined) throw new Error('no incident');
    file.judge(worst.incident, { verdict: 'closed', reason: 'done', owner: 'mira', given: start });
    file.close();
    taken.length = 0;
    for (let run = 0; run < 2; run++) await liveWatch(options({ sinks }));
    expect(taken.map((notice) => (notice.kind === 'incident' ? [notice.incident.id, notice.verdict] : []))).toEqual([[worst.incident.id, 'closed']]);
  });

  it('keeps to what people say: closed comes back as regressed, dismissed is told to nobody and replayed', async () => {
    await liveWatch(options({ replayable: [source('a', records.slice(0, 100))] }));
    const file = new IncidentFile(folder);
    const [worst] = file.list();
    if (worst === undefined) throw new Error('no incident');
    const said = { reason: 'known', owner: 'mira', given: start };
    file.judge(worst.incident, { ...said, verdict: 'closed' });
    file.close();
    const changes: string[] = [];
    await liveWatch(options({ replayable: [source('a', records.slice(0, 160))], onUpdate: ({ change }) => void changes.push(change) }));
    expect(changes).toContain('regressed');
    const again = new IncidentFile(folder);
    for (const { incident } of again.list()) expect(again.judge(incident, { ...said, verdict: 'dismissed', until: '2026-12-31' }).kept).toBe(true);
    again.close();
    const summary = await liveWatch(options());
    expect(summary.dismissed).toBe(summary.signals);
    expect(summary.signals).toBeGreaterThan(0);
    const units = { ruleDirs: [], mappings, clock: () => start };
    expect(replayDismissals(folder, { ...units, contentRules }).dismissals.every(({ added }) => added.length === 0)).toBe(true);
    const louder = replayDismissals(folder, { ...units, contentRules: [...contentRules, rule('new', 'public_key.create')] });
    expect(louder.dismissals.some(({ added }) => added.includes('event/new'))).toBe(true);
  });

  it('goes on with the other sources when one fails, and fails when none is left', async () => {
    const broken: ReplayableSource = {
      kind: 'replayable', id: 'broker',
      read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('the broker is gone')) }) }),
    };
    const { degraded, records: read } = await liveWatch(options({ follow: true, replayable: [broken, source('a', records)] }));
    expect([degraded, read]).toEqual([true, records.length]);
    expect(diagnostics.find(({ code }) => code === 'source-failed')?.message).toContain('the broker is gone');
    await expect(liveWatch(options({ follow: true, replayable: [broken] }))).rejects.toThrow('the broker is gone');
  });

  it('says that a state was damaged and begins anew', async () => {
    await liveWatch(options());
    const { writeFileSync, readdirSync } = await import('node:fs');
    const state = join(folder, 'state');
    for (const name of readdirSync(state).filter((one) => one.includes('sqlite') && !one.startsWith('lock'))) writeFileSync(join(state, name), 'x'.repeat(8192));
    const summary = await liveWatch(options());
    expect(summary.records).toBe(records.length);
    expect(diagnostics.map(({ code }) => code)).toContain('state-damaged');
  });
});
