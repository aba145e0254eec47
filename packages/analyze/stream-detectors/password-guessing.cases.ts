import { type CaseObservation, defineStreamCases } from '#model/stream-cases.ts';

const start = Date.UTC(2026, 2, 4, 5);
const minute = 60_000;

interface Attempt {
  readonly from?: string;
  readonly name?: string;
  readonly at?: number;
  readonly ok?: boolean;
  readonly teller?: string;
  readonly activity?: number;
}

function attempt({ from = '203.0.113.9', name = 'root', at = 0, ok = false, teller = 'OpenSSH', activity = 1 }: Attempt = {}): CaseObservation {
  return {
    logsource: { product: 'linux', service: 'sshd' }, time: start + at,
    event: { class_uid: 3002, activity_id: activity, status_id: ok ? 1 : 2, user: { name }, src_endpoint: { ip: from }, dst_endpoint: { hostname: 'web-1' }, metadata: { product: { name: teller } } },
  };
}

const times = (count: number, make: (at: number) => Attempt): CaseObservation[] => Array.from({ length: count }, (_, at) => attempt(make(at)));
const inside = '10.0.0.7';

export default defineStreamCases({
  fires: [
    { name: 'ten failures in a minute', observations: times(10, (at) => ({ at: at * 5_000 })) },
    { name: 'a hundred are told at ten and at a hundred', observations: times(100, (at) => ({ at: at * 5_000 })), signals: 2 },
    { name: 'slow guessing of many names', observations: times(15, (at) => ({ at: at * 5 * minute, name: `user${at % 6}` })) },
    { name: 'one name for hours', observations: times(60, (at) => ({ at: at * 3 * minute, from: inside })) },
    { name: 'a sign-in behind them', observations: [...times(25, (at) => ({ at: at * 2_000 })), attempt({ at: 2 * minute, ok: true })], signals: 2 },
    { name: 'a sign-in behind many names, told once', observations: [...times(12, (at) => ({ at: at * 2_000, name: `user${at}` })), attempt({ at: 2 * minute, ok: true }), attempt({ at: 3 * minute, ok: true })], signals: 2 },
    { name: 'one account, from many sources', observations: times(24, (at) => ({ at: at * 10 * minute, from: `198.51.100.${at % 12}` })) },
    { name: 'a pause of a night does not make it news', observations: [...times(10, (at) => ({ at: at * 5_000 })), ...times(10, (at) => ({ at: 8 * 60 * minute + at * 5_000 }))] },
  ],
  silent: [
    { name: 'a person who mistypes and then remembers', observations: [...times(6, (at) => ({ at: at * 10_000 })), attempt({ at: 2 * minute, ok: true })] },
    { name: 'the same failure from two modules', observations: times(9, (at) => ({ at: at * 5_000 })).flatMap((one, at) => [one, attempt({ at: at * 5_000, teller: 'PAM' })]) },
    { name: 'an office behind one address in the morning', observations: times(60, (at) => ({ at: at * 5_000, name: `user${at}`, ok: at % 3 !== 0 })) },
    { name: 'a program that tries an old password each hour', observations: times(24, (at) => ({ at: at * 60 * minute, from: inside })) },
    { name: 'sign-outs', observations: times(40, (at) => ({ at: at * 1_000, activity: 2 })) },
    { name: 'failures days apart', observations: times(20, (at) => ({ at: at * 25 * 60 * minute, name: `user${at}` })) },
    { name: 'an event of another class', observations: Array.from({ length: 20 }, () => ({ logsource: {}, event: { class_uid: 3001, activity_id: 1, status_id: 2, src_endpoint: { ip: '203.0.113.9' } } })) },
    { name: 'failures without a source', observations: Array.from({ length: 20 }, () => ({ logsource: {}, event: { class_uid: 3002, activity_id: 1, status_id: 2, user: { name: 'root' } } })) },
  ],
});
