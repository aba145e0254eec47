/** The time modifiers of Sigma 2.1.0: a number out of a date, read as it is written, without changing zones. */
export const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type TimePart = (typeof timeParts)[number];

/** A part of an ISO 8601 text, or of a count of seconds or milliseconds since the epoch (taken as UTC). */
export function timePartOf(value: string | number, part: TimePart): number | undefined {
  const text = typeof value === 'number' ? isoOf(value) : value;
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/.exec(text ?? '');
  if (found === null) return undefined;
  const [year, month, day, hour, minute] = found.slice(1).map((digits) => (digits === undefined ? undefined : Number(digits)));
  if (part === 'week') return isoWeek(year ?? 0, month ?? 1, day ?? 1);
  return { year, month, day, hour, minute }[part];
}

function isoOf(epoch: number): string | undefined {
  const milliseconds = Math.abs(epoch) < 1e11 ? epoch * 1000 : epoch;
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
}

/** ISO 8601 week: week 1 holds the year's first Thursday. */
function isoWeek(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const firstDay = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.ceil(((date.getTime() - firstDay) / 86_400_000 + 1) / 7);
}
