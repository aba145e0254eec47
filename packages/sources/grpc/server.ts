import { createSecureServer, createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Address } from '../address.ts';
import { Budget } from '../http/body.ts';
import { headerOf, Refusal } from '../http/exchange.ts';
import type { HttpLimits } from '../http/limits.ts';
import { type OtlpSignal, statusCodes, takeOtlp } from '../http/otlp.ts';
import { hasPasses, mayEnter, type Passes } from '../http/proof.ts';
import { Reception } from '../http/reception.ts';
import { closed, type Doorway, type Ear, listenOn } from '../listening.ts';

/** OTLP over gRPC ("PROTOCOL-HTTP2.md" of grpc; OTLP 1.9, "OTLP/gRPC"): three unary calls, no library. */

export interface GrpcOffer {
  readonly address: Address;
  readonly limits: HttpLimits;
  readonly passes: Passes;
  readonly tls: TlsOptions | undefined;
}

const services = new Map<string, OtlpSignal>([
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'traces'],
]);

const contentType = 'application/grpc';
const idleMilliseconds = 300_000;
const lingerMilliseconds = 500;

export function grpcDoorway(offer: GrpcOffer, ear: Ear): Doorway {
  const { limits, tls, address } = offer;
  const options = { settings: { maxConcurrentStreams: 100, maxHeaderListSize: 16_384 }, maxSessionMemory: 32 };
  const server: Http2Server = tls === undefined ? createServer(options) : createSecureServer({ ...options, ...tls, ALPNProtocols: ['h2'], handshakeTimeout: limits['max-header-seconds'] * 1000 });
  const sessions = new Set<ServerHttp2Session>();
  const calls = new Calls(offer, ear);
  server.maxConnections = limits['max-connections'];
  server.on('drop', () => ear.tally.add('source-limit', `a connection was refused: ${limits['max-connections']} are open, which is the limit (max-connections)`));
  server.on('tlsClientError', () => ear.tally.add('source-refused', 'a peer did not complete the handshake of TLS'));
  server.on('sessionError', () => ear.tally.add('event-unreadable', 'a peer broke the rules of HTTP/2; its connection was closed'));
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.setTimeout(idleMilliseconds, () => session.close());
  });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void calls.serve(stream, headers));
  return {
    open: () => listenOn(server, address),
    async close() {
      const end = closed(server);
      for (const session of sessions) session.destroy();
      await end;
    },
  };
}

class Calls {
  readonly #offer: GrpcOffer;
  readonly #ear: Ear;
  readonly #reception: Reception;
  readonly #budget: Budget;

  constructor(offer: GrpcOffer, ear: Ear) {
    this.#offer = offer;
    this.#ear = ear;
    this.#reception = new Reception(ear, offer.limits);
    this.#budget = new Budget(offer.limits['max-waiting']);
  }

  async serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    stream.on('error', () => stream.destroy());
    let held = 0;
    try {
      const signal = this.#signalOf(headers);
      const framed = await readWhole(stream, this.#offer.limits, (bytes) => {
        if (!this.#budget.take(bytes)) throw new Refusal('busy', 'too many requests are being read at once; try again later');
        held += bytes;
      });
      const request = await messageOf(framed, headerOf(headers, 'grpc-encoding'), this.#offer.limits['max-expanded']);
      const { bytes } = await takeOtlp(signal, request, this.#reception);
      answer(stream, bytes);
    } catch (error) {
      this.#refuse(stream, error instanceof Refusal ? error : new Refusal('unreadable', 'the call could not be read'));
    } finally {
      this.#budget.give(held);
    }
  }

  #signalOf(headers: IncomingHttpHeaders): OtlpSignal {
    const signal = services.get(headerOf(headers, ':path'));
    if (headerOf(headers, ':method') !== 'POST' || !headerOf(headers, 'content-type').startsWith(contentType)) throw new Refusal('unsupported', 'this port takes gRPC only');
    if (signal === undefined) throw new Refusal('missing', 'this service or method is none of OTLP');
    const { passes } = this.#offer;
    if (hasPasses(passes) && !mayEnter(headers, passes)) {
      throw new Refusal('unauthorized', headerOf(headers, 'authorization') === '' ? 'a token or a password is needed' : 'the token or password is wrong');
    }
    return signal;
  }

  #refuse(stream: ServerHttp2Stream, { kind, message }: Refusal): void {
    const { tally } = this.#ear;
    if (kind === 'busy') tally.add('source-waiting', `a peer was told to try again: ${message} (max-waiting)`);
    else if (kind === 'too-large') tally.add('source-limit', `a call was refused: ${message}`);
    else if (kind === 'unauthorized') tally.add('source-refused', `a call was refused: ${message}`);
    else if (kind === 'unreadable' || kind === 'unsupported') tally.add('event-unreadable', `a call was refused: ${message}`);
    if (stream.destroyed || stream.closed || stream.headersSent) return;
    // "Trailers-Only": the status comes with the headers. UNAVAILABLE tells a client to try again.
    stream.respond({ ':status': 200, 'content-type': contentType, 'grpc-status': String(statusCodes[kind]), 'grpc-message': encodeURIComponent(message) }, { endStream: true });
    if (stream.readableEnded) return;
    // What was not read yet is not wanted (RFC 9113, section 8.1), but a reset at once could overtake the answer.
    stream.resume();
    setTimeout(() => stream.close(0), lingerMilliseconds).unref();
  }
}

function readWhole(stream: ServerHttp2Stream, limits: HttpLimits, hold: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const fail = (refusal: Refusal): void => {
      clearTimeout(timer);
      stream.removeAllListeners('data');
      reject(refusal);
    };
    const seconds = limits['max-request-seconds'];
    const timer = setTimeout(() => fail(new Refusal('too-large', `it was not whole in ${seconds} seconds, which is the limit (max-request-seconds)`)), seconds * 1000);
    stream.on('data', (part: Buffer) => {
      length += part.length;
      // The prefix of a message does not count.
      if (length > limits['max-request'] + 5) fail(new Refusal('too-large', `it is larger than ${limits['max-request']} bytes, which is the limit (max-request); send less at once`));
      else {
        try {
          hold(part.length);
          parts.push(part);
        } catch (error) {
          fail(error as Refusal);
        }
      }
    });
    stream.on('end', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(parts));
    });
    stream.on('close', () => fail(new Refusal('unreadable', 'the call ended before it was whole')));
  });
}

/** "Length-Prefixed-Message": a flag, four bytes of length, the message. A unary call has one. */
async function messageOf(framed: Buffer, encoding: string, limit: number): Promise<Uint8Array> {
  if (framed.length < 5 || framed.readUInt32BE(1) !== framed.length - 5) throw new Refusal('unreadable', 'the call holds no whole message');
  const message = framed.subarray(5);
  if (framed[0] === 0) return message;
  if (encoding !== 'gzip') throw new Refusal('missing', 'grpc-encoding may be gzip or identity');
  try {
    return await promisify(gunzip)(message, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new Refusal('too-large', `it unpacks to more than ${limit} bytes, which is the limit (max-expanded)`);
    throw new Refusal('unreadable', 'the message is no gzip');
  }
}

function answer(stream: ServerHttp2Stream, bytes: Uint8Array): void {
  if (stream.destroyed || stream.closed) return;
  const framed = Buffer.alloc(5 + bytes.length);
  framed.writeUInt32BE(bytes.length, 1);
  framed.set(bytes, 5);
  stream.respond({ ':status': 200, 'content-type': contentType, 'grpc-accept-encoding': 'gzip' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(framed);
}
