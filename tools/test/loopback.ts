/** Set up before every test file: a test that reaches for another machine fails instead of waiting. */
import { Socket } from 'node:net';

const { connect } = Socket.prototype;

Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
  const host = hostOf(given);
  if (host !== undefined && !/^(?:localhost|127\.[\d.]+|::1)$/.test(host)) {
    throw new Error(`a test tried to connect to '${host}'; tests talk to this machine only`);
  }
  return Reflect.apply(connect, this, given) as Socket;
} as typeof connect;

/** The host of `connect(port, host)`, `connect({ host })` or Node's own normalised array; undefined for a local socket. */
function hostOf(given: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  if (typeof first === 'number') return typeof second === 'string' ? second : 'localhost';
  if (typeof first !== 'object' || first === null || ('path' in first && typeof first.path === 'string')) return undefined;
  return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
}
