/** Shortens text to `limit` UTF-16 code units without splitting a pair. */
export function clip(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, Math.max(0, limit - 1))}…`.toWellFormed();
}
