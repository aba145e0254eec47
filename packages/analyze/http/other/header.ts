import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';

const field =
  /[\r\n][\t ]{0,8}(?:(?:set-cookie2?|location|refresh|content-(?:type|length|disposition|encoding|security-policy)|transfer-encoding|host|x-[\w-]{2,40}|access-control-[\w-]{2,40}|link|status|via|cookie|referer|user-agent|authorization|connection|last-modified|expires|cache-control|pragma|p3p)\s*:|HTTP\/\d(?:\.\d)?\s+\d{3}|(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH|TRACE|CONNECT)\s+\S{1,2000}\s+HTTP\/\d)/i;
const mail = /[\r\n][\t ]{0,8}(?:to|cc|bcc|from|subject|reply-to|mime-version|rcpt to|mail from|data)\s*:\s*\S+@|[\r\n](?:RCPT TO|MAIL FROM)\s*:|[\r\n][A-Z0-9]{1,8}\s+(?:SELECT|FETCH|LOGIN|LOGOUT|CAPABILITY|EXAMINE|DELETE|CREATE)\b/i;

/** A line break in a value, then what would be a header, a second request or a command of a mail server. */
export function judgeHeader(text: string, traits: number): Verdict | undefined {
  if ((traits & trait.newline) === 0) return undefined;
  const tally = new Tally();
  if (field.test(text)) tally.add('breaks the line and begins a header of its own', 3.5);
  if (mail.test(text)) tally.add('breaks the line and begins a command or header of mail', 3.2);
  if (/\r\n\r\n\s{0,20}<|[\r\n]{2}[^]{0,80}<(?:html|script|body)/i.test(text)) tally.add('ends the headers and begins a page', 2.4);
  return tally.verdict('header');
}
