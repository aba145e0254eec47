import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';

/** A client of unary calls, for cases. */

export const services = {
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
} as const;

export interface CallReply {
  readonly code: number;
  readonly message: string;
  readonly bytes: Buffer;
}

/** A message with its prefix. */
export function framed(message: Uint8Array, packed = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = packed;
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

export function session(address: URL, ca?: string): ClientHttp2Session {
  const client = connect(`${ca === undefined ? 'http' : 'https'}://${address.host}`, { servername: 'localhost', ...(ca === undefined ? {} : { ca }) });
  client.on('error', () => undefined);
  return client;
}

export function call(client: ClientHttp2Session, path: string, body: Uint8Array, headers: Readonly<Record<string, string>> = {}, ends = true): Promise<CallReply> {
  return new Promise((resolve) => {
    const stream = client.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers', ...headers });
    const parts: Buffer[] = [];
    let found: IncomingHttpHeaders = {};
    stream.on('error', () => undefined);
    stream.on('response', (given) => (found = { ...found, ...given }));
    stream.on('trailers', (given) => (found = { ...found, ...given }));
    stream.on('data', (part: Buffer) => void parts.push(part));
    stream.on('close', () => resolve({ code: Number(found['grpc-status'] ?? -1), message: decodeURIComponent(String(found['grpc-message'] ?? '')), bytes: Buffer.concat(parts) }));
    if (ends) stream.end(body);
    else stream.write(body);
  });
}
