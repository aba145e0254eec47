import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';

/** Peers of listeners, for cases. */

/** A connection that stays open until the other side ends it, or the test does. */
export async function dial(address: URL): Promise<Socket> {
  const socket = connect({ host: address.hostname, port: Number(address.port) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

export async function dialTls(address: URL, options: { readonly ca: string; readonly cert?: string; readonly key?: string }): Promise<Socket> {
  const socket = connectTls({ host: address.hostname, port: Number(address.port), servername: 'localhost', ...options });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  return socket;
}

/** Sends, ends, and resolves once the other side has ended, too, or after a while. What came back is given. */
export async function tell(socket: Socket, bytes: Uint8Array | string): Promise<Buffer> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => void parts.push(part));
  socket.end(bytes);
  await Promise.race([gone(socket), wait(500)]);
  socket.destroy();
  return Buffer.concat(parts);
}

/** Resolves once the other side has ended the connection, in whatever way. */
export async function gone(socket: Socket): Promise<void> {
  if (socket.closed) return;
  await new Promise<void>((resolve) => socket.resume().once('close', () => resolve()));
}

export async function sendDatagrams(address: URL, ...datagrams: readonly (Uint8Array | string)[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const datagram of datagrams) {
    await new Promise<void>((resolve) => socket.send(datagram, Number(address.port), address.hostname, () => resolve()));
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}
