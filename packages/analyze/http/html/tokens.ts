/** A tag as a forgiving browser sees it (HTML, section 13.2.5): what is broken is read on, not refused. */
export interface Tag {
  /** Lower case; with the slash of an end tag; `!--` and `!doctype` and `?` are names here. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

const mostTags = 60;
const mostAttributes = 40;

const opening = /<\/?[a-z][^\s/>"'=<]*|<!--|<!\[?[a-z]+|<\?[a-z]*|<%/giy;
const attributeName = /[^\s/>=]{1,200}/y;

export function tokenizeHtml(text: string): Tag[] {
  const tags: Tag[] = [];
  for (let at = text.indexOf('<'); at >= 0 && tags.length < mostTags; at = text.indexOf('<', at + 1)) {
    opening.lastIndex = at;
    const found = opening.exec(text)?.[0];
    if (found !== undefined) tags.push(tagAt(text, at, found));
  }
  return tags;
}

function tagAt(text: string, start: number, opener: string): Tag {
  const name = opener.slice(1).toLowerCase().replaceAll('\u0000', '');
  const attributes: Attribute[] = [];
  let at = start + opener.length;
  while (at < text.length && attributes.length < mostAttributes) {
    const character = text.charAt(at);
    if (character === '>' || character === '<') return { name, attributes, start, end: at, closed: character === '>' };
    if (/[\s/"'`]/.test(character)) {
      at += 1;
      continue;
    }
    attributeName.lastIndex = at;
    const word = attributeName.exec(text)?.[0] ?? character;
    const value = valueAt(text, at + word.length);
    attributes.push({ name: word.toLowerCase(), value: value.text });
    at = value.end;
  }
  return { name, attributes, start, end: at, closed: false };
}

function valueAt(text: string, start: number): { text: string; end: number } {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at += 1;
  if (text.charAt(at) !== '=') return { text: '', end: start };
  at += 1;
  while (isSpace(text.charCodeAt(at))) at += 1;
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'" || quote === '`') {
    const end = text.indexOf(quote, at + 1);
    return end < 0 ? { text: text.slice(at + 1), end: text.length } : { text: text.slice(at + 1, end), end: end + 1 };
  }
  let end = at;
  while (end < text.length && !isSpace(text.charCodeAt(end)) && text.charAt(end) !== '>') end += 1;
  return { text: text.slice(at, end), end: Math.max(end, at) };
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
