import { deepEqual, ok } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventSourceCases } from '../event-source-cases.ts';
import { sendDatagrams } from '../test-peer.ts';

const old = '<34>Oct 11 22:14:15 mymachine su: \'su root\' failed for lonvick on /dev/pts/8';
const any = 'syslog+udp://:0';

export default {
  async subject(stage) {
    const address = await stage.listen(any);
    return {
      meet: (bytes) => sendDatagrams(address, bytes.subarray(0, 60_000)),
      async greet() {
        await sendDatagrams(address, old);
        await stage.until(() => stage.records.some(({ value }) => value === old), () => 'a record');
      },
    };
  },
  checks: [
    {
      name: 'a datagram is a message, without the ends that some senders put',
      async run(stage) {
        await sendDatagrams(await stage.listen(any), old, `${old}\n`, `${old}\0`, '\n', `${old}\nsecond line`);
        deepEqual(await stage.values(4), [old, old, old, `${old}\nsecond line`]);
      },
    },
    {
      name: 'a full disk is told, and the socket goes on',
      async run(stage) {
        const address = await stage.listen(any);
        stage.refuse();
        await sendDatagrams(address, old);
        await stage.until(() => stage.said(/are lost \(ENOSPC\)/), () => 'a diagnostic');
        stage.refuse(false);
        await sendDatagrams(address, old);
        deepEqual(await stage.values(1), [old]);
      },
    },
    {
      name: 'a listener on all addresses says that it is exposed',
      async run(stage) {
        await stage.listen('syslog+udp://0.0.0.0:0');
        ok(stage.said(/other machines can reach/));
      },
    },
  ],
  limits: [
    {
      name: 'what finds no room is dropped and counted',
      says: /a datagram was dropped: 1000 bytes.*\(max-waiting\)/,
      async run(stage) {
        const address = await stage.listen(`${any}?max-waiting=1000`);
        stage.hold();
        for (let tries = 0; tries < 200 && !stage.said(/was dropped/); tries += 1) {
          await sendDatagrams(address, `<1>${'x'.repeat(400)}`);
          await wait(5);
        }
        stage.release();
      },
    },
  ],
} satisfies EventSourceCases;
