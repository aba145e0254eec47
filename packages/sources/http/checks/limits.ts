import { equal } from 'node:assert/strict';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import snappy from 'snappyjs';
import type { EventSourceLimit } from '../../event-source-cases.ts';
import { dial, gone } from '../../test-peer.ts';
import { any, post } from './ask.ts';
import { bytes, fixed, message, text } from './telemetry.ts';

const long = JSON.stringify({ text: 'x'.repeat(5000) });

export const httpLimitChecks: readonly EventSourceLimit[] = [
  {
    name: 'a body that is too large, announced or not',
    says: /larger than 1000 bytes.*\(max-request\)/,
    async run(stage) {
      const address = await stage.listen(`${any}?max-request=1000`);
      equal((await post(address, '/', long)).status, 413);
      const chunked = await dial(address);
      chunked.write(`POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n${'x'.repeat(5000)}\r\n`);
      await gone(chunked);
      equal(stage.records.length, 0);
    },
  },
  {
    name: 'a body that unpacks to too much',
    says: /larger than 1000000 bytes.*\(max-expanded\)/,
    async run(stage) {
      const address = await stage.listen(`${any}?max-expanded=1000000`);
      const bomb = Buffer.alloc(50_000_000);
      equal((await post(address, '/', gzipSync(bomb), { 'content-encoding': 'gzip' })).status, 413);
      equal((await post(address, '/', zstdCompressSync(bomb), { 'content-encoding': 'zstd' })).status, 413);
      equal((await post(address, '/api/v1/write', snappy.compress(bomb.subarray(0, 2_000_000)))).status, 413);
    },
  },
  {
    name: 'records that repeat much',
    says: /more than 100000 bytes of records.*max-expanded/,
    async run(stage) {
      const address = await stage.listen(`${any}?max-expanded=100000`);
      const resource = message(1, message(1, text(1, 'name'), message(2, text(1, 'x'.repeat(10_000)))));
      const logs = Array.from({ length: 100 }, () => message(2, fixed(1, 1n)));
      equal((await post(address, '/v1/logs', bytes(message(1, resource, message(2, ...logs))), { 'content-type': 'application/x-protobuf' })).status, 413);
    },
  },
  {
    name: 'too many records, in every form',
    says: /more than 2 records.*\(max-records\)/,
    async run(stage) {
      const address = await stage.listen(`${any}?max-records=2`);
      equal((await post(address, '/', '{}\n{}\n{}')).status, 413);
      equal((await post(address, '/', '[{},{},{}]')).status, 413);
      equal((await post(address, '/services/collector', '{"event":1}'.repeat(3))).status, 413);
      equal((await post(address, '/services/collector/raw', 'a\nb\nc')).status, 413);
      equal((await post(address, '/_bulk', '{"index":{}}\n{}\n'.repeat(3))).status, 413);
      equal((await post(address, '/v1/logs', '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{},{},{}]}]}]}')).status, 413);
      equal(stage.records.length, 0);
      equal((await post(address, '/', '{}\n{}')).status, 200);
    },
  },
  {
    name: 'more waits for the disk than may',
    says: /told to try again: .*\(max-waiting\)/,
    async run(stage) {
      const address = await stage.listen(`${any}?max-waiting=6000`);
      stage.hold();
      const first = post(address, '/', long);
      await stage.until(() => stage.waiting === 1, () => 'records that wait for the disk');
      equal((await post(address, '/', long)).status, 503);
      stage.release();
      equal((await first).status, 200);
      equal((await post(address, '/', long)).status, 200);
      await stage.values(2);
    },
  },
  {
    name: 'headers that never end',
    says: /not whole in time.*max-header-seconds 1/,
    async run(stage) {
      const socket = await dial(await stage.listen(`${any}?max-header-seconds=1`));
      socket.write('POST / HTTP/1.1\r\nHost: x\r\n');
      await gone(socket);
    },
  },
  {
    name: 'a body that never ends',
    says: /not whole in time.*max-request-seconds 1/,
    async run(stage) {
      const socket = await dial(await stage.listen(`${any}?max-header-seconds=1&max-request-seconds=1`));
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
      await gone(socket);
    },
  },
  {
    name: 'headers that are too long',
    says: /headers have more than 16384 bytes/,
    async run(stage) {
      const socket = await dial(await stage.listen(any));
      socket.write(`POST / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
      await gone(socket);
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
];
