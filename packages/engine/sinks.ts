import { hash, randomBytes } from 'node:crypto';
import { sinks as registry } from '#generated/registry.ts';
import type { Stop } from '#model/intake.ts';
import type { Sink, SinkContext } from '#model/sink.ts';
import { schemeOf, settingsFor, withoutPath } from './address.ts';
import { EngineError } from './errors.ts';
import { toolIdentity } from './identity.ts';
import type { NamedSink } from './outbox-delivery.ts';

export interface SinkSurroundings {
  readonly signal: Stop;
  readonly clock: () => number;
  /** Files with secrets by the names that sinks ask for. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly readSecret: (path: string) => string;
}

/** Opens what the user named. Nothing is sent anywhere else. */
export async function openSinks(addresses: readonly string[], surroundings: SinkSurroundings): Promise<NamedSink[]> {
  if (addresses.length === 0) return [];
  const units = await loadSinks();
  return addresses.map((address) => {
    const scheme = schemeOf(address);
    const unit = units.find(({ schemes }) => scheme !== undefined && schemes.includes(scheme));
    if (unit === undefined) throw new EngineError('address-unknown', `${withoutPath(address)} is nothing that signals can be handed to${meantFor(scheme, units)}; known are ${units.flatMap(({ examples }) => examples.slice(0, 1)).join(', ')}`);
    // What waits in the outbox finds its receiver again in a later run by this name.
    const name = `${withoutPath(address)} ${hash('sha256', address).slice(0, 8)}`;
    return { name, takes: unit.takes, sink: unit.open(address, contextOf(unit, surroundings)) };
  });
}

/** `https://` alone does not say what listens there; the plain webhook is what most mean. */
function meantFor(scheme: string | undefined, units: readonly Sink[]): string {
  const meant = scheme === undefined ? undefined : units.flatMap(({ schemes }) => schemes).find((one) => one === `webhook+${scheme}`);
  return meant === undefined ? '' : `: write ${meant}// for a plain webhook, or say what listens there`;
}

async function loadSinks(): Promise<Sink[]> {
  const loaded = await Promise.all(Object.values<() => Promise<{ readonly default: Sink }>>(registry).map((load) => load()));
  return loaded.map((module) => module.default);
}

function contextOf(unit: Sink, { signal, clock, secrets, readSecret }: SinkSurroundings): SinkContext {
  const { name, version } = toolIdentity();
  return {
    signal, clock, product: { name, version }, setting: settingsFor(unit.id, secrets, readSecret, false),
    random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
    wait: (milliseconds) => waited(milliseconds, signal),
  };
}

function waited(milliseconds: number, signal: Stop): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}
