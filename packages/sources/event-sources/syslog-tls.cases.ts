import { deepEqual, ok, rejects, throws } from 'node:assert/strict';
import type { EventSourceCases } from '../event-source-cases.ts';
import { dial, dialTls, gone, tell } from '../test-peer.ts';
import { testCertificate } from '../test-certificate.ts';

const message = '<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - It\'s time\nto make the do-nuts.';
const counted = `${Buffer.byteLength(message)} ${message}`;
const own = testCertificate();
const settings = { 'tls-cert': own.cert, 'tls-key': own.key };
const any = 'syslog+tls://:0';

export default {
  async subject(stage) {
    const address = await stage.listen(any, settings);
    let turn = 0;
    return {
      // Before the handshake and after it.
      meet: async (bytes) => void await tell((turn += 1) % 2 === 0 ? await dial(address) : await dialTls(address, { ca: own.cert }), bytes),
      async greet() {
        const count = stage.records.length;
        await tell(await dialTls(address, { ca: own.cert }), counted);
        await stage.until(() => stage.records.length > count, () => 'a record');
      },
    };
  },
  checks: [
    {
      name: 'counted messages within TLS',
      async run(stage) {
        await tell(await dialTls(await stage.listen(any, settings), { ca: own.cert }), counted + counted);
        deepEqual(await stage.values(2), [message, message]);
      },
    },
    {
      name: 'with tls-client-ca only peers that have a certificate of it',
      async run(stage) {
        const peer = testCertificate();
        const address = await stage.listen(any, { ...settings, 'tls-client-ca': peer.cert });
        await tell(await dialTls(address, { ca: own.cert, ...peer }), counted);
        const stranger = await dialTls(address, { ca: own.cert });
        stranger.write(counted);
        await gone(stranger);
        await stage.until(() => stage.said(/handshake/), () => 'a diagnostic');
        deepEqual(await stage.values(1), [message]);
      },
    },
    {
      name: 'says what is missing or wrong in its settings, without quoting them',
      run(stage) {
        throws(() => stage.open(any), /tls-cert and tls-key/);
        throws(() => stage.open(any, { ...settings, 'tls-key': 'hunter2' }), (error) => error instanceof Error && /no PEM/.test(error.message) && !error.message.includes('hunter2'));
        throws(() => stage.open(any, { ...settings, 'tls-key': testCertificate().key }), /of another certificate/);
        return Promise.resolve();
      },
    },
    {
      name: 'says that its certificate has expired',
      async run(stage) {
        const expired = testCertificate('20200101000000Z');
        await stage.listen(any, { 'tls-cert': expired.cert, 'tls-key': expired.key });
        ok(stage.said(/expired/));
      },
    },
    {
      name: 'a port that is taken is told',
      async run(stage) {
        const { port } = await stage.listen(any, settings);
        await rejects(stage.listen(`syslog+tls://127.0.0.1:${port}`, settings), /EADDRINUSE.*another port/);
      },
    },
  ],
  limits: [
    {
      name: 'a message that is too long',
      says: /longer than 100 bytes.*\(max-message\)/,
      async run(stage) {
        await tell(await dialTls(await stage.listen(`${any}?max-message=100`, settings), { ca: own.cert }), `5000 ${'x'.repeat(5000)}8 <2>after`);
        deepEqual(await stage.values(1), ['<2>after']);
      },
    },
  ],
} satisfies EventSourceCases;
