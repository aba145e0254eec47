import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { EventSourceCheck } from '../../event-source-cases.ts';
import { any, ask, post } from './ask.ts';

const event = { action: 'repo.create', actor: 'mira' };
const text = JSON.stringify(event);

export const plainChecks: readonly EventSourceCheck[] = [
  {
    name: 'an object, a list, lines, objects one behind the other, and what CloudTrail wraps',
    async run(stage) {
      const address = await stage.listen(any);
      const bodies = [text, `[${text},"a line"]`, `${text}\n\r\n${text}\r\n`, `${text}${text}`, JSON.stringify(event, undefined, 2), `{"Records":[${text}]}`];
      for (const body of bodies) equal((await post(address, '/', body)).status, 200);
      deepEqual(await stage.values(9), [event, event, 'a line', event, event, event, event, event, event]);
    },
  },
  {
    name: 'lines of text that are called so',
    async run(stage) {
      equal((await post(await stage.listen(any), '/', 'one\n{"two":2}\n', { 'content-type': 'text/plain; charset=utf-8' })).text, '{"accepted":2,"rejected":0}');
      deepEqual(await stage.values(2), ['one', '{"two":2}']);
    },
  },
  {
    name: 'what is broken costs only itself, and goes to the dead letters',
    async run(stage) {
      const address = await stage.listen(any);
      equal((await post(address, '/', `${text}\n{broken\n${text}\n12\n`)).text, '{"accepted":2,"rejected":2}');
      equal((await post(address, '/', '{broken')).status, 400);
      equal((await post(address, '/', `[${'['.repeat(1000)}`)).status, 413);
      await stage.values(2);
      deepEqual(stage.deadLetters.map(({ bytes }) => Buffer.from(bytes).toString()), ['{broken', '12', '{broken']);
    },
  },
  {
    name: 'bodies in gzip, deflate with and without its wrapper, and zstd',
    async run(stage) {
      const address = await stage.listen(any);
      for (const [encoding, body] of [['gzip', gzipSync(text)], ['deflate', deflateSync(text)], ['deflate', deflateRawSync(text)], ['zstd', zstdCompressSync(text)]] as const) {
        equal((await post(address, '/', body, { 'content-encoding': encoding })).status, 200);
      }
      equal((await post(address, '/', text, { 'content-encoding': 'gzip' })).status, 400);
      equal((await post(address, '/', text, { 'content-encoding': 'br' })).status, 415);
      deepEqual(await stage.values(4), [event, event, event, event]);
    },
  },
  {
    name: 'an answer comes only when the records are on disk',
    async run(stage) {
      const address = await stage.listen(any);
      stage.hold();
      let answered = false;
      const reply = post(address, '/', text).then(({ status }) => {
        answered = true;
        return status;
      });
      await stage.until(() => stage.waiting === 1, () => 'records that wait for the disk');
      ok(!answered);
      stage.release();
      equal(await reply, 200);
      await stage.values(1);
    },
  },
  {
    name: 'a full disk is a reason to try again later, not an answer that all is well',
    async run(stage) {
      const address = await stage.listen(any);
      stage.refuse();
      const reply = await post(address, '/', text);
      equal(reply.status, 503);
      match(reply.headers.get('retry-after') ?? '', /^\d+$/);
      equal(reply.headers.get('content-type'), 'application/problem+json');
      stage.refuse(false);
      equal((await post(address, '/', text)).status, 200);
      await stage.values(1);
    },
  },
  {
    name: 'says what it takes when it is asked for something else',
    async run(stage) {
      const address = await stage.listen(any);
      equal((await post(address, '/nowhere', text)).status, 404);
      const reply = await ask(address, 'DELETE', '/');
      equal(reply.status, 405);
    },
  },
];

export const proofChecks: readonly EventSourceCheck[] = [
  {
    name: 'with a token, only those who know it: as bearer, as password, as key, in Splunk\'s way; two while it is replaced',
    async run(stage) {
      const address = await stage.listen(any, { token: 'new-token\nold-token\n' });
      const basic = (plain: string): string => `Basic ${Buffer.from(plain).toString('base64')}`;
      const right = ['Bearer new-token', 'bearer old-token', 'Splunk new-token', basic('x:new-token'), 'ApiKey new-token'];
      const wrong = ['Bearer wrong', 'Bearer ', 'new-token', basic('new-token'), basic('new-token:x'), 'Digest new-token'];
      for (const authorization of right) equal((await post(address, '/', text, { authorization })).status, 200);
      for (const authorization of wrong) equal((await post(address, '/', text, { authorization })).status, authorization === basic('new-token') ? 200 : 401);
      const none = await post(address, '/', text);
      equal(none.status, 401);
      equal(none.headers.get('www-authenticate'), 'Bearer');
      for (const path of ['/services/collector', '/_bulk', '/v1/logs', '/v1/metrics', '/v1/traces', '/api/v1/write', '/services/collector/raw', '/services/collector/ack']) equal((await post(address, path, '{}')).status, 401);
      equal((await ask(address, 'GET', '/_license')).status, 401);
      await stage.values(right.length + 1);
      ok(stage.said(/the token or password is wrong/));
      ok(!stage.said(/new-token|old-token/));
    },
  },
  {
    name: 'with a user and a password',
    async run(stage) {
      const address = await stage.listen(any, { basic: 'mira:pass:word' });
      const reply = (plain: string) => post(address, '/', text, { authorization: `Basic ${Buffer.from(plain).toString('base64')}` });
      equal((await reply('mira:pass:word')).status, 200);
      equal((await reply('tom:pass:word')).status, 401);
      equal((await reply('mira:pass')).status, 401);
    },
  },
  {
    name: 'pages in a browser are not taken, for they reach loopback, too',
    async run(stage) {
      const address = await stage.listen(any);
      const { request } = await import('node:http');
      const status = await new Promise((resolve) => {
        request(address, { method: 'POST', headers: { origin: 'https://evil.example' } }, (response) => resolve(response.resume().statusCode)).end(text);
      });
      equal(status, 403);
      equal(stage.records.length, 0);
    },
  },
  {
    name: 'a listener on all addresses says what is missing',
    async run(stage) {
      await stage.listen('http://0.0.0.0:0');
      ok(stage.said(/without TLS and without a token: anyone/));
      await stage.listen('http://0.0.0.0:0', { token: 'x' });
      ok(stage.said(/without TLS: what it hears can be read/));
    },
  },
];
