/** A web server on loopback that records requests and answers as it is told. For tests only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Received, Receiver, WebReaction } from './received.ts';

export type React = (request: Received, index: number) => WebReaction;

export async function webReceiver(react: React, tls?: { readonly cert: string; readonly key: string }): Promise<Receiver> {
  const received: Received[] = [];
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const));
      const one: Received = { line: `${request.method} ${request.url}`, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(one);
      answer(response, react(one, received.length - 1));
    });
  };
  const server = tls === undefined ? createServer(onRequest) : createSecureServer(tls, onRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    at: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function answer(response: ServerResponse, reaction: WebReaction): void {
  const { socket } = response;
  if (reaction === 'hang') return;
  if (reaction === 'cut') return void socket?.destroy();
  if (reaction === 'drip') return drip(response);
  if ('raw' in reaction) return void socket?.end(reaction.raw);
  // watchward:ignore code/open-redirect until=2027-11-28 -- answers of a receiver for tests are what the test wrote down
  response.writeHead(reaction.status, reaction.headers ?? {});
  // watchward:ignore code/cross-site-scripting until=2027-11-28 -- answers of a receiver for tests are what the test wrote down
  response.end(reaction.body ?? '');
}

function drip(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), 20);
  response.on('close', () => clearInterval(timer));
}
