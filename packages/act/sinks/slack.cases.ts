import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { againstSchema, parsed, shape, text, textsOf, unseen } from '../receivers/judge.cases.ts';
import type { Received } from '../receivers/received.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

const element = shape({ type: { const: 'text' }, text: text(3_000) }, { style: { type: 'object' } });
const section = shape({ type: { const: 'rich_text_section' }, elements: { type: 'array', minItems: 1, items: element } });
const list = shape({ type: { const: 'rich_text_list' }, style: { enum: ['ordered', 'bullet'] }, elements: { type: 'array', minItems: 1, items: section } });
const plain = (most: number): object => shape({ type: { const: 'plain_text' }, text: text(most), emoji: { const: false } });
const blocks = {
  type: 'array', minItems: 1, maxItems: 50,
  items: {
    anyOf: [
      shape({ type: { const: 'header' }, text: plain(150) }),
      shape({ type: { const: 'context' }, elements: { type: 'array', maxItems: 10, items: plain(3_000) } }),
      shape({ type: { const: 'rich_text' }, elements: { type: 'array', minItems: 1, items: { anyOf: [section, list] } } }),
    ],
  },
};
const schema = {
  type: 'object', required: ['text', 'blocks', 'unfurl_links', 'unfurl_media'],
  properties: { text: { ...text(4_000), not: { pattern: '[<>]' } }, blocks, unfurl_links: { const: false }, unfurl_media: { const: false } },
};

/** Slack's Web API as far as the sink uses it, holding one channel. */
function api(request: Received, before: readonly Received[]): { status: number; body: string } {
  const say = (body: object): { status: number; body: string } => ({ status: 200, body: JSON.stringify({ ok: true, ...body }) });
  if (request.line.startsWith('GET /api/conversations.history?')) {
    const messages = before.flatMap(({ body, line }, at) => {
      const message = parsed(body);
      return line === 'POST /api/chat.postMessage' && typeof message === 'object' && message !== null && !('thread_ts' in message) ? [{ ...message, ts: `17.${at}` }] : [];
    });
    const updates = new Map(before.filter(({ line }) => line === 'POST /api/chat.update').map(({ body }) => [(JSON.parse(body) as { ts: string }).ts, JSON.parse(body) as object]));
    return say({ messages: messages.map((message) => ({ ...message, ...updates.get(message.ts) })), response_metadata: { next_cursor: '' } });
  }
  if (request.headers.get('authorization') !== 'Bearer xoxb-made-up-token') return { status: 200, body: '{"ok":false,"error":"invalid_auth"}' };
  return say({ channel: 'C0123456789', ts: `17.${before.length}` });
}

const bot = { address: (at: string): string => `slack+${at}/api?channel=C0123456789`, settings: { token: 'xoxb-made-up-token' }, answer: api };

export default {
  receiver: 'web',
  address: (at) => `slack+${at}/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx`,
  settings: {},
  answer: () => ({ status: 200, body: 'ok' }),
  refuses: ({ body, line }) => (line.startsWith('GET ') ? [] : [
    ...againstSchema(schema, parsed(body)),
    ...(textsOf(parsed(body)).some((one) => unseen(one)) ? ['a control character'] : []),
    ...(body.length > 40_000 ? ['msg_blocks_too_long'] : []),
  ]),
  cases: [
    {
      name: 'an incoming webhook gets one message with the story',
      turns: [[incidentNotice(3)]],
      verify([request, ...rest]) {
        equal(rest.length, 0);
        equal(request?.line, 'POST /services/T00000000/B00000000/abcdefghijklmnopqrstuvwx');
        match(request?.body ?? '', /CRITICAL · A moved tag led a build/);
        match(request?.body ?? '', /the role deploy listed 212 secrets from 203\.0\.113\.9 \(3 times\)/);
      },
    },
    {
      name: 'markup and mentions in the text for notifications are escaped',
      turns: [[signalNotice({ title: '<!everyone> & <https://evil.example|x>' })]],
      verify: ([request]) => match((JSON.parse(request?.body ?? '') as { text: string }).text, /&lt;!everyone&gt; &amp; &lt;https:\/\/evil\.example\|x&gt;/),
    },
    {
      name: 'a bot keeps one thread an incident and edits its first message',
      ...bot,
      turns: [[incidentNotice(1)], [incidentNotice(2), incidentNotice(2)]],
      verify(received) {
        deepEqual(received.map(({ line }) => line.replace(/\?.*/, '')), [
          'GET /api/conversations.history', 'POST /api/chat.postMessage', 'POST /api/chat.postMessage', 'POST /api/chat.update',
        ]);
        const [, root, reply, update] = received.map(({ body }) => parsed(body) as Record<string, unknown>);
        deepEqual([root?.['thread_ts'], reply?.['thread_ts'], update?.['ts']], [undefined, '17.1', '17.1']);
        deepEqual([update?.['parse'], update?.['link_names'], update?.['mrkdwn']], ['none', false, false]);
      },
    },
    {
      name: 'a bot finds its thread after a restart, and does nothing twice',
      ...bot,
      restart: true,
      turns: [[incidentNotice(1)], [incidentNotice(1)], [incidentNotice(2)], [incidentNotice(2)]],
      verify(received) {
        const posts = received.filter(({ line }) => line.startsWith('POST ')).map(({ body, line }) => `${line.slice(10)} ${/"thread_ts":"[^"]+"/.exec(body)?.[0] ?? ''}`.trim());
        deepEqual(posts, ['chat.postMessage', 'chat.postMessage "thread_ts":"17.1"', 'chat.update']);
      },
    },
    {
      name: 'a bot that may not read the channel posts all the same',
      ...bot,
      answer: (request, before) => (request.line.startsWith('GET ') ? { status: 200, body: '{"ok":false,"error":"missing_scope"}' } : api(request, before)),
      turns: [[incidentNotice(1)]],
      verify: (received) => ok(received.some(({ line }) => line === 'POST /api/chat.postMessage')),
    },
  ],
} satisfies SinkCases;
