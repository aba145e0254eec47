import { createHmac } from 'node:crypto';
import { deepEqual, equal, match } from 'node:assert/strict';
import { againstSchema, finding, parsed, shape } from '../receivers/judge.cases.ts';
import type { Received } from '../receivers/received.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

const keys = ['first of two secrets, 32 bytes..', 'second of two secrets, 32 bytes.'].map((text) => Buffer.from(text));
const secrets = keys.map((key) => `whsec_${key.toString('base64')}`);

const schema = shape({ type: { type: 'string', pattern: '^[a-z]+\\.[a-z]+$' }, timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' }, data: finding });

/** As a receiver of Standard Webhooks checks it, with one of the keys. */
function signedBy(key: Buffer, { body, headers }: Received): boolean {
  const expected = createHmac('sha256', key).update(`${headers.get('webhook-id')}.${headers.get('webhook-timestamp')}.${body}`).digest('base64');
  return (headers.get('webhook-signature') ?? '').split(' ').includes(`v1,${expected}`);
}

export default {
  receiver: 'web',
  address: (at) => `webhook+${at}/hook/0123456789abcdefgh`,
  settings: { secret: secrets.join(' '), token: 'bearer-token-made-up' },
  refuses: (request) => [
    ...againstSchema(schema, parsed(request.body)),
    ...(keys.every((key) => signedBy(key, request)) ? [] : ['a signature does not hold']),
    ...(/^[A-Za-z0-9._:-]{1,64}$/.test(request.headers.get('webhook-id') ?? '') ? [] : ['the id is missing or odd']),
    ...(request.body.length > 300_000 ? ['the payload is too large'] : []),
  ],
  cases: [
    {
      name: 'an incident is one request with id, time and signatures of both secrets',
      turns: [[incidentNotice()]],
      verify([request, ...rest]) {
        equal(rest.length, 0);
        equal(request?.line, 'POST /hook/0123456789abcdefgh');
        equal(request?.headers.get('webhook-id'), 'inc-5f2c81d0.1');
        equal(request?.headers.get('webhook-timestamp'), '1795000000');
        equal(request?.headers.get('authorization'), 'Bearer bearer-token-made-up');
        match(request?.headers.get('webhook-signature') ?? '', /^v1,\S+ v1,\S+$/);
        const body = JSON.parse(request?.body ?? '') as { type: string; data: { class_uid: number; activity_id: number } };
        deepEqual([body.type, body.data.class_uid, body.data.activity_id], ['incident.new', 2005, 1]);
      },
    },
    {
      name: 'notices come in order, each under its own key',
      turns: [[signalNotice(), incidentNotice(1), incidentNotice(2)]],
      verify(received) {
        deepEqual(received.map(({ headers }) => headers.get('webhook-id')), ['sig-9b1d', 'inc-5f2c81d0.1', 'inc-5f2c81d0.2']);
        deepEqual(received.map(({ body }) => (JSON.parse(body) as { type: string }).type), ['signal.found', 'incident.new', 'incident.escalating']);
      },
    },
  ],
} satisfies SinkCases;
