import { deepEqual, equal } from 'node:assert/strict';
import { againstSchema, finding, parsed, shape, text } from '../receivers/judge.cases.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

const event = shape({ time: { type: 'number' }, source: text(100), sourcetype: { enum: ['watchward:signal', 'watchward:incident'] }, event: finding, fields: shape({ key: text(100) }) });

export default {
  receiver: 'web',
  address: (at) => `splunk+${at}`,
  settings: { token: '11111111-2222-3333-4444-555555555555' },
  answer: () => ({ status: 200, body: '{"text":"Success","code":0}' }),
  refuses: ({ body, headers, line }) => [
    ...(line === 'POST /services/collector/event' ? [] : ['404']),
    ...(headers.get('authorization') === 'Splunk 11111111-2222-3333-4444-555555555555' ? [] : ['401']),
    ...body.split('\n').flatMap((one) => againstSchema(event, parsed(one))),
  ],
  cases: [
    {
      name: 'events stand one after the other, with times in seconds',
      turns: [[incidentNotice(), signalNotice()]],
      verify([request, ...rest]) {
        equal(rest.length, 0);
        const events = (request?.body ?? '').split('\n').map((line) => JSON.parse(line) as { time: number; sourcetype: string; fields: { key: string } });
        deepEqual(events.map(({ fields, sourcetype, time }) => [time, sourcetype, fields.key]), [
          [1_795_857_242, 'watchward:incident', 'inc-5f2c81d0.1'], [1_795_857_242, 'watchward:signal', 'sig-9b1d'],
        ]);
      },
    },
  ],
} satisfies SinkCases;
