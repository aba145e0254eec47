import { defineStreamCases } from '#model/stream-cases.ts';
import type { CaseObservation } from '#model/stream-cases.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);

function flow(ip: string, hostname: string, time: number, port = 443): CaseObservation {
  return { logsource: { category: 'firewall' }, time, event: { class_uid: 4001, activity_id: 6, src_endpoint: { ip }, dst_endpoint: { hostname, port } } };
}

function drawFrom(seed: number): () => number {
  let bits = seed >>> 0;
  return () => {
    bits = (Math.imul(bits, 0x19660d) + 0x3c6ef35f) >>> 0;
    return (bits >>> 8) / 2 ** 24;
  };
}

function contacts(ip: string, hostname: string, from: number, count: number, interval: (draw: () => number) => number): CaseObservation[] {
  const draw = drawFrom(from / 1000 + count);
  let time = from;
  return Array.from({ length: count }, () => flow(ip, hostname, (time += Math.round(interval(draw)))));
}

/** Five days of clients that ask for the time every 64 seconds a few times a day, and speak to sites. */
const usual: readonly CaseObservation[] = Array.from({ length: 5 * 40 }, (_, at) => [
  flow(`10.0.0.${(at % 4) + 1}`, 'time.example', start + at * 2_160_000, 123), flow(`10.0.0.${(at % 4) + 1}`, `site-${at % 9}.example`, start + at * 2_160_000 + 30_000),
]).flat();
const later = start + 5 * day;

export default defineStreamCases({
  fires: [
    { name: 'once a minute, a tenth less or more', observations: [...usual, ...contacts('10.0.0.2', 'c2.evil.example', later, 60, (draw) => 60_000 * (0.9 + 0.2 * draw()))] },
    { name: 'every quarter of an hour, a third less or more', observations: [...usual, ...contacts('10.0.0.2', 'c2.evil.example', later, 60, (draw) => 900_000 * (0.67 + 0.66 * draw()))] },
    { name: 'interrupted by a night', observations: [...usual, ...contacts('10.0.0.3', 'c2.evil.example', later, 9, () => 300_000), ...contacts('10.0.0.3', 'c2.evil.example', later + day / 2, 20, () => 300_000)] },
  ],
  silent: [
    { name: 'contacts at times of chance', observations: [...usual, ...contacts('10.0.0.2', 'new.example', later, 200, (draw) => -60_000 * Math.log(1 - draw()) + 100)] },
    { name: 'what was always regular', observations: [...usual, ...contacts('10.0.0.2', 'time.example', later, 100, () => 64_000).map((one) => ({ ...one, event: { ...one.event, dst_endpoint: { hostname: 'time.example', port: 123 } } }))] },
    { name: 'regular from the first hour', observations: contacts('10.0.0.2', 'health.example', start, 300, () => 60_000) },
    { name: 'a new destination of many', observations: [...usual, ...Array.from({ length: 60 }, (_, at) => [1, 2, 3, 4].map((host) => flow(`10.0.0.${host}`, 'agent.example', later + at * 60_000 + host * 500))).flat()] },
    { name: 'somebody who reads, in bursts', observations: [...usual, ...contacts('10.0.0.2', 'new.example', later, 200, (draw) => (draw() < 0.8 ? 500 + 9_000 * draw() : 900_000 * draw()))] },
    { name: 'without ends', observations: [...usual, flow('', 'x.example', later), flow('10.0.0.1', '', later), { logsource: {}, time: later, event: { class_uid: 4001 } }] },
  ],
});
