import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';
import { judgeScript, runsAddress, stripped } from './script.ts';
import { tokenizeHtml, type Tag } from './tokens.ts';
import { addressAttributes, elements, events } from './words.ts';

const needed = trait.angle | trait.greater | trait.equals | trait.paren | trait.colon | trait.backtick | trait.bracket | trait.star;

/** Reads the text as markup, as the inside of an attribute, and as the inside of a script. */
export function judgeHtml(text: string, traits: number, disguised = false): Verdict | undefined {
  if ((traits & needed) === 0 || text.length < 5) return undefined;
  const tally = new Tally();
  if ((traits & trait.angle) !== 0) judgeTags(tally, text);
  if ((traits & trait.equals) !== 0) judgeAttributeBreak(tally, text, traits);
  judgeStandingScript(tally, text, traits);
  if (tally.score > 0 && leavesTag(text)) tally.support('leaves the attribute and the tag it lands in', 1);
  if (disguised) tally.support('was encoded so that a filter does not see it', 1.5);
  return tally.verdict('html');
}

/** `">` before the first tag. */
function leavesTag(text: string): boolean {
  const head = text.slice(0, Math.max(0, text.indexOf('<')));
  const end = head.lastIndexOf('>');
  return end > 0 && /["']/.test(head.slice(0, end));
}

function judgeTags(tally: Tally, text: string): void {
  for (const tag of tokenizeHtml(text)) {
    judgeElement(tally, tag, text);
    for (const { name, value } of tag.attributes) judgeAttribute(tally, tag, name, value);
  }
}

function judgeElement(tally: Tally, tag: Tag, text: string): void {
  const name = tag.name.replace(/^[\w-]*:(?=(?:script|vmlframe|image|rect)$)/, '').replace(/^(script)\W.*/, '$1');
  const known = elements.get(name);
  if (known !== undefined) {
    const [what, alone, furnished] = known;
    const content = text.slice(tag.end + 1, tag.end + 2_000);
    if (name === 'script') return judgeScriptElement(tally, tag, content);
    if (name === 'style') judgeScript(tally, content);
    tally.add(what, isFurnished(tag) ? furnished : alone);
  }
  if (tag.name === '!--' || tag.name === '?') return;
  if (tag.name === '/script' || tag.name === '/style' || tag.name === '/title' || tag.name === '/textarea') tally.add('ends an element that keeps markup out', 1.5);
  if (/^!\[cdata|^\?xml|^!entity|^!doctype/.test(tag.name)) tally.support('carries XML', 0.8);
  if (tag.name.includes('onerror') || tag.name.includes('onload')) tally.add('names an event without a space', 2);
}

/** Attributes that make a difference: an address, a name of a rule. */
function isFurnished({ name, attributes }: Tag): boolean {
  if (name === 'link') return attributes.some(({ name: key }) => key === 'href');
  if (name === 'meta') return attributes.some(({ name: key }) => key === 'http-equiv' || key === 'content');
  if (name === 'svg' || name === 'math' || name === 'style') return attributes.length > 0;
  return attributes.some(({ name: key, value }) => value !== '' && (addressAttributes.has(key) || key === 'implementation' || key === 'type' || key === 'id' || key === 'name'));
}

function judgeScriptElement(tally: Tally, { attributes, closed }: Tag, content: string): void {
  const filled = content.replace(/^[\s]*<\/script.*/i, '').trim() !== '';
  tally.add('opens a script element', attributes.length > 0 || (closed && filled && /[;('"=`<]/.test(content)) ? 4 : 2.4);
  judgeScript(tally, content);
}

function judgeAttribute(tally: Tally, { name: element }: Tag, name: string, value: string): void {
  const event = eventOf(name);
  if (event !== undefined && (value !== '' || events.has(event))) tally.add('runs a script on an event', events.has(event) && value !== '' ? 4 : /[(`]/.test(value) ? 3 : 2);
  if (value === '') return;
  if (addressAttributes.has(name) && runsAddress(value)) tally.add('opens an address that is a script', 4);
  if (name === 'srcdoc') tally.add('brings a page of its own', 3.5);
  if (name === 'style' && /expression|url\s*\(|behaviou?r|-moz-binding|@import/i.test(plainStyle(value))) tally.add('runs a script from a style', /url\s*\(\s*['"]?https?:/i.test(value) ? 1.5 : 3.5);
  if (name === 'datasrc' && element !== '') tally.add('fills markup from data', 2);
  if (name === 'dataformatas' && element !== '') tally.add('fills markup from data as HTML', 1.2);
  if (name === 'http-equiv') tally.add('changes the page’s own headers', 3);
  if ((name === 'src' || name === 'href') && isDisguisedAddress(value)) tally.add('leads to a disguised address', 3);
}

function eventOf(name: string): string | undefined {
  const found = /^[\W_]*(?:on|fs)([a-z]{3,40})$/.exec(name.replaceAll(/[\u0000-\u001f]/g, ''));
  return found?.[1];
}

/** Style sheets take comments and backslashes between letters. */
function plainStyle(value: string): string {
  return stripped(value).replaceAll('\\', '');
}

/** An address in one number, in hexadecimal or octal parts: nobody writes a link like that. */
function isDisguisedAddress(value: string): boolean {
  return /^\s*(?:https?:)?\/\/(?:\d{8,10}|0x[0-9a-f]+(?:\.0x[0-9a-f]+)*|0\d+(?:\.0\d+){3})(?:[/:]|$)/i.test(value);
}

const breakout = /(?:^|["'`\s/>\u0000-\u001f])[\s/\u0000-\u001f"'`]{0,20}\b(on[a-z]{3,40}|style|src|href|formaction|autofocus)\s*=\s*(?:["'`]?)([^\s"'`>][^>]{0,400})/gi;

/** `" onfocus=alert(1) x="`: new attributes for the tag that the value lands in. */
function judgeAttributeBreak(tally: Tally, text: string, traits: number): void {
  if ((traits & (trait.singleQuote | trait.doubleQuote | trait.backtick | trait.space | trait.slash)) === 0) return;
  let seen = 0;
  for (const [, name = '', value = ''] of text.matchAll(breakout)) {
    if ((seen += 1) > 20) return;
    const event = eventOf(name.toLowerCase());
    const known = event !== undefined && events.has(event);
    const closesQuote = /^[^<=]*["'`]/.test(text);
    if (known) tally.add('adds an event to the tag it lands in', (closesQuote ? 2 : 1) + (/[(`=[]|\w+\s*\(/.test(value) ? 1.2 : 0.2));
    if (event === undefined && runsAddress(value)) tally.add('opens an address that is a script', 3.2);
    if (name.toLowerCase() === 'style' && /expression\s*\(|-moz-binding/i.test(plainStyle(value))) tally.add('runs a script from a style', 3.2);
  }
}

/** A script without markup: `';alert(1)//`, `javascript:...`, `${alert(1)}`. */
function judgeStandingScript(tally: Tally, text: string, traits: number): void {
  if ((traits & trait.colon) !== 0 && runsAddress(text)) tally.add('is an address that is a script', /(?:^|["'=(,;>\s])[a-z\s]*script\s*:(?:\/\/|[\w'"`([{+%-][^\n]*[(`=])|(?:^|["'=(,;>\s])data:text/i.test(stripped(text)) ? 3.2 : 1.5);
  if ((traits & (trait.paren | trait.backtick | trait.equals | trait.bracket | trait.star)) === 0) return;
  if (!judgeScript(tally, text)) return;
  if (/^[^"'`]{0,40}["'`]\s*[)\]}]*\s*[;,+*/&|^%<>?:=-]/.test(text)) tally.support('closes a string of a script', 1.2);
  if (/<[a-z!/]|["'`]\s*>/i.test(text)) tally.support('stands in markup', 0.8);
  if (/[;'"`)]\s*(?:\/\/|<!--)\s*$/.test(text)) tally.support('cuts off the rest of a script', 1);
  if (/=\s*(?:true|1|['"`])|[(;]\s*$|\)\s*;?\s*$|\+\s*['"`]/.test(text)) tally.support('is a statement', 0.8);
}
