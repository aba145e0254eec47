import type { ListeningSource, SourceContext, Stop } from '#model/intake.ts';
import { type Address, hostAndPort } from './address.ts';
import { type Accept, IntakeQueue } from './intake-queue.ts';
import { SourceError, systemCode } from './source-error.ts';
import { Tally } from './tally.ts';

/** What a listener works with between its start and its end. */
export interface Ear {
  readonly ctx: SourceContext;
  /** The name of the source in records and diagnostics. */
  readonly source: string;
  readonly queue: IntakeQueue;
  readonly tally: Tally;
  /** Numbers records from 1. */
  next(): number;
}

/** A server of any protocol that `listening` starts and ends. */
export interface Doorway {
  /** Resolves with the port once it listens. */
  open(): Promise<number>;
  /** Ends what is under way, too. */
  close(): Promise<void>;
}

/** Builds the source: the queue, the counters, and the end on abort. */
export function listening(address: Address, ctx: SourceContext, queueBytes: number, doorway: (ear: Ear) => Doorway): ListeningSource {
  return {
    kind: 'listening',
    id: address.shown,
    async start(accept: Accept) {
      let sequence = 0;
      const ear: Ear = {
        ctx, source: address.shown, queue: new IntakeQueue(accept, queueBytes), tally: new Tally(address.shown, (diagnostic) => ctx.onDiagnostic(diagnostic)),
        next: () => (sequence += 1),
      };
      const door = doorway(ear);
      const close = once(async () => {
        await door.close();
        ear.tally.end();
      });
      const port = await opened(door, address);
      whenAborted(ctx.signal, () => void close());
      return { addresses: port === 0 ? [] : [`${address.scheme}//${hostAndPort(address.host, port)}${address.path}`], close };
    },
  };
}

async function opened(door: Doorway, address: Address): Promise<number> {
  try {
    return await door.open();
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError('address-unusable', `cannot listen on ${address.shown} (${systemCode(error)}); name another port or address`, error);
  }
}

export function whenAborted(signal: Stop, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

function once(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= act());
}

interface NodeServer {
  listen(options: { readonly host: string; readonly port: number }, listener: () => void): unknown;
  close(callback: () => void): unknown;
  address(): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

export function listenOn(server: NodeServer, { host, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(portOf(server.address()));
    });
  });
}

export function portOf(address: unknown): number {
  return typeof address === 'object' && address !== null && 'port' in address && typeof address.port === 'number' ? address.port : 0;
}

export function closed(server: Pick<NodeServer, 'close'>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
