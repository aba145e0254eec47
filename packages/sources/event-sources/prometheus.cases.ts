import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { EventSourceCases } from '../event-source-cases.ts';
import type { SourceStage } from '../source-stage.ts';

interface Target {
  page: { readonly status?: number; readonly type?: string; readonly body: string | Uint8Array; readonly encoding?: string };
  served: number;
  readonly port: number;
  readonly asked: IncomingHttpHeaders[];
}

/** A server that is asked, on loopback, until the stage ends. */
async function target(stage: SourceStage, page: Target['page']): Promise<Target> {
  const server = createServer((request, response) => {
    found.asked.push(request.headers);
    const { status = 200, type = 'text/plain; version=0.0.4', body, encoding } = found.page;
    response.writeHead(status, { 'content-type': type, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) });
    response.end(body, () => (found.served += 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stage.whenCleared(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  const found: Target = { page, served: 0, port, asked: [] };
  return found;
}

const page = `# HELP http_requests_total Requests.
# TYPE http_requests_total counter
http_requests_total{method="post",path="/a \\"b\\"\\n\\\\"} 1027 1395066363000
http_requests_total{method="post",code="400",} 3
metric_without_labels 12.47
something_weird{problem="division by zero"} +Inf -3982045
# TYPE rpc_seconds summary
rpc_seconds{quantile="0.5"} NaN
rpc_seconds_sum 1.7560473e+07
no value here at all
`;

export default {
  async subject(stage) {
    const server = await target(stage, { body: '' });
    await stage.listen(`prometheus+http://127.0.0.1:${server.port}/metrics?every=5ms`);
    let turn = 0;
    const served = async (): Promise<void> => {
      const count = server.served + 1;
      await stage.until(() => server.served > count, () => 'a round');
    };
    return {
      async meet(bytes) {
        turn += 1;
        server.page = { body: bytes, ...(turn % 3 === 0 ? { encoding: 'gzip' } : {}), ...(turn % 2 === 0 ? { type: 'application/openmetrics-text' } : {}) };
        await served();
      },
      async greet() {
        const count = stage.records.length;
        server.page = { body: 'greeting 1\n' };
        await stage.until(() => stage.records.slice(count).some(({ value }) => (value as { metric: { name: string } }).metric.name === 'greeting'), () => 'a sample');
      },
    };
  },
  checks: [
    {
      name: 'the older text format: labels, times, types; what has no value is no sample, what is broken is counted',
      async run(stage) {
        const server = await target(stage, { body: page });
        await stage.listen(`prometheus+http://127.0.0.1:${server.port}?every=1h`);
        const instance = `127.0.0.1:${server.port}`;
        const sample = (name: string, value: number, labels: object, time = stage.now, type?: string): object => ({ metric: { name, value, labels: { ...labels, instance }, time, ...(type === undefined ? {} : { type }) } });
        deepEqual(await stage.values(5), [
          sample('up', 1, {}, stage.now, 'gauge'), sample('http_requests_total', 1027, { method: 'post', path: '/a "b"\n\\' }, 1_395_066_363_000, 'counter'), sample('http_requests_total', 3, { method: 'post', code: '400' }, stage.now, 'counter'),
          sample('metric_without_labels', 12.47, {}), sample('rpc_seconds_sum', 17_560_473, {}, stage.now, 'summary'),
        ]);
        ok(stage.said(/a line of a page could not be read/));
      },
    },
    {
      name: 'OpenMetrics: seconds, exemplars, an end; packed; with a token',
      async run(stage) {
        const body = gzipSync('# TYPE foo histogram\nfoo_bucket{le="0.1"} 8 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67\n# TYPE bar counter\nbar_total 1.5\n# EOF\nafter 1\n');
        const server = await target(stage, { body, encoding: 'gzip', type: 'application/openmetrics-text; version=1.0.0; charset=utf-8' });
        await stage.listen(`prometheus+http://127.0.0.1:${server.port}/metrics?every=1h`, { 'scrape-token': 'abc\n', token: 'of a listener' });
        const samples = (await stage.values(3)).map((value) => (value as { metric: { name: string; time: number; type: string } }).metric);
        deepEqual(samples.map(({ name, time, type }) => [name, time, type]), [['up', stage.now, 'gauge'], ['foo_bucket', 1_520_879_607_789, 'histogram'], ['bar_total', stage.now, 'counter']]);
        equal(server.asked[0]?.authorization, 'Bearer abc');
      },
    },
    {
      name: 'a target that is away or elsewhere is down, and is asked again',
      async run(stage) {
        const server = await target(stage, { status: 302, body: '' });
        await stage.listen(`prometheus+http://127.0.0.1:${server.port}/metrics?every=10ms`);
        await stage.until(() => stage.records.length > 0, () => 'a record');
        const [first] = stage.records.map(({ value }) => (value as { metric: object }).metric);
        deepEqual(first, { name: 'up', value: 0, labels: { instance: `127.0.0.1:${server.port}` }, time: stage.now, type: 'gauge' });
        server.page = { body: 'x 1' };
        await stage.until(() => stage.records.some(({ value }) => (value as { metric: { name: string } }).metric.name === 'x'), () => 'a sample');
        await stage.listen('prometheus+http://127.0.0.1:1/metrics?every=1h');
        await stage.until(() => stage.said(/cannot be reached \(ECONNREFUSED\)/), () => 'a diagnostic');
      },
    },
    {
      name: 'says what is wrong in its address',
      run(stage) {
        throws(() => stage.open('prometheus+http://127.0.0.1:9100?every=often'), /no time such as 15s/);
        throws(() => stage.open('prometheus+http://127.0.0.1:9100?evry=15s'), /it has every, max-page/);
        return Promise.resolve();
      },
    },
  ],
  limits: [
    {
      name: 'a page that is too large, also once unpacked',
      says: /larger than 1000 bytes.*\(max-page\)/,
      async run(stage) {
        const server = await target(stage, { body: gzipSync('#'.repeat(100_000)), encoding: 'gzip' });
        await stage.listen(`prometheus+http://127.0.0.1:${server.port}/?every=10ms&max-page=1000`);
        await stage.until(() => stage.said(/larger than/), () => 'a diagnostic');
        equal(stage.records.every(({ value }) => (value as { metric: { name: string } }).metric.name === 'up'), true);
      },
    },
    {
      name: 'more samples than may be',
      says: /more than 2 samples.*\(max-samples\)/,
      async run(stage) {
        const server = await target(stage, { body: 'a 1\nb 2\nc 3\n' });
        await stage.listen(`prometheus+http://127.0.0.1:${server.port}/?every=1h&max-samples=2`);
        equal((await stage.values(3)).length, 3);
      },
    },
  ],
} satisfies EventSourceCases;
