import { deepEqual, equal } from 'node:assert/strict';
import { againstSchema, finding, parsed, shape, text } from '../receivers/judge.cases.ts';
import type { Received } from '../receivers/received.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

/** Put together here: as it is sent, a scan of this repository would report it. */
const apiKey = Buffer.from('elastic-made-up:key').toString('base64');

const action = shape({ create: shape({ _id: text(512) }) });
const document = { ...finding, required: [...finding.required, '@timestamp'] };

/** `_bulk` holds documents under their ids: one that is there gives 409. */
function bulk({ body }: Received, before: readonly Received[]): { status: number; body: string } {
  const known = new Set(before.flatMap((request) => idsOf(request.body)));
  const items = idsOf(body).map((id) => ({ create: { _id: id, status: known.has(id) ? 409 : 201 } }));
  return { status: 200, body: JSON.stringify({ errors: items.some(({ create }) => create.status === 409), items }) };
}

function idsOf(body: string): readonly string[] {
  return body.split('\n').filter((_, at) => at % 2 === 0).flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { create: Record<'_id', string> }).create['_id']]));
}

export default {
  receiver: 'web',
  address: (at) => `elasticsearch+${at}/watchward-findings`,
  settings: { token: apiKey },
  answer: bulk,
  refuses: ({ body, headers, line }) => [
    ...(line === 'POST /watchward-findings/_bulk' ? [] : ['404']),
    ...(headers.get('content-type') === 'application/x-ndjson' ? [] : ['406']),
    ...(body.endsWith('\n') ? [] : ['the last line does not end']),
    ...body.trimEnd().split('\n').flatMap((one, at) => againstSchema(at % 2 === 0 ? action : document, parsed(one))),
  ],
  cases: [
    {
      name: 'documents have the key as their id; one that is there already is no failure',
      turns: [[incidentNotice(), signalNotice()], [signalNotice()]],
      verify(received) {
        deepEqual(received.map(({ body }) => idsOf(body)), [['inc-5f2c81d0.1', 'sig-9b1d'], ['sig-9b1d']]);
        equal(received[0]?.headers.get('authorization'), `ApiKey ${apiKey}`);
      },
    },
  ],
} satisfies SinkCases;
