/** `2026-11-28T09:14:02.000Z`. Times come from outside: what no calendar holds becomes the nearest that one does. */
export function isoTime(time: number): string {
  const latest = Date.UTC(9999, 11, 31, 23, 59, 59);
  return new Date(Number.isNaN(time) ? 0 : Math.min(Math.max(time, 0), latest)).toISOString();
}
