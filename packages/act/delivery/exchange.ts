import { request as plainRequest, type Agent as PlainAgent, type IncomingMessage } from 'node:http';
import { request as secureRequest, type Agent as SecureAgent } from 'node:https';
import type { Stop } from '#model/intake.ts';
import { onStop, stopped } from './stopping.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** At most `answerLimit` bytes of it. */
  readonly text: string;
}

export interface ExchangeContext {
  readonly agent: PlainAgent | SecureAgent;
  readonly timeout: number;
  readonly stop: Stop;
}

/** The time for a whole exchange was over. */
export class SilentReceiver extends Error {}

const answerLimit = 256 * 1024;

/** One request and its answer. It goes to the address given and nowhere else: a redirect is an answer like any other. */
export function exchange(request: HttpRequest, { agent, timeout, stop }: ExchangeContext): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const send = request.url.protocol === 'https:' ? secureRequest : plainRequest;
    const body = request.body === undefined ? undefined : Buffer.from(request.body);
    const length: { readonly [name: string]: string } = body === undefined ? {} : { 'content-length': String(body.length) };
    const call = send(request.url, { method: request.method, agent, headers: { ...request.headers, ...length } });
    const timer = setTimeout(() => call.destroy(new SilentReceiver()), timeout);
    const cut = onStop(stop, () => call.destroy(stopped()));
    const end = (): void => {
      clearTimeout(timer);
      cut.release();
    };
    call.once('close', end);
    call.on('error', reject);
    call.once('response', (response) => readAnswer(response).then(resolve, reject));
    call.end(body);
  });
}

function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (): void => resolve({ status: response.statusCode ?? 0, headers: headersOf(response), text: Buffer.concat(chunks).subarray(0, answerLimit).toString('utf8') });
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size < answerLimit) return;
      done();
      response.destroy();
    });
    response.once('end', done);
    response.once('error', reject);
  });
}

function headersOf({ headers }: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
}
