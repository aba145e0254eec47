import { createHash, createHmac } from 'node:crypto';
import { type Answer, type Arrival, headerOf, jsonAnswer, mediaTypeOf, Refusal } from './exchange.ts';
import { Deliveries, payloadOf, plainName } from './deliveries.ts';
import { anySame, secretsOf } from './proof.ts';
import type { Reception } from './reception.ts';
import type { Route } from './route.ts';
import { checkSigned } from './signature.ts';

type Forge = 'github' | 'gitlab' | 'standard';

interface Delivery {
  readonly id: string;
  /** What a copy of it would have in common with it: the id, and, where nobody signed that, the body. */
  readonly marks: readonly string[];
  readonly event: string;
  readonly payload: object;
}

/** The secrets of each webhook are settings of its own; without one the path refuses everyone, for a payload that nobody signed proves nothing. */
export function webhookRoutes(): Route[] {
  return [webhook('github', '/github', fromGithub), webhook('gitlab', '/gitlab', fromGitlab), webhook('standard', '/webhook', fromStandard)];
}

function webhook(forge: Forge, path: string, read: (arrival: Arrival, reception: Reception) => Delivery): Route {
  const deliveries = new Deliveries();
  return {
    methods: ['POST'],
    path: new RegExp(`^${path}/?$`),
    proof: 'signature',
    async serve(arrival, reception): Promise<Answer> {
      const { id, marks, event, payload } = read(arrival, reception);
      const again = await deliveries.once(marks, () => reception.take([{ webhook: { forge, event: plainName(event), delivery: plainName(id) }, payload }], arrival.body.length));
      if (!again) return jsonAnswer(202, { accepted: 1 });
      reception.tell('source-refused', `a delivery to ${path} was refused: it had been taken before`);
      // A forge that did not hear the first answer must not try without end.
      return jsonAnswer(200, { accepted: 0, detail: 'this delivery was taken before' });
    },
  };
}

function needed(reception: Reception, path: string, ...names: readonly string[]): string[] {
  const secrets = names.flatMap((name) => secretsOf(reception.setting(name)));
  if (secrets.length === 0) throw new Refusal('forbidden', `${path} takes nothing until the setting ${names.join(' or ')} names a file with its secret`);
  return secrets;
}

/** "Validating webhook deliveries" of GitHub's documentation. */
function fromGithub({ headers, body }: Arrival, reception: Reception): Delivery {
  const secrets = needed(reception, '/github', 'github-secret');
  const right = secrets.map((secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  if (!anySame([headerOf(headers, 'x-hub-signature-256')], right)) throw new Refusal('unauthorized', 'X-Hub-Signature-256 is none of this body with the secret that is known here');
  const id = headerOf(headers, 'x-github-delivery');
  if (!/^[\w-]{1,128}$/.test(id)) throw new Refusal('unreadable', 'X-GitHub-Delivery is needed');
  return { id, marks: [id, digestOf(body)], event: headerOf(headers, 'x-github-event'), payload: payloadOf(body, mediaTypeOf(headers)) };
}

/** The signing token where there is one, else the older secret token, which is sent as it is. */
function fromGitlab({ headers, body }: Arrival, reception: Reception): Delivery {
  needed(reception, '/gitlab', 'gitlab-secret', 'gitlab-token');
  const [signing, tokens] = [secretsOf(reception.setting('gitlab-secret')), secretsOf(reception.setting('gitlab-token'))];
  const id = headerOf(headers, 'webhook-id') || headerOf(headers, 'idempotency-key') || headerOf(headers, 'x-gitlab-event-uuid');
  if (signing.length > 0) checkSigned(signedOf(headers), body, signing, reception.now);
  else if (!anySame([headerOf(headers, 'x-gitlab-token')], tokens)) throw new Refusal('unauthorized', 'X-Gitlab-Token is not the token that is known here');
  if (!/^[!-~]{1,256}$/.test(id)) throw new Refusal('unreadable', 'webhook-id, Idempotency-Key or X-Gitlab-Event-UUID is needed');
  return { id, marks: [id], event: headerOf(headers, 'x-gitlab-event'), payload: payloadOf(body, mediaTypeOf(headers)) };
}

function digestOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64');
}

function fromStandard({ headers, body }: Arrival, reception: Reception): Delivery {
  const signed = signedOf(headers);
  checkSigned(signed, body, needed(reception, '/webhook', 'webhook-secret'), reception.now);
  const payload = payloadOf(body, mediaTypeOf(headers));
  const type: unknown = Object.hasOwn(payload, 'type') ? (payload as { type?: unknown }).type : undefined;
  return { id: signed.id, marks: [signed.id], event: typeof type === 'string' ? type : 'unknown', payload };
}

function signedOf(headers: Arrival['headers']): { id: string; timestamp: string; signatures: string } {
  return { id: headerOf(headers, 'webhook-id'), timestamp: headerOf(headers, 'webhook-timestamp'), signatures: headerOf(headers, 'webhook-signature') };
}
