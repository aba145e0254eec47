import { deepEqual, equal, match } from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { EventSourceCases } from '../event-source-cases.ts';
import { call, framed, services, session } from '../grpc/test-client.ts';
import { bytes, logRecord, logsRequest, message, metricRecords, metricsRequest, text } from '../http/checks/telemetry.ts';
import type { SourceStage } from '../source-stage.ts';
import { testCertificate } from '../test-certificate.ts';
import { dial, gone, tell } from '../test-peer.ts';

const any = 'otlp+grpc://:0';

async function calling(stage: SourceStage, address: string, settings?: Readonly<Record<string, string>>): Promise<(path: string, body: Uint8Array, headers?: Readonly<Record<string, string>>) => ReturnType<typeof call>> {
  const found = await stage.listen(address, settings);
  return async (path, body, headers) => {
    const client = session(found);
    try {
      return await call(client, path, body, headers);
    } finally {
      client.destroy();
    }
  };
}

export default {
  async subject(stage) {
    const address = await stage.listen(any);
    const client = session(address);
    let turn = 0;
    return {
      async meet(bytesOfPeer) {
        turn += 1;
        if (turn % 4 === 0) await tell(await dial(address), bytesOfPeer);
        for (const path of Object.values(services)) {
          for (const body of [bytesOfPeer, framed(bytesOfPeer), framed(bytesOfPeer, 1)]) equal((await call(client, path, body, { 'grpc-encoding': 'gzip' })).code === 2, false);
        }
      },
      async greet() {
        const count = stage.records.length;
        equal((await call(client, services.logs, framed(logsRequest))).code, 0);
        await stage.until(() => stage.records.length > count, () => 'a record');
      },
    };
  },
  checks: [
    {
      name: 'logs and metrics, packed or not, on one connection',
      async run(stage) {
        const client = session(await stage.listen(any));
        const replies = [
          await call(client, services.logs, framed(logsRequest)), await call(client, services.logs, framed(gzipSync(logsRequest), 1), { 'grpc-encoding': 'gzip' }),
          await call(client, services.metrics, framed(metricsRequest)),
        ];
        for (const { code, bytes: answer } of replies) deepEqual([code, answer], [0, Buffer.alloc(5)]);
        deepEqual(await stage.values(2 + metricRecords.length), [logRecord, logRecord, ...metricRecords]);
        client.destroy();
      },
    },
    {
      name: 'spans are taken, and the answer says that they are not kept',
      async run(stage) {
        const send = await calling(stage, any);
        const { code, bytes: answer } = await send(services.traces, framed(bytes(message(1, message(2, message(2, text(5, 'a')))))));
        equal(code, 0);
        match(answer.toString('utf8'), /spans are taken and not kept/);
        equal(stage.records.length, 0);
      },
    },
    {
      name: 'codes tell a client whether to try again',
      async run(stage) {
        const send = await calling(stage, any);
        equal((await send(services.logs, framed(Uint8Array.of(0x0a, 0xff, 1)))).code, 3);
        equal((await send(services.logs, Uint8Array.of(0, 0, 0))).code, 3);
        equal((await send('/other.Service/Do', framed(new Uint8Array()))).code, 12);
        equal((await send(services.logs, framed(logsRequest, 1), { 'grpc-encoding': 'snappy' })).code, 12);
        stage.refuse();
        deepEqual(await send(services.logs, framed(logsRequest)), { code: 14, message: 'what was received could not be kept; try again later', bytes: Buffer.alloc(0) });
        equal(stage.records.length, 0);
      },
    },
    {
      name: 'with a token, only those who know it',
      async run(stage) {
        const send = await calling(stage, any, { token: 'abc' });
        equal((await send(services.logs, framed(logsRequest))).code, 16);
        equal((await send(services.logs, framed(logsRequest), { authorization: 'Bearer abd' })).code, 16);
        equal((await send(services.logs, framed(logsRequest), { authorization: 'Bearer abc' })).code, 0);
        await stage.values(1);
      },
    },
    {
      name: 'the same within TLS',
      async run(stage) {
        const own = testCertificate();
        const client = session(await stage.listen('otlp+grpcs://:0', { 'tls-cert': own.cert, 'tls-key': own.key }), own.cert);
        equal((await call(client, services.logs, framed(logsRequest))).code, 0);
        client.destroy();
        await stage.values(1);
      },
    },
  ],
  limits: [
    {
      name: 'a call that is too large',
      says: /larger than 100 bytes.*\(max-request\)/,
      async run(stage) {
        equal((await (await calling(stage, `${any}?max-request=100`))(services.logs, framed(new Uint8Array(5000)))).code, 8);
      },
    },
    {
      name: 'a message that unpacks to too much',
      says: /more than 1000 bytes.*\(max-expanded\)/,
      async run(stage) {
        equal((await (await calling(stage, `${any}?max-expanded=1000`))(services.logs, framed(gzipSync(new Uint8Array(1_000_000)), 1), { 'grpc-encoding': 'gzip' })).code, 8);
      },
    },
    {
      name: 'too many records',
      says: /more than 1 records.*max-records/,
      async run(stage) {
        equal((await (await calling(stage, `${any}?max-records=1`))(services.logs, framed(bytes(message(1, message(2, message(2), message(2))))))).code, 8);
      },
    },
    {
      name: 'a call that never ends',
      says: /not whole in 1 seconds.*\(max-request-seconds\)/,
      async run(stage) {
        const client = session(await stage.listen(`${any}?max-request-seconds=1`));
        equal((await call(client, services.logs, Uint8Array.of(0), {}, false)).code, 8);
        client.destroy();
      },
    },
    {
      name: 'more waits for the disk than may',
      says: /told to try again: .*\(max-waiting\)/,
      async run(stage) {
        const client = session(await stage.listen(`${any}?max-waiting=400`));
        stage.hold();
        const first = call(client, services.logs, framed(logsRequest));
        await stage.until(() => stage.waiting === 1, () => 'records that wait for the disk');
        equal((await call(client, services.logs, framed(logsRequest))).code, 14);
        stage.release();
        equal((await first).code, 0);
        client.destroy();
      },
    },
    {
      name: 'one connection too many',
      says: /a connection was refused: 2 are open.*\(max-connections\)/,
      async run(stage) {
        const address = await stage.listen(`${any}?max-connections=2`);
        const peers = [await dial(address), await dial(address), await dial(address)];
        await Promise.race(peers.map(gone));
        for (const peer of peers) peer.destroy();
      },
    },
  ],
} satisfies EventSourceCases;
