import { createSocket } from 'node:dgram';
import { connect as connectPlain, isIPv6, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Stop } from '#model/intake.ts';
import { SilentReceiver } from '../delivery/exchange.ts';
import { onStop, stopped } from '../delivery/stopping.ts';

export interface SyslogReceiver {
  readonly host: string;
  readonly port: number;
  readonly timeout: number;
  readonly stop: Stop;
}

/** RFC 5426: one datagram a message. Nobody says whether it came. */
export async function sendDatagrams(messages: readonly Buffer[], { host, port, stop }: SyslogReceiver): Promise<void> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  try {
    for (const message of messages) {
      if (stop.aborted) throw stopped();
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.send(message, port, host, (error) => {
          socket.off('error', reject);
          if (error === null) resolve();
          else reject(error);
        });
      });
    }
  } finally {
    socket.close();
  }
}

/**
 * RFC 6587 §3.4.1, octet counting, on a connection for each batch. The receiver has no word for "I have it": what counts as one
 * is that it closes in order once we have said that nothing more comes.
 */
export function sendStream(messages: readonly Buffer[], receiver: SyslogReceiver, tls: { readonly ca: string | undefined; readonly cert: string | undefined; readonly key: string | undefined } | undefined): Promise<void> {
  const { host, port, stop, timeout } = receiver;
  return new Promise((resolve, reject) => {
    const socket: Socket = tls === undefined ? connectPlain({ host, port }) : connectSecure({ host, port, ...tls, ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }) });
    const timer = setTimeout(() => socket.destroy(new SilentReceiver()), timeout);
    const cut = onStop(stop, () => socket.destroy(stopped()));
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      cut.release();
      resolve();
    });
    // A syslog receiver says nothing; what it says all the same is let go, so that its end is seen.
    socket.resume();
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      for (const message of messages) socket.write(Buffer.concat([Buffer.from(`${message.length} `), message]));
      socket.end();
    });
  });
}
