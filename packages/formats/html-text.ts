import { visibleText } from './visible-text.ts';

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ["'", '&#39;'], ['`', '&#96;'],
]);

/** Safe as element content and inside a quoted attribute. */
export function htmlText(text: string): string {
  return visibleText(text).replace(/[&<>"'`]/g, (character) => entities.get(character) ?? '');
}
