import { recalling } from '../recalling.ts';
import { judgeXml } from './other/xml.ts';
import { filtersOnPurpose, namesOperator } from './other/nosql.ts';
import { splitCookie } from './parameters/cookie.ts';
import { splitForm } from './parameters/form.ts';
import { splitJson } from './parameters/json.ts';
import { splitMultipart } from './parameters/multipart.ts';
import { mostParameters, type Parameter } from './parameters/parameter.ts';
import { splitXml } from './parameters/xml.ts';
import { judgeValue, longestValue, type ValueVerdict } from './judge.ts';
import { traitsOf } from './traits.ts';
import { Tally } from './verdict.ts';
import { decodePercent } from './decode/percent.ts';

/** A request as far as a log tells of it. */
export interface Request {
  /** As it stood in the request line, still encoded. */
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface Hit {
  readonly parameter: Parameter;
  readonly verdict: ValueVerdict;
}

export interface RequestVerdict {
  /** The strongest of each language. */
  readonly hits: readonly Hit[];
  /** Something was too long or too much, and only its first part was judged. */
  readonly cut: boolean;
}

/** Headers with a syntax of their own in which nothing of the user's stands; programs do not take them for text. */
const technical = /^(?:accept(?!-language$).*|cache-control|connection|content-(?:length|encoding|security-policy)|date|dnt|etag|expect|if-.*|keep-alive|pragma|range|sec-.*|te|trailer|transfer-encoding|upgrade.*|via|authorization|proxy-authorization|cookie|host|x-(?:amzn?|request|b3|datadog|envoy)-.*|traceparent|tracestate|priority|alt-used|forwarded|signature.*)$/i;

/** Programs send the same headers with every request, and ask for the same pages; values that nobody repeats must not drive out the headers. */
const judgeHeaderValue = recalling(judgeValue, 2_000);
const judgeOtherValue = recalling(judgeValue, 2_000);

export function judgeRequest(request: Request): RequestVerdict {
  const parameters = parametersOf(request);
  const strongest = new Map<string, Hit>();
  for (const parameter of parameters) {
    const found = judgeParameter(parameter);
    if (found === undefined) continue;
    const { verdict } = found;
    const known = strongest.get(verdict.language);
    if (known === undefined || known.verdict.score < verdict.score) strongest.set(verdict.language, found);
  }
  judgeDocument(request, strongest);
  const hits = [...strongest.values()].sort((a, b) => b.verdict.score - a.verdict.score);
  return { hits, cut: parameters.length >= mostParameters || parameters.some(({ value }) => value.length > longestValue) };
}

/** Markup of an XML body as a whole: its declarations are no parameter. */
function judgeDocument({ body }: Request, strongest: Map<string, Hit>): void {
  if (!/<!|<\w*:?include|<xsl:|xmlns/i.test(body)) return;
  const text = body.slice(0, longestValue);
  const verdict = judgeXml(text, traitsOf(text));
  if (verdict !== undefined) strongest.set('xml', { parameter: { place: 'body', name: '', value: text }, verdict: { ...verdict, undone: [] } });
}

function judgeParameter(parameter: Parameter): Hit | undefined {
  const verdict = judgeItsValue(parameter);
  if (verdict !== undefined) return { parameter, verdict };
  const { name, place } = parameter;
  const named = place === 'header' || name.length < 3 ? undefined : judgeItsName(name);
  return named === undefined ? undefined : { parameter: { place, name, value: name }, verdict: named };
}

function judgeItsName(name: string): ValueVerdict | undefined {
  if (namesOperator(name)) {
    return { language: 'nosql', score: 3.5, clues: [{ what: 'puts a database operator into the name of a parameter', weight: 3.5 }], undone: [] };
  }
  const whole = judgeOtherValue(filtersOnPurpose(name) ? name.replaceAll('$', '') : name);
  if (whole !== undefined || !name.startsWith('[')) return whole;
  // A key of JSON, without the way to it.
  const key = /\[([^[\]]{3,})\]$/.exec(name)?.[1];
  return key === undefined ? undefined : judgeOtherValue(key);
}

function judgeItsValue({ place, name, value }: Parameter): ValueVerdict | undefined {
  if (place === 'header') return (/^x[-_.]?file-?_?name$/i.test(name) ? judgeFileName(value) : undefined) ?? judgeHeaderValue(value);
  const uploaded = name === 'filename' ? judgeFileName(value) : judgeInclusion(name, value);
  return uploaded ?? judgeOtherValue(value);
}

/** The path from which a program includes its parts, set to another server's: `_CONF[path]=https://...`, `mosConfig_absolute_path=http://...`. */
function judgeInclusion(name: string, value: string): ValueVerdict | undefined {
  if (!/^\s*(?:https?|ftps?):\/\//i.test(value) || !/^(?:_(?:CONF|SERVER|SESSION|ENV|REQUEST|GET|POST|COOKIE|FILES)\[|GLOBALS\[|mosConfig_)|(?:absolute|include|includes|inc|phpbb_root)_(?:path|dir)$|^document_?root$/i.test(name)) return undefined;
  const tally = new Tally();
  tally.add('has a program include its parts from another host', 3.2);
  const verdict = tally.verdict('path');
  return verdict === undefined ? undefined : { ...verdict, undone: [] };
}

/** Names of files that are sent: a program that the server runs, or a way out of the folder they are kept in. */
function judgeFileName(value: string): ValueVerdict | undefined {
  const tally = new Tally();
  const name = value.trim().replaceAll('\\', '/');
  if (/\.\s*(?:php\d?|phpt|phtml|phar|pht|phps|jspx?|jspf|jsw|aspx?|ashx|asmx|cer|cgi|cfm|shtml)(?:$|[.\s;:\u0000/]|%00)/i.test(name)) tally.add('sends a program that the server would run', 3);
  if (/(?:^|\/)\.\.\//.test(name)) tally.add('climbs out of the folder of uploads', 3.2);
  if (/(?:^|\/)(?:\.(?:htaccess|htpasswd|user\.ini|env|ssh|git)|web\.config|php\.ini|wp-config\.php|authorized_keys)/i.test(name)) tally.add('sends a file that configures the server', 3.2);
  if (/(?:^|\/)sess_[\w,-]{20,256}$/i.test(name)) tally.add('sends a file under the name of a session of PHP', 3);
  const verdict = tally.verdict('path');
  return verdict === undefined ? undefined : { ...verdict, undone: [] };
}

export function parametersOf({ path, query, headers, body }: Request): Parameter[] {
  const found: Parameter[] = [{ place: 'path', name: 'path', value: decodePercent(path) }, ...splitForm(query, 'query')];
  for (const [name, value] of headers) {
    if (/^cookie$/i.test(name)) found.push(...splitCookie(value));
    else if (/^refer(?:r)?er$/i.test(name)) found.push(...ofReferrer(value));
    else if (!technical.test(name)) found.push({ place: 'header', name, value });
  }
  if (body !== '') found.push(...ofBody(body, headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? ''));
  // A value that is JSON itself is read as such too.
  const inner = found.flatMap(({ place, value }) => (place === 'query' || place === 'cookie' ? (splitJson(value, place) ?? []) : []));
  return [...found, ...inner].slice(0, mostParameters);
}

/** An address of a page is no attack; what stands behind its question mark may be. */
function ofReferrer(value: string): Parameter[] {
  const at = value.indexOf('?');
  if (/^https?:\/\//i.test(value)) return at < 0 ? [{ place: 'header', name: 'referer', value: decodePercent(value.replace(/^https?:\/\/[^/]*/i, '')) }] : splitForm(value.slice(at + 1).replace(/#.*$/s, ''), 'header');
  return [{ place: 'header', name: 'referer', value }];
}

function ofBody(body: string, contentType: string): Parameter[] {
  const json = splitJson(body, 'body');
  if (json !== undefined) return json;
  if (/multipart\//i.test(contentType)) return splitMultipart(body, contentType) ?? [{ place: 'body', name: '', value: body }];
  if (/xml/i.test(contentType) || /^\s*<\?xml|^\s*<!DOCTYPE\s(?!html)/i.test(body)) return splitXml(body);
  if (/^[\w.[\]%+~-]{1,200}=/.test(body) && !/text\/plain|octet-stream/i.test(contentType)) return splitForm(body, 'body');
  // Forms can be sent as plain text.
  const field = /^([\w.-]{1,64})=([^\r\n]{1,512})\s*$/.exec(body);
  return [{ place: 'body', name: '', value: body }, ...(field === null ? [] : [{ place: 'body' as const, name: field[1] ?? '', value: field[2] ?? '' }])];
}
