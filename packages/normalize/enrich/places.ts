/** Where an address is and whose network it is in, as the databases of MaxMind and their like say it. */
import type { JsonObject } from '../json-fields.ts';
import { fieldAt, listAt, objectAt, textAt } from '../json-fields.ts';
import { numberAt } from '../parts.ts';

export interface Place {
  readonly location: JsonObject | undefined;
  readonly network: JsonObject | undefined;
}

/** A record of GeoLite2 and GeoIP2 (City, Country, ASN, ISP), or one with flat members as other makers write it. */
export function placeOf(record: unknown): Place {
  const country = textAt(record, 'country', 'iso_code') ?? textAt(record, 'registered_country', 'iso_code') ?? code(textAt(record, 'country_code') ?? textAt(record, 'country'));
  const region = textAt(listAt(record, 'subdivisions')[0], 'iso_code');
  const number = numberAt(record, 'autonomous_system_number') ?? numberAt({ number: textAt(record, 'asn')?.replace(/^AS/i, '') }, 'number');
  const name = textAt(record, 'autonomous_system_organization') ?? textAt(record, 'as_name') ?? textAt(record, 'isp');
  const city = textAt(record, 'city', 'names', 'en') ?? textAt(record, 'city');
  const location = filled({
    city, country, region: region === undefined || country === undefined ? textAt(record, 'region') : `${country}-${region}`, postal_code: textAt(record, 'postal', 'code') ?? textAt(record, 'postal_code'),
    continent: textAt(record, 'continent', 'names', 'en') ?? textAt(record, 'continent'), lat: degrees(record, 'latitude', 90), long: degrees(record, 'longitude', 180),
  });
  return {
    // The location object needs a place that has a name.
    location: location !== undefined && ['city', 'country', 'postal_code', 'region'].some((part) => location[part] !== undefined) ? location : undefined,
    network: filled({ number, name }),
  };
}

function code(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Z]{2}$/.test(text) ? text : undefined;
}

function degrees(record: unknown, axis: string, most: number): number | undefined {
  const value = fieldAt(objectAt(record, 'location') ?? record, axis);
  return typeof value === 'number' && Math.abs(value) <= most ? value : undefined;
}

function filled(members: JsonObject): JsonObject | undefined {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
