/** Reading decoded JSON of unknown shape: every reader gives undefined rather than the wrong type. */
export type JsonObject = { readonly [key: string]: unknown };

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The value at a path of own keys. */
export function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) {
    const object = asObject(inner);
    if (object === undefined || !Object.hasOwn(object, key)) return undefined;
    inner = object[key];
  }
  return inner;
}

/** Text that is not empty; a number or the first element of a list counts as its text. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldAt(value, ...path);
  const single: unknown = Array.isArray(found) ? found[0] : found;
  if (typeof single === 'string') return single === '' ? undefined : single;
  return typeof single === 'number' ? String(single) : undefined;
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | undefined {
  return asObject(fieldAt(value, ...path));
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Years 1970 to 2200, in milliseconds. */
const latest = Date.UTC(2200, 0, 1);

/** Seconds, milliseconds, microseconds, nanoseconds: how many make a millisecond. */
const scales = [1e-3, 1, 1e3, 1e6];

/** Milliseconds since the epoch from an ISO 8601 text or a count of seconds, milliseconds, microseconds or nanoseconds. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === 'string') {
    if (plain.test(value)) return withinLimits(Date.parse(value));
    if (/^\d{9,19}(?:\.\d+)?$/.test(value)) return timeOf(Number(value));
    return withinLimits(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value) ? Date.parse(withZone(value)) : Number.NaN);
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 1e8) return undefined;
  // Half a microsecond more: a fraction that is written exactly may lie just below in binary.
  return scales.map((scale) => Math.trunc(value / scale + 5e-4)).find((time) => time <= latest);
}

/** The usual form, which needs no change. */
const plain = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

function withinLimits(time: number): number | undefined {
  return Number.isNaN(time) || time < 0 || time > latest ? undefined : time;
}

/** A time without a zone is taken as UTC: the result must not depend on the machine. */
function withZone(text: string): string {
  const joined = text.replace(/ ?UTC$/, 'Z').replace(/ ([+-]\d\d:?\d\d)$/, '$1').replace(' ', 'T');
  return /(?:Z|[+-]\d\d:?\d\d)$/i.test(joined) ? joined : `${joined}Z`;
}
