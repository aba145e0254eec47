/** A server's own line about something that went wrong (or did not), with the machine it was talking to. */
import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { EventSeed } from '#formats/ocsf.ts';
import type { Event } from '#model/event.ts';
import type { Severity } from '#model/severity.ts';
import type { JsonObject } from './json-fields.ts';
import { isAddress } from './parts.ts';

/** Words of syslog and of most servers. */
const severities: ReadonlyMap<string, Severity> = new Map([
  ['emerg', 'critical'], ['alert', 'critical'], ['crit', 'critical'], ['panic', 'critical'], ['fatal', 'high'], ['error', 'high'], ['err', 'high'], ['warn', 'medium'], ['warning', 'medium'],
]);

export interface ErrorLine {
  readonly time: number;
  readonly level: string;
  readonly text: string;
  readonly client?: string | undefined;
  readonly names: JsonObject;
}

export function severityOfWord(level: string): Severity {
  return severities.get(level.toLowerCase()) ?? 'informational';
}

export function errorEvent({ time, level, text, client, names }: ErrorLine, metadata: EventSeed['metadata'], raw: unknown): Event {
  return buildEvent({
    class: ocsfClasses.applicationError, activity: 1, severity: severityOfWord(level), time, metadata: { ...metadata, log_level: level },
    attributes: {
      message: text,
      // Attribute `type_id` of the observable object: 2 is an address, 1 the name of a host.
      observables: client === undefined ? undefined : [{ name: 'client', value: client, type_id: isAddress(client) ? 2 : 1 }],
      raw_data: raw,
      unmapped: { ...names, message: raw, level },
    },
  });
}
