import { deepEqual, equal, match } from 'node:assert/strict';
import { againstSchema, parsed, shape, text, textsOf, unseen } from '../receivers/judge.cases.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

const string = { type: 'string' };
const single = { anyOf: [shape({ stringValue: string }), shape({ intValue: { type: 'string', pattern: '^-?\\d+$' } }), shape({ doubleValue: { type: 'number' } })] };
const value = { anyOf: [single, shape({ arrayValue: shape({ values: { type: 'array', items: single } }) })] };
const attribute = shape({ key: text(100), value });
const nanoseconds = { type: 'string', pattern: '^\\d{1,20}$' };
const record = shape({
  timeUnixNano: nanoseconds, observedTimeUnixNano: nanoseconds, severityNumber: { type: 'integer', minimum: 1, maximum: 24 }, severityText: string, eventName: text(100),
  body: shape({ stringValue: string }), attributes: { type: 'array', items: attribute },
});
const scope = shape({ name: text(100), version: string });
const schema = shape({
  resourceLogs: {
    type: 'array', minItems: 1,
    items: shape({ resource: shape({ attributes: { type: 'array', items: attribute } }), scopeLogs: { type: 'array', items: shape({ scope, logRecords: { type: 'array', minItems: 1, items: record } }) } }),
  },
});

export default {
  receiver: 'web',
  address: (at) => `otlp+${at}`,
  settings: { token: 'otlp-token-made-up' },
  answer: () => ({ status: 200, body: '{}' }),
  passingStatus: 503,
  refuses: ({ body, line }) => [
    ...(line === 'POST /v1/logs' ? [] : ['404']),
    ...againstSchema(schema, parsed(body)),
    ...(textsOf(parsed(body)).some((one) => unseen(one)) ? ['a control character'] : []),
  ],
  cases: [
    {
      name: 'many notices are one request, with the severities of the log data model',
      turns: [[incidentNotice(), signalNotice()]],
      verify([request, ...rest]) {
        equal(rest.length, 0);
        const { resourceLogs } = JSON.parse(request?.body ?? '') as { resourceLogs: { scopeLogs: { logRecords: { severityNumber: number; eventName: string }[] }[] }[] };
        deepEqual(resourceLogs[0]?.scopeLogs[0]?.logRecords.map(({ eventName, severityNumber }) => [eventName, severityNumber]), [['watchward.incident', 21], ['watchward.signal', 17]]);
        match(request?.body ?? '', /"timeUnixNano":"1795857242000000000"/);
        equal(request?.headers.get('authorization'), 'Bearer otlp-token-made-up');
      },
    },
  ],
} satisfies SinkCases;
