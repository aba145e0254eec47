/**
 * A time as people and programs write it into tables: ISO 8601 with or without `T` and zone (UTC where none is named), or seconds, milliseconds,
 * microseconds or nanoseconds since the epoch. Milliseconds since the epoch; undefined for anything else.
 */
export function looseTime(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^-?\d+(?:\.\d+)?$/.test(trimmed)) return inMilliseconds(Number(trimmed));
  const [, day, clock = '00:00:00', zone = 'Z'] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?$/i.exec(trimmed) ?? [];
  if (day === undefined) return undefined;
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.toUpperCase() === 'UTC' ? 'Z' : zone;
  const time = Date.parse(`${day}T${clock.replace(',', '.')}${offset}`);
  return Number.isNaN(time) ? undefined : time;
}

/** By its size: years from 1973 to 5138 are told apart. */
function inMilliseconds(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return value * 1e3;
  if (size < 1e14) return value;
  return size < 1e17 ? value / 1e3 : value / 1e6;
}
