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
    const usual = usualTime(value);
    if (usual !== undefined) return usual;
    if (plain.test(value)) return withinLimits(Date.parse(value));
    if (/^\d{9,19}(?:\.\d+)?$/.test(value)) return timeOf(Number(value));
    return withinLimits(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value) ? Date.parse(withZone(value)) : Number.NaN);
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 1e8) return undefined;
  // Half a microsecond more: a fraction that is written exactly may lie just below in binary.
  return scales.map((scale) => Math.trunc(value / scale + 5e-4)).find((time) => time <= latest);
}

/** Days before each month of a year that is no leap year. */
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** `2026-01-31T12:00:00.123Z` of the years and days about which nothing is odd, as `Date.parse` gives it; to the second, milliseconds or finer. */
function usualTime(text: string): number | undefined {
  const { length } = text;
  if (length < 20 || length > 30 || text.charCodeAt(length - 1) !== 90 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined;
  const [year, month, day] = [twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8)];
  const [hour, minute, second, part] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17), milliseconds(text)];
  // What is no number fails each of these.
  if (!(year >= 1970 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60 && part >= 0)) return undefined;
  const leap = (year & 3) === 0 && month > 2 ? 1 : 0;
  const days = (year - 1970) * 365 + ((year - 1969) >> 2) + (daysBefore[month - 1] as number) + leap + day - 1;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + part;
}

/** Not a number where they are no digits. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The fraction after the seconds, cut off. */
function milliseconds(text: string): number {
  if (text.length === 20) return 0;
  if (text.length === 21 || text.charCodeAt(19) !== 46) return Number.NaN;
  let found = 0;
  for (let at = 20; at < text.length - 1; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (at < 23) found += digit * (at === 20 ? 100 : at === 21 ? 10 : 1);
  }
  return found;
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
