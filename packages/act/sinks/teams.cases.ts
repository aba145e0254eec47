import { equal, match } from 'node:assert/strict';
import { againstSchema, parsed, shape, text, textsOf, unseen } from '../receivers/judge.cases.ts';
import { incidentNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

const run = shape({ type: { const: 'TextRun' }, text: text(4_000) }, {
  size: { enum: ['Small', 'Default', 'Medium', 'Large'] }, weight: { enum: ['Bolder'] }, color: { enum: ['Default', 'Attention', 'Warning'] }, isSubtle: { type: 'boolean' }, italic: { type: 'boolean' },
});
const card = shape({
  $schema: { type: 'string' }, type: { const: 'AdaptiveCard' }, version: { const: '1.4' }, fallbackText: { ...text(300), not: { pattern: '[\\[<]' } }, msteams: { type: 'object' },
  body: { type: 'array', minItems: 1, items: shape({ type: { const: 'RichTextBlock' }, inlines: { type: 'array', minItems: 1, items: run } }) },
});
const schema = shape({
  type: { const: 'message' },
  attachments: { type: 'array', minItems: 1, maxItems: 1, items: shape({ contentType: { const: 'application/vnd.microsoft.card.adaptive' }, contentUrl: { type: 'null' }, content: card }) },
});

export default {
  receiver: 'web',
  address: (at) => `teams+${at}/workflows/0123456789abcdef/triggers/manual/paths/invoke?sig=made-up-signature-of-a-workflow`,
  settings: {},
  answer: () => ({ status: 202 }),
  refuses: ({ body }) => [
    ...againstSchema(schema, parsed(body)),
    ...(textsOf(parsed(body)).some((one) => unseen(one)) ? ['a control character'] : []),
    ...(Buffer.byteLength(body) > 28 * 1_024 ? ['larger than 28 KB'] : []),
  ],
  cases: [
    {
      name: 'an incident is one card, sent with the signature of the address',
      turns: [[incidentNotice(3)]],
      verify([request, ...rest]) {
        equal(rest.length, 0);
        match(request?.line ?? '', /\?sig=made-up-signature-of-a-workflow$/);
        match(request?.body ?? '', /"text":"3\. 2026-11-28 09:40:02 {2}"/);
        match(request?.body ?? '', /Revoke and replace every credential/);
      },
    },
    {
      name: 'a link in a message stays text',
      turns: [[incidentNotice(1, { title: '[click](https://evil.example)' })]],
      verify: ([request]) => match(request?.body ?? '', /"type":"TextRun","text":"\[click\]\(https:\/\/evil\.example\)"/),
    },
  ],
} satisfies SinkCases;
