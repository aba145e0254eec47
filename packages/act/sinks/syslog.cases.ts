import { equal, match, ok } from 'node:assert/strict';
import { unseen } from '../receivers/judge.cases.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

/** RFC 5424 §6: the ABNF of a message, for one element of structured data. */
const message = new RegExp(
  '^<(\\d{1,3})>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z [!-~]{1,255} watchward - (signal|incident) '
  + '\\[watchward@32473(?: [a-z]{1,32}="(?:[^"\\\\\\]]|\\\\["\\\\\\]])*")*\\](?: \\ufeff[^\\n]*)?$',
  'u',
);

export default {
  receiver: 'stream',
  address: (at) => `syslog+tcp://${at}?host=sensor.example.com`,
  settings: {},
  refuses: ({ body, headers, line }) => [
    ...(line === 'frame' ? [] : ['no octet counting']),
    ...(message.test(body) ? [] : ['does not follow RFC 5424']),
    ...(unseen(body.replace('\ufeff', '')) ? ['a control character'] : []),
    ...(Number(headers.get('bytes')) > 8_192 ? ['longer than 8192 bytes'] : []),
  ],
  cases: [
    {
      name: 'one frame a notice, with priority, time, structured data and text',
      turns: [[incidentNotice(1), signalNotice()]],
      verify(received) {
        equal(received.length, 2);
        match(received[0]?.body ?? '', /^<106>1 2026-11-28T09:14:02\.000Z sensor\.example\.com watchward - incident \[watchward@32473 key="inc-5f2c81d0" revision="1" state="new" severity="critical" risk="87" /);
        match(received[1]?.body ?? '', /rule="event\/branch-protection-removed".*\] \ufeffBranch protection was removed: mira removed/);
      },
    },
    {
      name: 'quotation marks, brackets and frames in a text stay inside it',
      turns: [[signalNotice({ rule: 'a" forged="1"] [x@1 y="', message: '\n12 <0>1 - forged' })]],
      verify(received) {
        equal(received.length, 1);
        match(received[0]?.body ?? '', /rule="a\\" forged=\\"1\\"\\] \[x@1 y=\\""/);
        ok(received[0]?.body.includes('\\n12 <0>1 - forged'));
      },
    },
    {
      name: 'a message is cut to the size that the address names, between characters',
      address: (at) => `syslog+tcp://${at}?host=h&max=480`,
      turns: [[signalNotice({ message: '🙂'.repeat(400) })]],
      verify(received) {
        equal(received.length, 1);
        ok(Number(received[0]?.headers.get('bytes')) <= 480);
        match(received[0]?.body ?? '', /🙂{20,}$/u);
      },
    },
  ],
} satisfies SinkCases;
