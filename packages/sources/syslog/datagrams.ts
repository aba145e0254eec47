import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { RawRecord } from '#model/artifact.ts';
import type { Address } from '../address.ts';
import { type Doorway, type Ear, portOf } from '../listening.ts';
import { systemCode } from '../source-error.ts';

/** Each may be changed in the address: `?max-waiting=1000000`. */
export const datagramLimits = {
  /** Bytes that wait for the disk; what comes then is dropped and counted. */
  'max-waiting': 64 * 1_048_576,
} as const;

export type DatagramLimits = Record<keyof typeof datagramLimits, number>;

const receiveBuffer = 4 * 1_048_576;

/** A datagram is a message (RFC 5426, section 3.1). A peer can't be made to wait: what finds no room is lost, and counted. */
export function syslogDatagrams(address: Address, limits: DatagramLimits, ear: Ear): Doorway {
  const socket = createSocket({ type: isIPv6(address.host) ? 'udp6' : 'udp4', recvBufferSize: receiveBuffer });
  let pending: RawRecord[] = [];
  let bytes = 0;
  const flush = (): void => {
    const [records, size] = [pending, bytes];
    pending = [];
    bytes = 0;
    const taken = ear.queue.offer(records, size);
    if (taken === undefined) {
      ear.tally.add('source-limit', `a datagram was dropped: ${limits['max-waiting']} bytes are not on disk yet, which is the limit (max-waiting)`, records.length);
      return;
    }
    taken.catch((error: unknown) => ear.tally.add('source-failed', `datagrams could not be kept and are lost (${systemCode(error)})`));
  };
  socket.on('message', (message) => {
    const value = textOf(message);
    if (value === '') return;
    // Datagrams of one turn go together.
    if (pending.length === 0) setImmediate(flush);
    pending.push({ source: ear.source, sequence: ear.next(), value });
    bytes += message.length;
  });
  socket.on('error', (error) => ear.tally.add('source-failed', `the socket failed (${systemCode(error)})`));
  return { open: () => bound(socket, address), close: () => ended(socket) };
}

/** Without the line feed or zero byte that some senders put at the end. */
function textOf(message: Buffer): string {
  let end = message.length;
  while (end > 0 && isEnd(message[end - 1])) end -= 1;
  return message.toString('utf8', 0, end);
}

function isEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0;
}

function bound(socket: Socket, { host, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address: host, port }, () => {
      socket.off('error', reject);
      resolve(portOf(socket.address()));
    });
  });
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}
