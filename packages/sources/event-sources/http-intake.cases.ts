import { equal, rejects, throws } from 'node:assert/strict';
import { request } from 'node:https';
import type { EventSourceCases } from '../event-source-cases.ts';
import { elasticsearchChecks, splunkChecks } from '../http/checks/agents.ts';
import { any, post } from '../http/checks/ask.ts';
import { webhookChecks } from '../http/checks/hooks.ts';
import { httpLimitChecks } from '../http/checks/limits.ts';
import { plainChecks, proofChecks } from '../http/checks/plain.ts';
import { otlpChecks, remoteWriteChecks } from '../http/checks/telemetry.ts';
import { testCertificate } from '../test-certificate.ts';
import { dial, tell } from '../test-peer.ts';

const paths = ['/', '/services/collector', '/services/collector/raw', '/services/collector/ack?channel=x', '/_bulk', '/v1/logs', '/v1/metrics', '/v1/traces', '/api/v1/write', '/github', '/gitlab', '/webhook'];
const types = ['application/json', 'application/x-protobuf', 'text/plain', 'application/x-www-form-urlencoded'];
const encodings = ['identity', 'gzip', 'zstd', 'deflate'];

export default {
  async subject(stage) {
    const address = await stage.listen(any, { 'github-secret': 'x', 'gitlab-token': 'x', 'webhook-secret': 'x' });
    let turn = 0;
    return {
      // To every path in turn, as a body; and now and then as it is.
      async meet(bytes) {
        turn += 1;
        if (turn % 4 === 0) await tell(await dial(address), bytes);
        for (const path of paths) {
          const { status } = await post(address, path, bytes, { 'content-type': types[turn % types.length] ?? '', 'content-encoding': encodings[turn % encodings.length] ?? '', 'x-gitlab-token': 'x', 'idempotency-key': 'k' });
          equal(status === 500, false);
        }
      },
      async greet() {
        const count = stage.records.length;
        equal((await post(address, '/', '{"x":1}')).status, 200);
        await stage.until(() => stage.records.length > count, () => 'a record');
      },
    };
  },
  checks: [
    ...plainChecks, ...proofChecks, ...splunkChecks, ...elasticsearchChecks, ...otlpChecks, ...remoteWriteChecks, ...webhookChecks,
    {
      name: 'the same within TLS',
      async run(stage) {
        const own = testCertificate();
        const address = await stage.listen('https://:0', { 'tls-cert': own.cert, 'tls-key': own.key });
        const status = await new Promise((resolve, reject) => {
          request(address, { method: 'POST', ca: own.cert, agent: false }, (response) => resolve(response.resume().statusCode)).on('error', reject).end('{"x":1}');
        });
        equal(status, 200);
        await stage.values(1);
      },
    },
    {
      name: 'says what is wrong in its address and its settings',
      async run(stage) {
        throws(() => stage.open('http://127.0.0.1:0/events'), /leave the path/);
        throws(() => stage.open('https://127.0.0.1:0'), /tls-cert and tls-key/);
        throws(() => stage.open(any, { basic: 'hunter2' }), (error) => error instanceof Error && /user:password/.test(error.message) && !error.message.includes('hunter2'));
        const { port } = await stage.listen(any);
        await rejects(stage.listen(`http://127.0.0.1:${port}`), /EADDRINUSE/);
      },
    },
  ],
  limits: httpLimitChecks,
} satisfies EventSourceCases;
