import { defineStreamCases, type CaseObservation } from '#model/stream-cases.ts';

const monday = Date.UTC(2026, 2, 2);
const hour = 3_600_000;
const day = 24 * hour;
const oslo = { country: 'NO', lat: 59.9, long: 10.7 };
const abroad = { country: 'BR', lat: -23.5, long: -46.6 };
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:122.0) Gecko/20100101 Firefox/122.0';

interface Step {
  readonly who?: string;
  readonly time: number;
  readonly operation: string;
  readonly resource?: string;
  readonly tool?: string;
  readonly place?: object;
  readonly network?: number;
  readonly class?: number;
  readonly failed?: boolean;
}

function did({ who = 'mira', time, operation, resource, tool = browser, place = oslo, network = 64_500, class: uid = 6003, failed = false }: Step): CaseObservation {
  return {
    logsource: { product: 'aws' }, time,
    event: {
      class_uid: uid, actor: { user: { name: who, type_id: who.endsWith('[bot]') ? 4 : 1 } }, api: { operation }, http_request: { user_agent: tool }, status_id: failed ? 2 : 1,
      src_endpoint: { ip: '192.0.2.7', location: place, autonomous_system: { number: network } }, ...(resource === undefined ? {} : { resources: [{ name: resource, type: 'Repository' }] }),
    },
  };
}

/** Days with a sign-in at eight and work until the afternoon, none at weekends. */
function work(days: number, who?: string): CaseObservation[] {
  const named = who === undefined ? {} : { who };
  return Array.from({ length: days }, (_, index) => index).filter((index) => index % 7 < 5).flatMap((index) => [8, 9, 11, 13, 15].map((at, turn) =>
    did({ ...named, time: monday + index * day + at * hour + ((index * 7 + turn) % 40) * 60_000, operation: turn === 0 ? 'Login' : ['GetObject', 'PutObject', 'ListObjects'][(index + turn) % 3] ?? '', resource: `acme/${['web', 'api'][(index + turn) % 2]}` })));
}

const night = monday + 43 * day + 2 * hour;
const noon = monday + 43 * day + 10 * hour;
const taken = { tool: 'python-requests/2.31.0', place: abroad, network: 64_999 };

export default defineStreamCases({
  fires: [
    { name: 'a key made at night, from another country, with another tool', observations: [...work(43), did({ ...taken, time: night, operation: 'CreateAccessKey', resource: 'account-7' })] },
    { name: 'one signal for a sitting, and another when something dangerous comes to it', observations: [...work(43), did({ ...taken, time: night, operation: 'ListSecrets', resource: 'vault' }), did({ ...taken, time: night + 60_000, operation: 'ListUsers' }), did({ ...taken, time: night + 120_000, operation: 'AttachUserPolicy' })], signals: 2 },
    { name: 'a bot that clones what it never did, from elsewhere', observations: [...work(43, 'deploy[bot]'), did({ ...taken, who: 'deploy[bot]', time: night, operation: 'git.clone', resource: 'acme/payments' })] },
  ],
  silent: [
    { name: 'more of the same', observations: work(50) },
    { name: 'a day off, and work the day after', observations: [...work(43), did({ time: noon + day, operation: 'GetObject', resource: 'acme/web' })] },
    { name: 'a journey', observations: [...work(43), did({ time: noon, operation: 'GetObject', resource: 'acme/web', place: abroad, network: 64_999 })] },
    { name: 'another version of the same browser', observations: [...work(43), did({ time: noon, operation: 'GetObject', resource: 'acme/web', tool: browser.replaceAll('122', '123') })] },
    { name: 'somebody of whom nothing is known', observations: [...work(43), did({ ...taken, who: 'jonas', time: night, operation: 'CreateAccessKey', resource: 'account-7' })] },
    { name: 'three days of history', observations: [...work(3), did({ ...taken, time: monday + 3 * day + 2 * hour, operation: 'CreateAccessKey' })] },
    { name: 'sign-ins of others that fail under this name', observations: [...work(43), ...Array.from({ length: 3 }, (_, index) => did({ ...taken, time: night + index * 1000, operation: 'Login', class: 3002, failed: true }))] },
    { name: 'dangerous work that is done every day', observations: Array.from({ length: 43 }, (_, index) => did({ time: monday + index * day + 9 * hour, operation: 'CreateAccessKey', resource: 'acme/web' })) },
    { name: 'an event without anybody', observations: [{ logsource: {}, event: { class_uid: 6003 } }] },
    { name: 'another kind of event', observations: [{ logsource: {}, event: { class_uid: 4001, actor: { user: { name: 'mira' } } } }] },
  ],
});
