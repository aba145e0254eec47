import { deepEqual } from 'node:assert/strict';
import { againstSchema, parsed, shape, text, textsOf, unseen } from '../receivers/judge.cases.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

const schema = shape({
  routing_key: { type: 'string', minLength: 32, maxLength: 32 }, event_action: { enum: ['trigger', 'acknowledge', 'resolve'] }, dedup_key: text(255), client: text(255),
  payload: shape({
    summary: text(1_024), source: text(255), severity: { enum: ['critical', 'error', 'warning', 'info'] }, timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' },
    component: text(255), class: text(255), custom_details: { type: 'object' },
  }),
});
const key = '0123456789abcdef0123456789abcdef';

export default {
  receiver: 'web',
  address: (at) => `pagerduty+${at}/v2/enqueue`,
  settings: { token: key },
  answer: () => ({ status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"x"}' }),
  refuses: ({ body }) => [
    ...againstSchema(schema, parsed(body)),
    ...(textsOf(parsed(body)).some((one) => unseen(one)) ? ['a control character'] : []),
    ...(Buffer.byteLength(body) > 512 * 1_024 ? ['larger than 512 KB'] : []),
  ],
  cases: [
    {
      name: 'all of one incident goes to one alert, with the severities of PagerDuty',
      turns: [[incidentNotice(1, { severity: 'medium' }), incidentNotice(2), signalNotice({ severity: 'low' })]],
      verify(received) {
        const events = received.map(({ body }) => JSON.parse(body) as { dedup_key: string; event_action: string; payload: { severity: string } });
        deepEqual(events.map(({ dedup_key: of, event_action: action, payload }) => [of, action, payload.severity]), [
          ['inc-5f2c81d0', 'trigger', 'warning'], ['inc-5f2c81d0', 'trigger', 'critical'], ['sig-9b1d', 'trigger', 'info'],
        ]);
      },
    },
    {
      name: 'what a person says acknowledges or resolves the alert',
      turns: [[incidentNotice(1, {}, 'accepted'), incidentNotice(2, {}, 'closed'), incidentNotice(3, {}, 'dismissed')]],
      verify(received) {
        const events = received.map(({ body }) => JSON.parse(body) as { dedup_key: string; event_action: string });
        deepEqual(events.map(({ dedup_key: of, event_action: action }) => `${of} ${action}`), ['inc-5f2c81d0 acknowledge', 'inc-5f2c81d0 resolve', 'inc-5f2c81d0 resolve']);
      },
    },
  ],
} satisfies SinkCases;
