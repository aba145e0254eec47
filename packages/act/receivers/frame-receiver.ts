/** Syslog receivers on loopback: datagrams, and octet counting on TCP and TLS (RFC 6587 §3.4.1). For tests only. */
import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import type { Received, Receiver } from './received.ts';

const frame = (bytes: Buffer): Received => ({ line: 'frame', headers: new Map([['bytes', String(bytes.length)]]), body: bytes.toString('utf8') });

export async function datagramReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message) => received.push(frame(message)));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', () => resolve()));
  return {
    at: `127.0.0.1:${socket.address().port}`,
    received,
    close: () => new Promise((resolve) => {
      // What was sent to loopback is in the socket's queue: it is read before the socket closes.
      setTimeout(() => socket.close(() => resolve()), 20);
    }),
  };
}

export type OnConnection = (socket: Socket, index: number) => 'read' | 'handled';

export async function frameReceiver(options: { readonly tls?: { readonly cert: string; readonly key: string }; readonly onConnection?: OnConnection } = {}): Promise<Receiver> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (options.onConnection?.(socket, connections++) === 'handled') return;
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      rest = takeFrames(Buffer.concat([rest, chunk]), (bytes) => received.push(frame(bytes)));
    });
    socket.on('end', () => {
      if (rest.length > 0) received.push({ line: 'rubbish', headers: new Map(), body: rest.toString('utf8') });
      socket.end();
    });
  };
  const server = options.tls === undefined ? createServer({ allowHalfOpen: true }, onSocket) : createSecureServer(options.tls, onSocket);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    at: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

function takeFrames(bytes: Buffer, onFrame: (frame: Buffer) => void): Buffer {
  let rest = bytes;
  for (;;) {
    const count = /^(\d{1,9}) /.exec(rest.subarray(0, 10).toString('latin1'));
    if (count === null) return rest;
    const start = count[0].length;
    const end = start + Number(count[1]);
    if (rest.length < end) return rest;
    onFrame(rest.subarray(start, end));
    rest = rest.subarray(end);
  }
}
