import { deepEqual, equal, match } from 'node:assert/strict';
import { againstSchema, parsed, shape, text, textsOf, unseen } from '../receivers/judge.cases.ts';
import type { Received } from '../receivers/received.ts';
import { incidentNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

/** ADF as far as the sink uses it: nodes, marks, and text that is not empty. */
const words = shape({ type: { const: 'text' }, text: text(32_000) }, { marks: { type: 'array', items: shape({ type: { const: 'strong' } }) } });
const paragraph = shape({ type: { const: 'paragraph' }, content: { type: 'array', minItems: 1, items: words } });
const heading = shape({ type: { const: 'heading' }, attrs: shape({ level: { const: 3 } }), content: { type: 'array', minItems: 1, items: words } });
const item = shape({ type: { const: 'listItem' }, content: { type: 'array', minItems: 1, items: paragraph } });
const list = shape({ type: { enum: ['orderedList', 'bulletList'] }, content: { type: 'array', minItems: 1, items: item } });
const adf = shape({ type: { const: 'doc' }, version: { const: 1 }, content: { type: 'array', minItems: 1, items: { anyOf: [paragraph, heading, list] } } });
/** Wiki markup that would act: a macro, a link, an image, a mention without a backslash before it. */
const wiki = { type: 'string', minLength: 1, maxLength: 32_767, not: { pattern: '(?<!\\\\)\\[|(?<!\\\\)!|\\{(?!color[:}])(?<!\\\\\\{)' } };
const prose = { anyOf: [adf, wiki] };
const issue = shape({
  fields: shape({
    project: shape({ key: text(255) }), issuetype: shape({ name: text(255) }), summary: text(255), description: prose,
    labels: { type: 'array', items: { type: 'string', pattern: '^\\S{1,255}$' } },
  }),
  properties: { type: 'array', items: shape({ key: text(255), value: { type: 'object' } }) },
});

const schemas: readonly (readonly [RegExp, object])[] = [
  [/^POST \/rest\/api\/[23]\/search/, { type: 'object', required: ['jql', 'maxResults'] }],
  [/^POST \/rest\/api\/[23]\/issue$/, issue],
  [/^POST \/rest\/api\/[23]\/issue\/SEC-7\/comment$/, shape({ body: prose })],
  [/^PUT \/rest\/api\/[23]\/issue\/SEC-7$/, shape({ fields: shape({ summary: text(255) }) })],
  [/^POST \/rest\/api\/[23]\/issue\/SEC-7\/transitions$/, shape({ transition: shape({ id: text(10) }) })],
  [/^PUT \/rest\/api\/[23]\/issue\/SEC-7\/properties\/watchward$/, shape({ revision: { type: 'number' } })],
];

/** A tracker with at most one issue, as far as what came before made it. */
function tracker({ body, line }: Received, before: readonly Received[]): { status: number; body?: string } {
  if (/\/search/.test(line)) {
    const created = before.find((request) => /^POST \S+\/issue$/.test(request.line));
    const label = /labels = "([^"]+)"/.exec((JSON.parse(body) as { jql: string }).jql)?.[1] ?? '';
    if (created?.body.includes(`"${label}"`) !== true) return { status: 200, body: '{"issues":[]}' };
    const stored = before.findLast((request) => request.line.endsWith('/properties/watchward'))?.body ?? '{"revision":1}';
    return { status: 200, body: `{"issues":[{"id":"1","key":"SEC-7","properties":{"watchward":${stored}}}]}` };
  }
  if (/^POST \S+\/issue$/.test(line)) return { status: 201, body: '{"id":"1","key":"SEC-7"}' };
  if (line.startsWith('GET ')) return { status: 200, body: '{"transitions":[{"id":"11","name":"Done"},{"id":"31","name":"Reopen"}]}' };
  return line.endsWith('/comment') ? { status: 201, body: '{"id":"9"}' } : { status: 204 };
}

const lines = (received: readonly Received[]): readonly string[] => received.map(({ line }) => line.replace('/rest/api/', ''));

export default {
  receiver: 'web',
  address: (at) => `jira+${at}/?project=SEC&api=3&type=Bug`,
  settings: { user: 'bot@example.com', token: 'jira-api-token-made-up' },
  answer: tracker,
  refuses: ({ body, headers, line }) => [
    ...(line.startsWith('GET ') ? [] : againstSchema(schemas.find(([pattern]) => pattern.test(line))?.[1] ?? { not: {} }, parsed(body))),
    ...(textsOf(parsed(body)).some((one) => unseen(one, true)) ? ['a control character'] : []),
    ...(headers.get('authorization')?.startsWith('B') === true ? [] : ['401']),
  ],
  cases: [
    {
      name: 'one issue an incident, a comment for each change, the revision kept with the issue',
      turns: [[incidentNotice(1)], [incidentNotice(2), incidentNotice(2)]],
      verify(received) {
        deepEqual(lines(received), [
          'POST 3/search/jql', 'POST 3/issue', 'POST 3/issue/SEC-7/comment', 'PUT 3/issue/SEC-7', 'PUT 3/issue/SEC-7/properties/watchward',
        ]);
        equal(received[0]?.headers.get('authorization'), `Basic ${Buffer.from('bot@example.com:jira-api-token-made-up').toString('base64')}`);
        match(received[1]?.body ?? '', /"labels":\["watchward","watchward-inc-5f2c81d0"\]/);
      },
    },
    {
      name: 'a restart makes no second issue and no second comment',
      restart: true,
      turns: [[incidentNotice(1)], [incidentNotice(1)], [incidentNotice(2)], [incidentNotice(2)]],
      verify: (received) => deepEqual(lines(received).filter((line) => !line.includes('search')), [
        'POST 3/issue', 'POST 3/issue/SEC-7/comment', 'PUT 3/issue/SEC-7', 'PUT 3/issue/SEC-7/properties/watchward',
      ]),
    },
    {
      name: 'version 2 gets wiki markup that says nothing but its text, and an issue is opened again when the incident comes back',
      address: (at) => `jira+${at}/?project=SEC&reopen=reopen`,
      settings: { token: 'jira-api-token-made-up' },
      turns: [[incidentNotice(1, { title: '{html}[x|http://evil.example]! *b* \\' })], [incidentNotice(2, { state: 'regressed' })]],
      verify(received) {
        equal(received[0]?.headers.get('authorization'), 'Bearer jira-api-token-made-up');
        deepEqual(lines(received).slice(-3), ['GET 2/issue/SEC-7/transitions', 'POST 2/issue/SEC-7/transitions', 'PUT 2/issue/SEC-7/properties/watchward']);
        const { fields } = JSON.parse(received[1]?.body ?? '') as { fields: { description: string; summary: string } };
        match(fields.description, /h3\. What happened\n\n# \*2026\\-11\\-28 09:14:02\*/);
      },
    },
  ],
} satisfies SinkCases;
