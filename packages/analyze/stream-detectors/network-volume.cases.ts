import { defineStreamCases } from '#model/stream-cases.ts';
import type { CaseObservation } from '#model/stream-cases.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);

function flow(ip: string, to: string, time: number, bytes: number): CaseObservation {
  return { logsource: { category: 'firewall' }, time, event: { class_uid: 4001, activity_id: 6, src_endpoint: { ip }, dst_endpoint: { ip: to, port: 443 }, traffic: { bytes_out: bytes, bytes_in: 9 * bytes } } };
}

const hosts = 12;
/** Eight days of twelve hosts that send one to three megabytes to five places each. */
const usual: readonly CaseObservation[] = Array.from({ length: 8 * hosts * 5 }, (_, at) => {
  const [days, host, turn] = [Math.floor(at / (hosts * 5)), Math.floor(at / 5) % hosts, at % 5];
  return flow(`10.0.0.${host + 1}`, `198.51.100.${turn + 1}`, start + days * day + host * 3_600_000 + turn * 60_000, 2e5 + ((at * 7919) % 400_000));
});
const later = start + 8 * day + 1000;

export default defineStreamCases({
  fires: [
    { name: 'a host that sends a thousand times as much', observations: [...usual, ...Array.from({ length: 20 }, (_, at) => flow('10.0.0.4', '203.0.113.9', later + at * 60_000, 1e8))] },
    { name: 'a host that speaks to hundreds', observations: [...usual, ...Array.from({ length: 250 }, (_, at) => flow('10.0.0.4', `10.0.1.${at}`, later + at * 1000, 60))] },
    { name: 'both at once are two', signals: 2, observations: [...usual, ...Array.from({ length: 250 }, (_, at) => flow('10.0.0.4', `10.0.1.${at}`, later + at * 1000, 1e7))] },
    { name: 'one change for all hosts is told for the first of them', signals: 3, observations: [...usual, ...Array.from({ length: hosts }, (_, host) => flow(`10.0.0.${host + 1}`, '203.0.113.9', later + host * 1000, 1e9))] },
  ],
  silent: [
    { name: 'more of the same', observations: [...usual, ...usual.slice(0, hosts * 5).map((one) => ({ ...one, time: (one.time ?? 0) + 8 * day }))] },
    { name: 'twice as much', observations: [...usual, ...Array.from({ length: 10 }, (_, at) => flow('10.0.0.4', '198.51.100.1', later + at * 60_000, 4e5))] },
    { name: 'a host that nobody knows yet', observations: [...usual, flow('10.0.0.99', '203.0.113.9', later, 1e9)] },
    { name: 'a host whose days were always as uneven', observations: [...usual.flatMap((one, at) => (at % (2 * hosts * 5) === 15 ? [one, flow('10.0.0.4', '198.51.100.1', (one.time ?? 0) + 30_000, 8e8)] : [one])), flow('10.0.0.4', '198.51.100.1', later, 8e8)] },
    { name: 'without an end or an amount', observations: [...usual, flow('', '198.51.100.1', later, 1e9), { logsource: {}, time: later, event: { class_uid: 4001, src_endpoint: { ip: '10.0.0.4' } } }] },
  ],
});
