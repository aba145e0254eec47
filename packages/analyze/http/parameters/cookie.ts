import { decodePercent } from '../decode/percent.ts';
import { mostParameters, type Parameter } from './parameter.ts';

/** `a=1; b=2` (RFC 6265, section 4.2.1). */
export function splitCookie(text: string): Parameter[] {
  return text
    .split(/;\s*(?=[\w!#$%&'*+.^`|~-]{1,200}=|$)/, mostParameters)
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const bare = part.slice(at + 1).replace(/^"(.*)"$/s, '$1');
      return { place: 'cookie' as const, name: at < 0 ? '' : decodePercent(part.slice(0, at)), value: decodePercent(bare) };
    });
}
