import { describe, expect, it } from 'vitest';
import { chanceOfRegular, newIntervals, rhythmOf, seeTime } from '#learn/behaviour/regularity.ts';
import { drawFrom } from '#learn/draw.ts';
import type { Draw } from '#learn/draw.ts';
import type { KeyedMemory, StreamUnit, UnscoredSignal } from '#model/stream.ts';
import type { CaseObservation } from '#model/stream-cases.ts';
import beacon from '../stream-detectors/beacon.ts';
import dns from '../stream-detectors/dns-carries-data.ts';
import volume from '../stream-detectors/network-volume.ts';
import { askedName } from './names.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);

type Written = Required<Pick<CaseObservation, 'time'>> & CaseObservation;

function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

function memoryOf(): KeyedMemory<unknown> {
  const entries = new Map<string, unknown>();
  return {
    get size() { return entries.size; },
    get: (key) => entries.get(key),
    set(key, entry) { entries.delete(key); entries.set(key, entry); },
    delete(key) { entries.delete(key); },
    entries: () => entries,
  };
}

interface Run {
  readonly signals: readonly UnscoredSignal[];
  readonly surprises: readonly number[];
}

class Watch {
  readonly #unit: StreamUnit;
  readonly #memory = memoryOf();
  #state: unknown;

  constructor(unit: StreamUnit) {
    this.#unit = unit;
    this.#state = structuredClone(unit.initial);
  }

  /** What is known now, of one entity alone. */
  aside(key: string): Watch {
    const watch = new Watch(this.#unit);
    watch.#state = structuredClone(this.#state);
    watch.#memory.set(key, structuredClone(this.#memory.get(key)));
    return watch;
  }

  see(stream: readonly Written[]): Run {
    const signals: UnscoredSignal[] = [];
    const surprises: number[] = [];
    for (const { time, event, logsource } of stream.toSorted((a, b) => a.time - b.time)) {
      const filled = { class_name: 'x', category_uid: 4, activity_id: 6, type_uid: event.class_uid * 100 + 6, severity_id: 1, time, metadata: { version: '1.8.0', product: { name: 'x', vendor_name: 'x' } }, ...event };
      const step = this.#unit.step(this.#state, { event: filled, logsource, time, record: undefined }, time, this.#memory);
      this.#state = step.state;
      signals.push(...step.signals);
      surprises.push(...(step.judged ?? []).map(({ surprise }) => surprise));
    }
    return { signals, surprises };
  }
}

function run(unit: StreamUnit, stream: readonly Written[]): Run {
  return new Watch(unit).see(stream);
}

/** Surprises come no more often than they promise, three standard errors aside. */
function expectToHold(surprises: readonly number[]): void {
  for (const level of [1, 2, 3]) {
    const due = surprises.length * 10 ** -level;
    expect(surprises.filter((surprise) => surprise >= level).length, `at ${level} of ${surprises.length}`).toBeLessThan(1.5 * due + 3 * Math.sqrt(due) + 1);
  }
}

function flow(ip: string, to: string, time: number, bytes = 0): Written {
  return { logsource: {}, time, event: { class_uid: 4001, src_endpoint: { ip }, dst_endpoint: { hostname: to, port: 443 }, traffic: { bytes_out: bytes } } };
}

function question(ip: string, hostname: string, time: number): Written {
  return { logsource: {}, time, event: { class_uid: 4003, query: { hostname, type: 'A' }, src_endpoint: { ip } } };
}

/** Hosts of different size, whose days are spread by a law of their own; each rests on some days. */
function traffic(draw: Draw, hosts: number, days: number, factor: (host: number, at: number) => number = () => 1): Written[] {
  const stream: Written[] = [];
  for (let host = 0; host < hosts; host += 1) {
    const size = 2e6 * Math.exp(1.5 * normal(draw));
    const spread = 0.3 + 0.7 * draw();
    for (let at = 0; at < days; at += 1) {
      if (draw() < 0.2) continue;
      const sent = size * Math.exp(spread * normal(draw)) * factor(host, at);
      const places = 3 + Math.floor(10 * Math.exp(0.5 * normal(draw)));
      for (let place = 0; place < places; place += 1) stream.push(flow(`10.0.${host >> 8}.${host & 255}`, `site-${Math.floor(200 * draw())}.example`, start + at * day + Math.floor(draw() * day), sent / places));
    }
  }
  return stream;
}

/** Clients that ask for few names of many domains, some of them with identifiers in their names. */
function questions(draw: Draw, clients: number, days: number): Written[] {
  const stream: Written[] = [];
  for (let client = 0; client < clients; client += 1) {
    for (let at = 0; at < days * 40; at += 1) {
      const site = Math.floor(300 * draw() ** 2);
      const prefix = site % 10 === 0 ? Math.floor(draw() * 2 ** 45).toString(36) : ['www', 'api', 'mail', 'static'][at % 4] as string;
      stream.push(question(`10.0.0.${client}`, `${prefix}.site-${site}.example`, start + Math.floor(draw() * days * day)));
    }
  }
  return stream;
}

function tunnel(draw: Draw, ip: string, domain: string, from: number, count: number): Written[] {
  return Array.from({ length: count }, (_, at) => question(ip, `${Array.from({ length: 5 }, () => Math.floor(draw() * 2 ** 45).toString(36)).join('')}.${domain}`, from + at * 30_000));
}

function contacts(ip: string, to: string, from: number, count: number, interval: () => number): Written[] {
  let time = from;
  return Array.from({ length: count }, () => flow(ip, to, (time += interval())));
}

describe('regularity', () => {
  it('gives chances that hold for times of chance, whatever their rate', () => {
    const draw = drawFrom(5);
    const chances = Array.from({ length: 4_000 }, (_, round) => {
      const intervals = newIntervals(0);
      let time = 0;
      while (intervals.count < 20) seeTime(intervals, (time += -Math.log(1 - draw()) * 10 ** (4 + (round % 4))));
      return chanceOfRegular(intervals);
    });
    for (const level of [0.5, 0.1, 0.02]) expect(chances.filter((chance) => chance <= level).length / chances.length / level, `${level}`).toBeLessThan(1.2 + 3 / Math.sqrt(level * chances.length));
  });

  it('knows a period and how far it strays', () => {
    const draw = drawFrom(6);
    const intervals = newIntervals(0);
    let time = 0;
    for (let at = 0; at < 200; at += 1) seeTime(intervals, (time += 60_000 * (0.8 + 0.4 * draw())));
    expect(rhythmOf(intervals).period).toBeCloseTo(60_000, -4);
    expect(rhythmOf(intervals).jitter).toBeCloseTo(0.4 / Math.sqrt(12), 1);
    expect(chanceOfRegular(intervals)).toBeLessThan(1e-12);
  });
});

describe('asked names', () => {
  it('are divided where they are registered', () => {
    expect(askedName('a.b.Example.com.')).toEqual({ domain: 'example.com', prefix: 'a.b' });
    expect(askedName('www.bank.co.uk')).toEqual({ domain: 'bank.co.uk', prefix: 'www' });
    for (const name of ['', '.', 'localhost', '1.0.0.10.in-addr.arpa', 'printer.local', '10.0.0.1', 'a..b.example', 'x'.repeat(300)]) expect(askedName(name), name).toBeUndefined();
  });
});

describe('on drawn streams that are normal', () => {
  it('volumes surprise as often as they promise, and few are told', () => {
    const { signals, surprises } = run(volume, traffic(drawFrom(1), 120, 40));
    expect(surprises.length).toBeGreaterThan(3_000);
    expectToHold(surprises);
    expect(signals.length).toBeLessThan(12);
  });

  it('questions surprise as often as they promise, and none is told', () => {
    const { signals, surprises } = run(dns, questions(drawFrom(2), 60, 14));
    expect(surprises.length).toBeGreaterThan(500);
    expectToHold(surprises);
    expect(signals).toEqual([]);
  });

  it('contacts at times of chance are no beacons', () => {
    const draw = drawFrom(3);
    const stream = [...traffic(draw, 20, 5)];
    for (let pair = 0; pair < 400; pair += 1) {
      const mean = 10 ** (4.5 + 1.5 * draw());
      stream.push(...contacts(`10.0.0.${pair % 20}`, `new-${pair}.example`, start + 4 * day + Math.floor(draw() * day), 40, () => 100 - mean * Math.log(1 - draw())));
    }
    const { signals, surprises } = run(beacon, stream);
    expect(surprises.length).toBeGreaterThan(350);
    expectToHold(surprises);
    expect(signals).toEqual([]);
  });
});

describe('what is not normal', () => {
  it('is told within minutes, once, and not before anything is known', () => {
    const draw = drawFrom(4);
    const known = questions(draw, 60, 8);
    const told = run(dns, [...known, ...tunnel(draw, '10.0.0.7', 'evil.example', start + 8 * day, 300)]).signals;
    expect(told).toHaveLength(1);
    expect(((told[0] as UnscoredSignal).time - start - 8 * day) / 60_000).toBeLessThan(60);
    expect(run(dns, [...known, ...tunnel(draw, '10.0.0.7', 'evil.example', start + day, 300)]).signals).toEqual([]);
  });

  it('is still told when it began with the stream, one source in twenty being hostile', () => {
    const draw = drawFrom(8);
    const hostile = (host: number): boolean => host % 20 === 0;
    // They grow a little each day, so that what they do at last looks usual.
    const grown = traffic(draw, 200, 30, (host, at) => (hostile(host) ? 1.1 ** at : 1));
    const clean = traffic(drawFrom(8), 200, 30);
    const count = (stream: readonly Written[]): number => {
      const watched = new Watch(volume);
      watched.see(stream);
      const hosts = Array.from({ length: 200 }, (_, host) => host).filter((host) => !hostile(host));
      return hosts.filter((host) => watched.aside(`10.0.0.${host}`).see([flow(`10.0.0.${host}`, 'evil.example', start + 30 * day, 1e8)]).signals.length > 0).length;
    };
    const without = count(clean);
    expect(without).toBeGreaterThan(60);
    expect(count(grown)).toBeGreaterThan(without * 0.8);
  });

  it('becomes usual when it stays', () => {
    const draw = drawFrom(9);
    const stream = traffic(draw, 60, 50, (host, at) => (host === 7 && at >= 20 ? 300 : 1));
    const told = run(volume, stream).signals.filter(({ message }) => message.includes('10.0.0.7 sent')).map(({ time }) => (time - start) / day);
    expect(told.length).toBeGreaterThan(0);
    expect(Math.max(...told)).toBeLessThan(40);
  });
});

describe('cost', () => {
  it('is a few microseconds an event, and bytes an entity', () => {
    const stream = traffic(drawFrom(10), 150, 10).toSorted((a, b) => a.time - b.time);
    for (const unit of [volume, beacon]) {
      run(unit, stream.slice(0, 3_000));
      const before = process.threadCpuUsage();
      run(unit, stream);
      const { user, system } = process.threadCpuUsage(before);
      // The bound of 10 is measured alone; with others on the machine it is far off.
      expect((user + system) / stream.length).toBeLessThan(100);
    }
  });
});
