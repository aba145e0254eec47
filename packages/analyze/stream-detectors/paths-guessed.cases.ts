import { type CaseObservation, defineStreamCases } from '#model/stream-cases.ts';

const start = Date.UTC(2026, 2, 4, 5);

interface Asked {
  readonly path: string;
  readonly code?: number;
  readonly at?: number;
  readonly from?: string;
}

function request({ path, code = 404, at = 0, from = '203.0.113.9' }: Asked): CaseObservation {
  return {
    logsource: { product: 'webserver', category: 'webserver' }, time: start + at,
    event: { class_uid: 4002, src_endpoint: { ip: from }, http_request: { http_method: 'GET', url: { path, hostname: 'shop.example' } }, http_response: { code } },
  };
}

const many = (count: number, make: (at: number) => Asked): CaseObservation[] => Array.from({ length: count }, (_, at) => request(make(at)));

export default defineStreamCases({
  fires: [
    { name: 'a list of paths', observations: many(40, (at) => ({ path: `/backup-${at}.zip`, at: at * 500 })) },
    { name: 'with a page that is there between', observations: many(60, (at) => ({ path: `/p${at}`, at: at * 500, code: at % 10 === 0 ? 200 : 404 })) },
    { name: 'refused instead of missing', observations: many(40, (at) => ({ path: `/admin/${at}`, at: at * 500, code: 403 })) },
    { name: 'ten times as many are told again', observations: many(400, (at) => ({ path: `/x${at}`, at: at * 200 })), signals: 2 },
  ],
  silent: [
    { name: 'one path that is gone, asked for again and again', observations: many(200, (at) => ({ path: '/favicon.ico', at: at * 500 })) },
    { name: 'a site that lost its pictures', observations: many(120, (at) => ({ path: `/img/${at}.png`, at: at * 500, code: at % 2 === 0 ? 200 : 404 })) },
    { name: 'a search engine with old links', observations: many(60, (at) => ({ path: `/old/${at}`, at: at * 90_000 })) },
    { name: 'ordinary visits', observations: many(100, (at) => ({ path: `/page/${at}`, at: at * 500, code: 200 })) },
    { name: 'many sources with a few each', observations: many(100, (at) => ({ path: `/x${at}`, at: at * 500, from: `198.51.100.${at % 25}` })) },
    { name: 'requests without an answer', observations: many(60, (at) => ({ path: `/x${at}`, at: at * 500 })).map(({ event: { http_response: _answer, ...event }, ...rest }) => ({ ...rest, event })) },
  ],
});
