/** Opens a sink against a receiver on loopback and plays turns of notices through it. For tests only. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenSink, Sink, SinkContext } from '#model/sink.ts';
import type { SinkCase, SinkCases } from '../sink-cases.ts';
import { makeCertificate } from './certificate.ts';
import { datagramReceiver, frameReceiver } from './frame-receiver.ts';
import { mailReceiver } from './mail-receiver.ts';
import type { Received, Receiver } from './received.ts';
import { webReceiver } from './web-receiver.ts';

export const product = { name: 'watchward', version: '1.2.3' };
export const playedTime = 1_795_000_000_000;

export interface Play {
  readonly ctx: SinkContext;
  /** Milliseconds that the sink asked to wait, in order. */
  readonly waits: readonly number[];
  abort(): void;
}

/** Time passes a hundred times faster while a sink waits. */
export function makePlay(settings: Readonly<Record<string, string>>): Play {
  const controller = new AbortController();
  const waits: number[] = [];
  const known = new Map(Object.entries(settings));
  return {
    waits,
    abort: () => controller.abort(),
    ctx: {
      signal: controller.signal,
      clock: () => playedTime,
      random: () => 0.5,
      wait(milliseconds) {
        waits.push(milliseconds);
        return new Promise((resolve) => {
          const timer = setTimeout(resolve, milliseconds / 100);
          controller.signal.addEventListener('abort', () => {
            clearTimeout(timer);
            resolve();
          }, { once: true });
        });
      },
      setting: (name) => known.get(name),
      product,
    },
  };
}

/** The receiver that all is well with. */
export async function wellReceiver(cases: SinkCases, answer: SinkCases['answer']): Promise<Receiver & { readonly settings: Readonly<Record<string, string>> }> {
  if (cases.receiver === 'web') {
    const before: Received[] = [];
    const receiver = await webReceiver((request) => {
      const reaction = answer?.(request, [...before]) ?? { status: 200 };
      before.push(request);
      return reaction;
    });
    return { ...receiver, settings: {} };
  }
  if (cases.receiver === 'datagrams') return { ...(await datagramReceiver()), settings: {} };
  if (cases.receiver === 'file') return { ...fileReceiver(), settings: {} };
  if (cases.receiver === 'mail') return { ...(await mailReceiver({ login: { user: cases.settings['user'] ?? '', password: cases.settings['password'] ?? '' } })), settings: {} };
  const tls = cases.receiver === 'tls-stream' ? makeCertificate() : undefined;
  return { ...(await frameReceiver(tls === undefined ? {} : { tls })), settings: tls === undefined ? {} : { 'tls-ca': tls.cert } };
}

function fileReceiver(): Receiver {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-sink-'));
  const received: Received[] = [];
  return {
    at: folder,
    received,
    close() {
      for (const name of readdirSync(folder).sort()) received.push({ line: name, headers: new Map(), body: readFileSync(join(folder, name), 'utf8') });
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}

export async function playCase(sink: Sink, cases: SinkCases, one: Omit<SinkCase, 'name' | 'verify'>): Promise<readonly Received[]> {
  const receiver = await wellReceiver(cases, one.answer ?? cases.answer);
  const { ctx } = makePlay({ ...(one.settings ?? cases.settings), ...receiver.settings });
  const address = (one.address ?? cases.address)(receiver.at);
  try {
    let open = sink.open(address, ctx);
    for (const [turn, notices] of one.turns.entries()) {
      if (turn > 0 && one.restart === true) open = await again(open, () => sink.open(address, ctx));
      await open.deliver(notices);
    }
    await open.close();
  } finally {
    await receiver.close();
  }
  return receiver.received;
}

async function again(open: OpenSink, make: () => OpenSink): Promise<OpenSink> {
  await open.close();
  return make();
}

