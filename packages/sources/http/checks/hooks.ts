import { deepEqual, equal, ok } from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { EventSourceCheck } from '../../event-source-cases.ts';
import { any, post } from './ask.ts';

const payload = { action: 'deleted', repository: { full_name: 'acme/web' } };
const body = JSON.stringify(payload);
const secret = 'It\'s a Secret to Everybody';

const github = (signed: string, id: string, key = secret): Record<string, string> => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(signed).digest('hex')}`, 'x-github-delivery': id, 'x-github-event': 'branch_protection_rule',
});

const sign = (id: string, timestamp: number, signed: string, key: string | Buffer): string => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${signed}`).digest('base64')}`;

export const webhookChecks: readonly EventSourceCheck[] = [
  {
    name: 'GitHub: the signature of its documentation is right, and one bit off is not',
    async run(stage) {
      const address = await stage.listen(any, { 'github-secret': secret });
      const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
      const headers = { 'x-hub-signature-256': signature, 'x-github-delivery': 'd-0', 'x-github-event': 'ping' };
      // The signature holds; the text is no payload.
      equal((await post(address, '/github', 'Hello, World!', headers)).status, 400);
      equal((await post(address, '/github', 'Hello, World!', { ...headers, 'x-hub-signature-256': signature.replace(/7$/, '6') })).status, 401);
      equal((await post(address, '/github', 'Hello, World?', headers)).status, 401);
      equal((await post(address, '/github', 'Hello, World!', { 'x-github-delivery': 'd-0' })).status, 401);
    },
  },
  {
    name: 'GitHub: a delivery is taken once, under whatever id it comes again; as JSON and as a form',
    async run(stage) {
      const address = await stage.listen(any, { 'github-secret': `other\n${secret}` });
      equal((await post(address, '/github', body, github(body, 'd-1'))).status, 202);
      const form = `payload=${encodeURIComponent('{"zen":"x"}')}`;
      equal((await post(address, '/github', form, { ...github(form, 'd-2'), 'content-type': 'application/x-www-form-urlencoded' })).status, 202);
      for (const id of ['d-1', 'd-3']) deepEqual(JSON.parse((await post(address, '/github', body, github(body, id))).text), { accepted: 0, detail: 'this delivery was taken before' });
      deepEqual(await stage.values(2), [
        { webhook: { forge: 'github', event: 'branch_protection_rule', delivery: 'd-1' }, payload }, { webhook: { forge: 'github', event: 'branch_protection_rule', delivery: 'd-2' }, payload: { zen: 'x' } },
      ]);
      ok(stage.said(/had been taken before/));
    },
  },
  {
    name: 'GitHub: what could not be kept may be sent again',
    async run(stage) {
      const address = await stage.listen(any, { 'github-secret': secret });
      stage.refuse();
      equal((await post(address, '/github', body, github(body, 'd-1'))).status, 503);
      stage.refuse(false);
      equal((await post(address, '/github', body, github(body, 'd-1'))).status, 202);
      await stage.values(1);
    },
  },
  {
    name: 'GitLab: the token, or the signature where that is set',
    async run(stage) {
      const headers = { 'x-gitlab-event': 'Push Hook', 'idempotency-key': 'k-1' };
      const plain = await stage.listen(any, { 'gitlab-token': 'abc' });
      equal((await post(plain, '/gitlab', body, { ...headers, 'x-gitlab-token': 'abd' })).status, 401);
      equal((await post(plain, '/gitlab', body, { ...headers, 'x-gitlab-token': 'abc' })).status, 202);
      equal((await post(plain, '/gitlab', body, { ...headers, 'x-gitlab-token': 'abc' })).status, 200);
      const signing = await stage.listen(any, { 'gitlab-token': 'abc', 'gitlab-secret': 'signing-token' });
      const now = Math.floor(stage.now / 1000);
      equal((await post(signing, '/gitlab', body, { ...headers, 'x-gitlab-token': 'abc' })).status, 401);
      equal((await post(signing, '/gitlab', body, { ...headers, 'webhook-id': 'k-2', 'webhook-timestamp': String(now), 'webhook-signature': sign('k-2', now, body, 'signing-token') })).status, 202);
      deepEqual(await stage.values(2), ['k-1', 'k-2'].map((delivery) => ({ webhook: { forge: 'gitlab', event: 'Push Hook', delivery }, payload })));
    },
  },
  {
    name: 'Standard Webhooks: rotation of secrets on both sides, five minutes, no replay',
    async run(stage) {
      const [old, next] = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)];
      const address = await stage.listen(any, { 'webhook-secret': `whsec_${old.toString('base64')}\nwhsec_${next.toString('base64')}` });
      const now = Math.floor(stage.now / 1000);
      const typed = JSON.stringify({ type: 'user.created', data: {} });
      const send = async (id: string, at: number, key: Buffer, extra = ''): Promise<number> => (
        (await post(address, '/webhook', typed, { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `${extra}${sign(id, at, typed, key)}` })).status
      );
      equal(await send('m-1', now, old), 202);
      equal(await send('m-2', now - 299, next, 'v1a,AAAA v1,AAAA '), 202);
      equal(await send('m-3', now - 301, old), 401);
      equal(await send('m-3', now + 301, old), 401);
      equal(await send('m-3', now, Buffer.alloc(24, 3)), 401);
      equal(await send('m-1', now, old), 200);
      equal((await post(address, '/webhook', typed, { 'webhook-id': 'm-4', 'webhook-timestamp': String(now), 'webhook-signature': sign('m-5', now, typed, old) })).status, 401);
      equal((await post(address, '/webhook', typed)).status, 401);
      deepEqual(await stage.values(2), ['m-1', 'm-2'].map((delivery) => ({ webhook: { forge: 'standard', event: 'user.created', delivery }, payload: { type: 'user.created', data: {} } })));
    },
  },
  {
    name: 'webhooks without a secret are taken from nobody',
    async run(stage) {
      const address = await stage.listen(any, { token: 'abc' });
      for (const path of ['/github', '/gitlab', '/webhook']) equal((await post(address, path, body, { ...github(body, 'd-1'), authorization: 'Bearer abc', 'webhook-id': 'a', 'webhook-timestamp': '1' })).status, 403);
      equal(stage.records.length, 0);
      ok(stage.said(/\/github takes nothing until the setting github-secret/));
    },
  },
];
