import { describe, expect, it } from 'vitest';
import type { KeyedMemory, Observation, StreamStep } from '#model/stream.ts';
import unit from '../stream-detectors/unusual-log-line.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);

/** A stream of numbers that looks random and is the same each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Line {
  readonly time: number;
  readonly message: string;
  readonly program?: string;
}

class Watch {
  readonly memory = new Map<string, unknown>();
  readonly signals: StreamStep<unknown>['signals'][number][] = [];
  readonly surprises: number[] = [];
  private state: unknown = structuredClone(unit.initial);

  push({ time, message, program = 'storaged' }: Line): number {
    const observation: Observation = { logsource: { product: 'linux', service: 'syslog' }, time, record: { message, process: program, host: 'web-1' }, event: { time, message } as unknown as Observation['event'] };
    const { memory } = this;
    const keyed: KeyedMemory<unknown> = { size: memory.size, get: (key) => memory.get(key), set: (key, entry) => void memory.set(key, entry), delete: (key) => void memory.delete(key), entries: () => memory.entries() };
    const step = unit.step(this.state, observation, time, keyed);
    this.state = step.state;
    this.signals.push(...step.signals);
    for (const { surprise } of step.judged ?? []) this.surprises.push(surprise);
    return step.signals.length;
  }
}

const syllables = ['ba', 'ko', 'ri', 'mu', 'ten', 'sol', 'ver', 'lin', 'dar', 'pex', 'wo', 'gi'];

/** The words of statement `n` of a program: the same for the same number, and unlike those of others. */
function statement(n: number): string {
  const word = (part: number): string => Array.from({ length: 3 }, (_, at) => syllables[Math.floor((n * 7919 + part * 104_729 + at * 1_299_709) / (at + 1)) % syllables.length]).join('');
  return `${word(1)} ${word(2)} ${word(3)}`;
}

interface Habit {
  readonly days: number;
  readonly perDay?: number;
  readonly seed?: number;
  /** New statements a day. */
  readonly births?: number;
  readonly factor?: (time: number) => number;
}

/** What a program writes: some statements often, most seldom, busy by day and in bursts, now and then one that is new. */
function* ordinary({ days, perDay = 400, seed = 7, births = 0.2, factor = () => 1 }: Habit): Generator<Line> {
  const roll = dice(seed);
  let known = 30;
  let last = 0;
  for (let time = start; time < start + days * day;) {
    const busy = 0.3 + Math.sin(((time / day) % 1) * Math.PI);
    time += (-Math.log(1 - roll()) * day) / (perDay * busy);
    if (roll() < births / perDay) known++;
    const n = roll() < 0.4 ? last : Math.min(known - 1, Math.floor(known * roll() ** 3));
    last = n;
    yield { time, message: `${statement(n)} of vol-${100 + Math.floor(roll() * 50)} took ${Math.round(factor(time) * Math.exp(5 + roll() + roll() - 1))} ms` };
  }
}

function watched(lines: Iterable<Line>): Watch {
  const watch = new Watch();
  for (const line of lines) watch.push(line);
  return watch;
}

describe('event/unusual-log-line', () => {
  it('is calibrated: of lines of a normal stream, surprises come no more often than they promise', () => {
    const watches = [1, 2, 3].map((seed) => watched(ordinary({ days: 45, seed })));
    const surprises = watches.flatMap((watch) => watch.surprises);
    expect(surprises.length).toBeGreaterThan(30_000);
    for (const level of [1, 2, 3]) expect(surprises.filter((surprise) => surprise >= level).length / surprises.length, `surprise ${level}`).toBeLessThan(1.5 * 10 ** -level);
    expect(surprises.filter((surprise) => surprise >= 1).length / surprises.length).toBeGreaterThan(0.002);
  });

  it('speaks little of a normal stream', () => {
    for (const seed of [1, 2, 3]) expect(watched(ordinary({ days: 45, seed })).signals.length).toBeLessThan(0.5 * 45);
  });

  it('follows drift: durations that double each week are not told', () => {
    const watch = watched(ordinary({ days: 42, births: 0, factor: (time) => 2 ** ((time - start) / (7 * day)) }));
    expect(watch.signals.filter(({ title }) => title.startsWith('A number'))).toEqual([]);
  });

  it('tells a new version of a program once or twice, and is silent when it stays', () => {
    const watch = watched(ordinary({ days: 20, births: 0 }));
    const before = watch.signals.length;
    const later = [...ordinary({ days: 10, births: 0, seed: 8 })].map((line) => ({ time: line.time + 20 * day, message: line.message.replace(/^\w+ (\w+)/, 'release $1') }));
    const cut = later.findIndex(({ time }) => time > start + 22 * day);
    for (const line of later.slice(0, cut)) watch.push(line);
    const told = watch.signals.length - before;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(4);
    const settled = watch.signals.length;
    for (const line of later.slice(cut)) watch.push(line);
    expect(watch.signals.length - settled).toBeLessThanOrEqual(2);
  });

  it('keeps what it finds where one line in twenty is hostile: who trains it on odd lines hides at most half of what was found, and is told', () => {
    const clean = watched(ordinary({ days: 25, births: 0 }));
    const roll = dice(99);
    const hostile = new Watch();
    let told = 0;
    for (const line of ordinary({ days: 25, births: 0 })) {
      hostile.push(line);
      if (line.time < start + 8 * day || roll() >= 0.05) continue;
      const n = 10_000 + Math.floor((line.time - start) / (day / 2)) + Math.floor(roll() * 3);
      told += hostile.push({ time: line.time + 1, message: `${statement(n)} failed for vol-${Math.floor(roll() * 100)} after ${Math.round(2 ** (roll() * 24))} ms` });
    }
    const attacks = Array.from({ length: 24 }, (_, at): Line => ({ time: start + (25 + at / 6) * day, message: at % 2 === 0 ? `${statement(20_000 + at)} was refused, signature invalid` : `${statement(at % 4)} of vol-120 took ${9e9 + at} ms` }));
    const found = (watch: Watch): number => attacks.reduce((sum, line) => sum + watch.push(line), 0);
    const cleanFound = found(clean);
    const hostileFound = found(hostile);
    expect(told).toBeGreaterThanOrEqual(10);
    expect(cleanFound).toBeGreaterThanOrEqual(10);
    expect(hostileFound).toBeGreaterThanOrEqual(cleanFound / 2);
  });

  it('shows nothing of what stands behind the name of a secret', () => {
    const watch = watched(ordinary({ days: 20, births: 0 }));
    const texts = ['login failed with password: horse-battery', 'refused token=abcDEFghi of api', 'bad passphrase was staple'];
    const told = texts.map((message, at) => watch.push({ time: start + (20 + 2 * at) * day, message }));
    expect(told).toEqual([1, 1, 1]);
    expect(watch.signals.slice(-3).map(({ message }) => message).join(' ')).not.toMatch(/horse|abcDEF|staple/);
  });

  it('costs little for an event', () => {
    const lines = [...ordinary({ days: 30, perDay: 1000 })];
    watched(lines.slice(0, 5000));
    const started = process.threadCpuUsage();
    watched(lines);
    const { user, system } = process.threadCpuUsage(started);
    expect((user + system) / lines.length).toBeLessThan(200);
  });
});
