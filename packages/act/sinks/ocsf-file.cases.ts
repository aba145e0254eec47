import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { againstSchema, finding, parsed } from '../receivers/judge.cases.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

export default {
  receiver: 'file',
  address: (at) => `ocsf-file:${at}/findings.jsonl`,
  settings: {},
  refuses: ({ body }) => [
    ...(body.endsWith('\n') ? [] : ['the last line does not end']),
    ...body.slice(0, -1).split(/[\n\r\u2028\u2029]/).flatMap((line) => againstSchema(finding, parsed(line))),
  ],
  cases: [
    {
      name: 'one line a notice, added to what is there',
      restart: true,
      turns: [[incidentNotice(1), signalNotice()], [incidentNotice(2)]],
      verify([file, ...rest]) {
        equal(rest.length, 0);
        const findings = (file?.body ?? '').trimEnd().split('\n').map((line) => JSON.parse(line) as { class_uid: number; activity_name: string });
        deepEqual(findings.map(({ activity_name: activity, class_uid: uid }) => `${uid} ${activity}`), ['2005 Create', '2004 Create', '2005 Update']);
      },
    },
    {
      name: 'a file that is full becomes .1 and the next line begins a new one; no line is lost',
      address: (at) => `ocsf-file:${at}/findings.jsonl?rotate=1&keep=6`,
      turns: Array.from({ length: 9 }, (_, turn) => Array.from({ length: 40 }, (__, at) => signalNotice({ message: `${turn * 40 + at} ${'x'.repeat(5_000)}` }))),
      verify(received) {
        deepEqual(received.map(({ line }) => line), ['findings.jsonl', 'findings.jsonl.1', 'findings.jsonl.2', 'findings.jsonl.3', 'findings.jsonl.4']);
        for (const { body } of received) {
          match(body, /^\{.*\}\n$/s);
          ok(body.length <= 1_000_000);
        }
        const numbers = received.toReversed().flatMap(({ body }) => [...body.matchAll(/"message":"(\d+) x/g)].map(([, number]) => Number(number)));
        deepEqual(numbers, Array.from({ length: 360 }, (_, at) => at));
      },
    },
  ],
} satisfies SinkCases;
