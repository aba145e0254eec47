import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { Address } from '../address.ts';
import { closed, type Doorway, type Ear, listenOn } from '../listening.ts';
import { systemCode } from '../source-error.ts';
import { Budget, readBody } from './body.ts';
import { type Answer, type Arrival, headerOf, Refusal, retryAfter } from './exchange.ts';
import type { HttpLimits } from './limits.ts';
import { hasPasses, mayEnter, type Passes } from './proof.ts';
import { Reception } from './reception.ts';
import { refusalOf, type Route } from './route.ts';

export interface HttpOffer {
  readonly address: Address;
  readonly limits: HttpLimits;
  readonly routes: readonly Route[];
  readonly passes: Passes;
  readonly tls: TlsOptions | undefined;
}

export function httpDoorway(offer: HttpOffer, ear: Ear): Doorway {
  const { limits, tls, address } = offer;
  const desk = new Desk(offer, ear);
  const options = {
    headersTimeout: limits['max-header-seconds'] * 1000,
    requestTimeout: limits['max-request-seconds'] * 1000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 500,
    maxHeaderSize: 16_384,
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => void desk.serve(request, response);
  const server: Server = tls === undefined ? createHttpServer(options, listener) : createHttpsServer({ ...options, ...tls, handshakeTimeout: options.headersTimeout }, listener);
  const open = new Set<Socket>();
  server.maxConnections = limits['max-connections'];
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('drop', () => ear.tally.add('source-limit', `a connection was refused: ${limits['max-connections']} are open, which is the limit (max-connections)`));
  server.on('tlsClientError', () => ear.tally.add('source-refused', 'a peer did not complete the handshake of TLS'));
  server.on('clientError', (error, socket) => {
    desk.tellBroken(systemCode(error));
    // Node's own answer when there is no listener (RFC 9110, sections 15.5.9 and 15.5.1).
    if (socket.writable) socket.end(`HTTP/1.1 ${systemCode(error) === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
    else socket.destroy();
  });
  return {
    open: () => listenOn(server, address),
    async close() {
      const end = closed(server);
      for (const socket of open) socket.destroy();
      await end;
    },
  };
}

class Desk {
  readonly #offer: HttpOffer;
  readonly #ear: Ear;
  readonly #budget: Budget;
  readonly #reception: Reception;

  constructor(offer: HttpOffer, ear: Ear) {
    this.#offer = offer;
    this.#ear = ear;
    this.#budget = new Budget(offer.limits['max-waiting']);
    this.#reception = new Reception(ear, offer.limits);
  }

  tellBroken(code: string): void {
    const { limits } = this.#offer;
    const slow = `a connection was closed: its request was not whole in time, which is the limit (max-header-seconds ${limits['max-header-seconds']}, max-request-seconds ${limits['max-request-seconds']})`;
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') this.#ear.tally.add('source-limit', slow);
    else if (code === 'HPE_HEADER_OVERFLOW') this.#ear.tally.add('source-limit', 'a request was refused: its headers have more than 16384 bytes');
    else if (code.startsWith('HPE_')) this.#ear.tally.add('event-unreadable', 'a peer sent what is no HTTP; its connection was closed');
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
    const head = { method: request.method ?? 'GET', path, query: new URLSearchParams(query), headers: request.headers };
    const found = this.#offer.routes.filter((route) => route.path.test(path));
    const route = found.find(({ methods }) => methods.includes(head.method)) ?? found[0];
    let answer: Answer;
    try {
      answer = await this.#answer(request, head, route);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('unreadable', 'the request could not be read');
      this.#tell(refusal);
      answer = refusalOf(route, refusal, head);
    }
    send(request, response, answer);
  }

  async #answer(request: IncomingMessage, head: Omit<Arrival, 'body'>, route: Route | undefined): Promise<Answer> {
    // A page in a browser on this machine can reach loopback, too; no agent says where its page came from.
    if (headerOf(head.headers, 'origin') !== '' || /^(?:cross-site|same-site)$/.test(headerOf(head.headers, 'sec-fetch-site'))) {
      throw new Refusal('forbidden', 'requests from pages in a browser are not taken');
    }
    if (route === undefined) throw new Refusal('missing', 'nothing is taken at this path');
    if (!route.methods.includes(head.method)) throw new Refusal('method', `this path takes ${route.methods.join(', ')}`);
    if (route.proof === 'token' && hasPasses(this.#offer.passes) && !mayEnter(head.headers, this.#offer.passes)) {
      throw new Refusal('unauthorized', headerOf(head.headers, 'authorization') === '' ? 'a token or a password is needed' : 'the token or password is wrong');
    }
    const body = await readBody(request, this.#offer.limits, this.#budget, route.packed === true);
    try {
      return await route.serve({ ...head, body: body.bytes }, this.#reception);
    } finally {
      body.done();
    }
  }

  #tell({ kind, message }: Refusal): void {
    if (kind === 'busy') this.#ear.tally.add('source-waiting', `a peer was told to try again: ${message} (max-waiting)`);
    else if (kind === 'too-large') this.#ear.tally.add('source-limit', `a request was refused: ${message}`);
    else if (kind === 'unauthorized' || kind === 'forbidden') this.#ear.tally.add('source-refused', `a request was refused: ${message}`);
    else if (kind === 'unreadable' || kind === 'unsupported') this.#ear.tally.add('event-unreadable', `a request was refused: ${message}`);
  }
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const body = answer.body ?? '';
  const headers: Record<string, string | number> = { 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', ...answer.headers };
  if (answer.type !== undefined) headers['content-type'] = answer.type;
  if (answer.status === 503 || answer.status === 429) headers['retry-after'] = retryAfter;
  if (answer.status === 401) headers['www-authenticate'] = 'Bearer';
  // What was not read of a refused body is not read: the connection ends with the answer.
  if (!request.complete) headers['connection'] = 'close';
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' ? '' : body);
  if (!request.complete) request.resume();
}
