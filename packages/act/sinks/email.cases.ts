import { deepEqual, equal, match } from 'node:assert/strict';
import { unseen } from '../receivers/judge.cases.ts';
import type { Received } from '../receivers/received.ts';
import { incidentNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

const expectedHeaders = [
  'auto-submitted', 'content-type', 'date', 'from', 'in-reply-to', 'message-id', 'mime-version', 'references', 'subject', 'to', 'x-watchward-key',
];

/** RFC 2045 and 2046: the decoded parts of a message, each in base64 or, where it is plain ASCII, as it is. */
function parts({ body, headers }: Received): readonly string[] {
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? 'none';
  return body.split(`--${boundary}`).slice(1, -1).map((part) => {
    const at = part.indexOf('\r\n\r\n');
    const coding = /^content-transfer-encoding: (\S+)$/im.exec(part.slice(0, at))?.[1];
    const content = part.slice(at + 4);
    return coding === 'base64' ? Buffer.from(content, 'base64').toString('utf8') : coding === '7bit' ? content.replaceAll('\r\n', '\n').trimEnd() : `unknown coding ${coding}\u0000`;
  });
}

export default {
  receiver: 'mail',
  address: (at) => `smtp://${at}?from=watchward@example.com&to=oncall@example.com,second@example.com`,
  settings: { user: 'mailer', password: 'password-made-up' },
  refuses(message) {
    const [text = '', html = '', ...others] = parts(message);
    return [
      ...([...message.headers.keys()].every((name) => expectedHeaders.includes(name)) ? [] : [`an unexpected header: ${[...message.headers.keys()].join(', ')}`]),
      ...(message.line === 'MAIL watchward@example.com to oncall@example.com,second@example.com' ? [] : ['another envelope']),
      ...(message.body.split('\r\n').some((line) => line.length > 998) ? ['a line longer than RFC 5322 §2.1.1 allows'] : []),
      ...(/[^\r]\n|\r[^\n]|[^\x00-\x7f]/.test(message.body) ? ['bare line ends or bytes beyond ASCII'] : []),
      ...(text !== '' && html.startsWith('<!doctype html>') && others.length === 0 ? [] : ['not a text and an HTML part']),
      ...(unseen(text, true) || unseen(html) ? ['a control character'] : []),
      ...(/<(?!\/?(?:html|head|meta|title|body|div|p|h1|h2|ol|ul|li)\b|!doctype)/.test(html) ? ['markup that is not ours'] : []),
    ];
  },
  cases: [
    {
      name: 'one message with text and HTML to each address of the list, after a login',
      turns: [[incidentNotice(3)]],
      verify([message, ...rest]) {
        equal(rest.length, 0);
        if (message === undefined) throw new Error('there is no message');
        equal(message.headers.get('message-id'), '<inc-5f2c81d0.3@example.com>');
        equal(message.headers.get('in-reply-to'), '<inc-5f2c81d0.1@example.com>');
        match(message.headers.get('subject') ?? '', /^\[critical, risk 87, escalating\] A moved tag led a build/);
        const [text = '', html = ''] = parts(message);
        match(text, /What happened\n {2}1\. 2026-11-28 09:14:02 mira moved the tag/);
        match(html, /<li>2026-11-28 09:14:02 mira moved the tag/);
      },
    },
    {
      name: 'a title cannot write a header, a recipient or an end of the message',
      turns: [[incidentNotice(1, { title: 'x\r\nBcc: evil@example.com\r\n\r\n.\r\n<script>alert(1)</script>' })]],
      verify(received) {
        equal(received.length, 1);
        deepEqual([...(received[0]?.headers.keys() ?? [])].includes('bcc'), false);
        match(parts(received[0] ?? { line: '', headers: new Map(), body: '' })[1] ?? '', /&lt;script&gt;/);
      },
    },
  ],
} satisfies SinkCases;
