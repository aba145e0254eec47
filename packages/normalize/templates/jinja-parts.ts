/** A template of Jinja's or Django's kind, cut into what stands there as it is, outputs, and tags. */
export interface Part {
  readonly kind: 'text' | 'output' | 'tag';
  /** What stands between the marks. */
  readonly body: string;
  /** Where the body begins. */
  readonly at: number;
  /** The part with its marks. */
  readonly start: number;
  readonly end: number;
}

const mostParts = 20_000;
const longestPart = 2_000;

/** Comments are left out; of what stands in `raw` and `verbatim` nothing is an output. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  const mark = /\{\{-?|\{%[-+]?|\{#/g;
  let from = 0;
  for (let found = mark.exec(text); found !== null && parts.length < mostParts; found = mark.exec(text)) {
    const opening = found[0];
    const closing = opening.startsWith('{{') ? '}}' : opening.startsWith('{%') ? '%}' : '#}';
    const end = text.indexOf(closing, mark.lastIndex);
    if (end < 0) break;
    if (found.index > from) parts.push({ kind: 'text', body: text.slice(from, found.index), at: from, start: found.index, end: found.index });
    const body = text.slice(mark.lastIndex, end).replace(/[-+]$/, ' ');
    const kind = closing === '}}' ? 'output' : 'tag';
    if (closing !== '#}' && body.length <= longestPart) parts.push({ kind, body, at: mark.lastIndex, start: found.index, end: end + 2 });
    from = end + 2;
    const silent = kind === 'tag' && closing !== '#}' ? /^\s*(raw|verbatim|comment)\b/.exec(body)?.[1] : undefined;
    if (silent !== undefined) from = behind(text, from, silent);
    mark.lastIndex = from;
  }
  if (from < text.length) parts.push({ kind: 'text', body: text.slice(from), at: from, start: from, end: text.length });
  return parts;
}

/** Where the tag begins that ends what is not looked at. */
function behind(text: string, from: number, name: string): number {
  const end = new RegExp(`\\{%[-+]?\\s*end${name}\\b`).exec(text.slice(from));
  return end === null ? text.length : from + end.index;
}

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign';
  readonly text: string;
  /** In the template. */
  readonly start: number;
  readonly end: number;
}

const token = /\s*(?:([A-Za-z_][\w]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d[\d_.]*)|(==|!=|<=|>=|\/\/|\*\*|[-+*/%~|.,:()[\]{}<>=]))/y;
const mostTokens = 400;

/** Undefined where something else stands in it. */
export function tokensOf(body: string, at: number): Token[] | undefined {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < body.length) {
    if (/^\s*$/.test(body.slice(token.lastIndex))) return tokens;
    const found = token.exec(body);
    if (found === null || tokens.length >= mostTokens) return undefined;
    const [, name, string, number, sign] = found;
    const text = name ?? string ?? number ?? sign ?? '';
    const kind = name !== undefined ? 'name' : string !== undefined ? 'string' : number !== undefined ? 'number' : 'sign';
    const end = at + token.lastIndex;
    tokens.push({ kind, text: kind === 'string' ? text.slice(1, -1) : text, start: end - text.length, end });
  }
  return tokens;
}
