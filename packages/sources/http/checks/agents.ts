import { deepEqual, equal, ok } from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { EventSourceCheck } from '../../event-source-cases.ts';
import { any, ask, post } from './ask.ts';

const json = (text: string): unknown => JSON.parse(text);

export const splunkChecks: readonly EventSourceCheck[] = [
  {
    name: 'Splunk: events one behind the other; texts stay texts, objects get the time that they lack',
    async run(stage) {
      const address = await stage.listen(any, { token: 'abc' });
      const authorization = 'Splunk abc';
      const body = '{"time":1772600767.25,"host":"web-1","event":{"user":"mira"}}{"event":"a line }{ of text"} {"time":"1772600768","event":{"ts":1,"x":2}}\n{"event":{"y":3}}';
      const reply = await post(address, '/services/collector/event', body, { authorization });
      deepEqual(json(reply.text), { text: 'Success', code: 0 });
      deepEqual(await stage.values(4), [{ user: 'mira', time: 1_772_600_767_250 }, 'a line }{ of text', { ts: 1, x: 2 }, { y: 3 }]);
    },
  },
  {
    name: 'Splunk: raw lines, and health without a token',
    async run(stage) {
      const address = await stage.listen(any, { token: 'abc' });
      deepEqual(json((await ask(address, 'GET', '/services/collector/health')).text), { text: 'HEC is healthy', code: 17 });
      equal((await post(address, '/services/collector/raw?channel=c', gzipSync('one\r\ntwo\n\n'), { authorization: 'Splunk abc', 'content-encoding': 'gzip' })).text, '{"text":"Success","code":0,"ackId":0}');
      deepEqual(await stage.values(2), ['one', 'two']);
    },
  },
  {
    name: 'Splunk: acknowledgements of a channel, for what was given to it and nothing else',
    async run(stage) {
      const address = await stage.listen(any);
      const headers = { 'x-splunk-request-channel': 'FE0ECFAD-13D5-401B-847D-77833BD77131' };
      for (const ackId of [0, 1]) deepEqual(json((await post(address, '/services/collector', '{"event":"x"}', headers)).text), { text: 'Success', code: 0, ackId });
      deepEqual(json((await post(address, '/services/collector/ack', '{"acks":[0,1,2,"x"]}', headers)).text), { acks: { 0: true, 1: true, 2: false, x: false } });
      equal((await post(address, '/services/collector/ack', '{"acks":[0]}')).status, 400);
    },
  },
  {
    name: 'Splunk: says what is wrong in the codes of its own',
    async run(stage) {
      const address = await stage.listen(any, { token: 'abc' });
      const code = async (body: string, authorization?: string): Promise<unknown> => {
        const reply = await post(address, '/services/collector', body, authorization === undefined ? {} : { authorization });
        return [reply.status, (json(reply.text) as { code: number }).code];
      };
      const right = 'Splunk abc';
      deepEqual(await code('{"event":"x"}'), [401, 2]);
      deepEqual(await code('{"event":"x"}', 'Splunk abd'), [401, 4]);
      deepEqual(await code('', right), [400, 5]);
      deepEqual(await code('{"event":"x"}{"event"', right), [400, 6]);
      deepEqual(await code('{"evnt":"x"}', right), [400, 12]);
      deepEqual(await code('{"event":""}', right), [400, 13]);
      stage.refuse();
      deepEqual(await code('{"event":"x"}', right), [503, 9]);
      equal(stage.records.length, 0);
    },
  },
];

export const elasticsearchChecks: readonly EventSourceCheck[] = [
  {
    name: 'Elasticsearch: what agents ask before they send',
    async run(stage) {
      const address = await stage.listen(any);
      const root = await ask(address, 'GET', '/');
      equal(root.headers.get('x-elastic-product'), 'Elasticsearch');
      ok((json(root.text) as { version: { number: string } }).version.number.startsWith('8.'));
      equal((await ask(address, 'HEAD', '/')).status, 200);
      equal((json((await ask(address, 'GET', '/_license')).text) as { license: { status: string } }).license.status, 'active');
      equal((await ask(address, 'GET', '/_cluster/health')).status, 200);
    },
  },
  {
    name: 'Elasticsearch: bulk requests, with a result for each item',
    async run(stage) {
      const address = await stage.listen(any);
      const lines = ['{"index":{"_index":"a","_id":"7"}}', '{"x":1}', '{"create":{}}', '{"x":2}', '{"update":{"_id":"9"}}', '{"doc":{"x":3}}', '{"delete":{"_id":"1"}}', '{"index":{}}', 'broken'];
      const reply = await post(address, '/logs-1/_bulk', `${lines.join('\n')}\n`, { 'content-type': 'application/x-ndjson' });
      const { errors, items } = json(reply.text) as { errors: boolean; items: Record<string, { _index: string; _id: string; status: number }>[] };
      equal(errors, true);
      deepEqual(items.map((item) => Object.entries(item).map(([action, { status, _index }]) => `${action} ${_index} ${status}`)[0]), ['index a 201', 'create logs-1 201', 'update logs-1 201', 'delete logs-1 400', 'index logs-1 400']);
      deepEqual(await stage.values(3), [{ x: 1 }, { x: 2 }, { x: 3 }]);
      equal(stage.deadLetters.length, 1);
    },
  },
  {
    name: 'Elasticsearch: a line that is no action, and a disk that is full',
    async run(stage) {
      const address = await stage.listen(any);
      equal((await post(address, '/_bulk', '{"x":1}\n{"y":2}\n')).status, 400);
      stage.refuse();
      equal((await post(address, '/_bulk', '{"index":{}}\n{"y":2}\n')).status, 503);
      equal(stage.records.length, 0);
    },
  },
];
