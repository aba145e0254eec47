import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

/**
 * The client library reads the length of an answer without looking whether it can be one, outside of any try: five bytes of nonsense from
 * whatever listens at the broker's port would end the whole process. Here such bytes end the connection. Within TLS the peer has shown who it is.
 */

const guarding = new AsyncLocalStorage<true>();
let subscribed = false;

/** Runs what may open connections of the library. */
export function guarded<Result>(act: () => Result): Result {
  if (!subscribed) subscribe('net.client.socket', onSocket);
  subscribed = true;
  return guarding.run(true, act);
}

function onSocket(message: unknown): void {
  if (guarding.getStore() !== true || typeof message !== 'object' || message === null || !('socket' in message)) return;
  const { socket } = message;
  if (!(socket instanceof Socket)) return;
  socket.on('newListener', (event: unknown, listener: unknown) => {
    if (event !== 'data' || typeof listener !== 'function' || ours.has(listener)) return;
    // It is told before the listener is there; nothing can come in between.
    queueMicrotask(() => replace(socket, listener as (chunk: Buffer) => void));
  });
}

const ours = new WeakSet<object>();

function replace(socket: Socket, listener: (chunk: Buffer) => void): void {
  const careful = (chunk: Buffer): void => {
    try {
      listener.call(socket, chunk);
    } catch {
      socket.destroy(Object.assign(new Error('the peer speaks another protocol'), { code: 'NO_KAFKA' }));
    }
  };
  ours.add(careful);
  socket.off('data', listener);
  socket.on('data', careful);
}
