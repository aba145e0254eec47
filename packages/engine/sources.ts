import { statSync } from 'node:fs';
import { eventSources as registry } from '#generated/registry.ts';
import type { EventSource, ListeningSource, ReplayableSource, SourceContext } from '#model/intake.ts';
import { schemeOf, settingsFor, withoutPath } from './address.ts';

export { schemeOf };
import { EngineError } from './errors.ts';
import { nearest } from './nearest.ts';

export interface SourceSurroundings extends Omit<SourceContext, 'setting'> {
  /** Files with secrets by the names that sources ask for. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly readSecret: (path: string) => string;
}

/** Opens what the user named: an address with a scheme, `-`, a folder, an archive, a file or a pattern. Throws EngineError and SourceError. */
export async function openSource(address: string, { secrets, readSecret, ...rest }: SourceSurroundings): Promise<ReplayableSource | ListeningSource> {
  const units = await loadEventSources();
  const scheme = schemeOf(address) ?? placeSchemeOf(address);
  const unit = units.find(({ schemes }) => schemes.includes(scheme));
  if (unit === undefined) throw new EngineError('address-unknown', unknown(address, scheme, units));
  return unit.open(address, { ...rest, setting: settingsFor(unit.id, secrets, readSecret, true) });
}

function unknown(address: string, scheme: string, units: readonly EventSource[]): string {
  const near = nearest(scheme, units.flatMap(({ schemes }) => schemes));
  const known = units.flatMap(({ examples }) => examples.slice(0, 1)).join(', ');
  return `${withoutPath(address)} is nothing that events can be read from${near === undefined ? '' : `; did you mean ${near}`}; known are ${known}; a file with such a name is written ./NAME`;
}

async function loadEventSources(): Promise<EventSource[]> {
  const loaded = await Promise.all(Object.values<() => Promise<{ readonly default: EventSource }>>(registry).map((load) => load()));
  return loaded.map((module) => module.default);
}

/** What an address without a scheme is. */
function placeSchemeOf(path: string): string {
  if (path === '-') return 'stdin:';
  if (/\.(?:tar|tgz|tar\.gz|tar\.zst|zip)$/i.test(path)) return 'archive:';
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? 'folder:' : 'file:';
}
