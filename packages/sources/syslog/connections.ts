import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { RawRecord } from '#model/artifact.ts';
import type { Address } from '../address.ts';
import { closed, type Doorway, type Ear, listenOn } from '../listening.ts';
import { systemCode } from '../source-error.ts';
import { type FrameProblem, SyslogFramer } from './framing.ts';

/** Each may be changed in the address: `?max-connections=20`. */
export const connectionLimits = {
  'max-connections': 1000,
  /** Bytes of one message. */
  'max-message': 65_536,
  /** Bytes of all connections together that wait for the disk. */
  'max-waiting': 64 * 1_048_576,
  /** Seconds that a message may take from its first byte to its last, and a handshake of TLS in all. */
  'max-pause': 60,
} as const;

export type ConnectionLimits = Record<keyof typeof connectionLimits, number>;

/** Bytes of one connection that may wait for the disk before it is read no further. */
const ahead = 1_048_576;

/** A server of syslog over connections. There is no acknowledgement in this protocol: a peer that is not read waits in TCP. */
export function syslogConnections(address: Address, limits: ConnectionLimits, ear: Ear, tls?: TlsOptions): Doorway {
  const open = new Set<Socket>();
  const server: Server = tls === undefined
    ? createTcpServer((socket) => hear(socket))
    : createTlsServer({ ...tls, handshakeTimeout: limits['max-pause'] * 1000 }, (socket) => hear(socket));
  server.maxConnections = limits['max-connections'];
  server.on('drop', () => ear.tally.add('source-limit', `a connection was refused: ${limits['max-connections']} are open, which is the limit (max-connections)`));
  server.on('tlsClientError', () => ear.tally.add('source-refused', 'a peer did not complete the handshake of TLS'));
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  });
  const hear = (socket: Socket): void => new Connection(socket, limits, ear, tls !== undefined).start();
  return {
    open: () => listenOn(server, address),
    async close() {
      const end = closed(server);
      for (const socket of open) socket.destroy();
      await end;
    },
  };
}

class Connection {
  readonly #socket: Socket;
  readonly #limits: ConnectionLimits;
  readonly #ear: Ear;
  readonly #framer: SyslogFramer;
  #underWay = 0;

  constructor(socket: Socket, limits: ConnectionLimits, ear: Ear, counted: boolean) {
    this.#socket = socket;
    this.#limits = limits;
    this.#ear = ear;
    this.#framer = new SyslogFramer(limits['max-message'], counted ? true : undefined);
  }

  start(): void {
    const socket = this.#socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#take(this.#framer.push(chunk)));
    socket.on('end', () => this.#take(this.#framer.end()));
    // Silence between messages is no fault; half a message that stays half is.
    socket.setTimeout(this.#limits['max-pause'] * 1000, () => {
      if (!this.#framer.within || socket.isPaused()) return;
      this.#ear.tally.add('source-limit', `a connection was closed: its message stood unfinished for ${this.#limits['max-pause']} seconds (max-pause)`);
      this.#take(this.#framer.end());
      socket.destroy();
    });
  }

  #take({ messages, bytes, problems }: ReturnType<SyslogFramer['push']>): void {
    for (const problem of problems) this.#tell(problem);
    if (this.#framer.lost) this.#socket.destroy();
    if (messages.length === 0) return;
    const { source } = this.#ear;
    const records = messages.map((value): RawRecord => ({ source, sequence: this.#ear.next(), value }));
    this.#underWay += bytes;
    if (this.#underWay >= ahead) this.#socket.pause();
    void this.#deliver(records, bytes);
  }

  async #deliver(records: readonly RawRecord[], bytes: number): Promise<void> {
    const { queue, tally } = this.#ear;
    try {
      let taken = queue.offer(records, bytes);
      while (taken === undefined) {
        this.#socket.pause();
        tally.add('source-waiting', `peers wait: ${this.#limits['max-waiting']} bytes are not on disk yet, which is the limit (max-waiting)`);
        await queue.room();
        taken = queue.offer(records, bytes);
      }
      await taken;
    } catch (error) {
      tally.add('source-failed', `messages could not be kept (${systemCode(error)}); their connections were closed`);
      this.#socket.destroy();
    }
    this.#underWay -= bytes;
    if (this.#underWay < ahead) this.#socket.resume();
  }

  #tell({ kind, bytes }: FrameProblem): void {
    const { ctx, tally } = this.#ear;
    const limit = this.#limits['max-message'];
    if (kind === 'too-long') tally.add('source-limit', `a message is longer than ${limit} bytes, which is the limit (max-message); its beginning went to the dead letters`);
    else if (kind === 'no-count') tally.add('event-unreadable', 'a connection was closed: no length stands where one must (RFC 6587, section 3.4.1)');
    else tally.add('event-unreadable', 'a connection ended within a message');
    ctx.onDeadLetter(bytes, kind);
  }
}
