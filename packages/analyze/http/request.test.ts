import { describe, expect, it } from 'vitest';
import { plainAddress } from './other/address.ts';
import { splitCookie } from './parameters/cookie.ts';
import { splitForm } from './parameters/form.ts';
import { splitJson } from './parameters/json.ts';
import { splitMultipart } from './parameters/multipart.ts';
import { splitXml } from './parameters/xml.ts';
import { judgeRequest, parametersOf, type Request } from './request.ts';
import { count, mostSightings, type Sightings } from './sightings.ts';
import { tokenizeShell } from './shell/tokens.ts';
import { token, tokenizeSql } from './sql/tokens.ts';
import { resolveLookups } from './template/lookups.ts';

const names = (list: readonly { name: string; value: string }[] | undefined): string[] => (list ?? []).map(({ name, value }) => `${name}=${value}`);

describe('parameters', () => {
  it('of a form keep what is not encoded together', () => {
    expect(names(splitForm('a=1&b=x+y%26z&c&d=1;id&&ls', 'query'))).toEqual(['a=1', 'b=x y&z', '=c', 'd=1;id&&ls']);
  });

  it('of a cookie end at the next name', () => {
    expect(names(splitCookie('a=1; b="x;y"; c=%27'))).toEqual(['a=1', 'b=x;y', "c='"]);
  });

  it('of JSON are its strings, and the keys above what is none', () => {
    expect(names(splitJson('{"a":["x",{"$gt":1}],"b":"y"}', 'body'))).toEqual(['[a][]=x', '[a][][$gt]=', '[b]=y']);
    expect(splitJson('{"a":', 'body')).toBeUndefined();
    expect(splitJson('[', 'body')).toBeUndefined();
  });

  it('of a multipart form are the texts and the names of files', () => {
    const body = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="../e.txt"\r\n\r\nbytes\r\n--x--\r\n';
    expect(names(splitMultipart(body, 'multipart/form-data; boundary=x'))).toEqual(['a=1', 'f=', 'filename=../e.txt']);
  });

  it('of XML are texts and attributes', () => {
    expect(names(splitXml('<a b="1"><c>x &amp; y</c><![CDATA[z]]></a>'))).toEqual(['b=1', '=x & y', '=z']);
  });

  it('leave out headers with a syntax of their own and the address of a page', () => {
    const request: Request = { path: '/a', query: '', body: '', headers: [['Accept', "' or 1=1--"], ['Referer', 'https://example.com/x?q=1'], ['X-Name', 'v']] };
    expect(parametersOf(request).map(({ place, value }) => `${place}:${value}`)).toEqual(['path:/a', 'header:1', 'header:v']);
  });
});

describe('a request', () => {
  it('says when it holds more than is judged', () => {
    const many = Array.from({ length: 600 }, (_, at) => `p${at}=1`).join('&');
    expect(judgeRequest({ path: '/', query: many, headers: [], body: '' }).cut).toBe(true);
    expect(judgeRequest({ path: '/', query: `a=${'b'.repeat(9_000)}`, headers: [], body: '' }).cut).toBe(true);
    expect(judgeRequest({ path: '/', query: 'a=b', headers: [], body: '' })).toEqual({ hits: [], cut: false });
  });

  it('gives the strongest hit of each language', () => {
    const { hits } = judgeRequest({ path: '/', query: "a=1' or 1=1--&b=<script>alert(1)</script>&c=2' or 2=2--", headers: [], body: '' });
    expect(hits.map(({ verdict }) => verdict.language).sort()).toEqual(['html', 'sql']);
  });
});

describe('names', () => {
  const told = (query: string): string[] => judgeRequest({ path: '/', query, headers: [], body: '' }).hits.map(({ verdict }) => verdict.clues[0]?.what ?? '');

  it('of what a program includes its parts from do not take the address of another host', () => {
    expect(told('_CONF[path]=https://198.51.100.1/x&a=1')).toEqual(['has a program include its parts from another host']);
    expect(told('mosConfig_absolute_path=http://example.org/')).toEqual(['has a program include its parts from another host']);
    expect(told('base_path=https://example.org/&include_path=lib&redirect=https://example.org/')).toEqual([]);
  });

  it('of files that are sent are no sessions of PHP', () => {
    const sent = (name: string): number => judgeRequest({ path: '/', query: '', headers: [['X-Filename', name]], body: '' }).hits.length;
    expect([sent('/tmp/sess_d8ew88tqmabdcokhumchy8htqm'), sent('sess_notes.txt'), sent('assess_everything_that_was_said')]).toEqual([1, 0, 0]);
  });
});

describe('tokens', () => {
  it('of SQL begin in the string that the value lands in', () => {
    const kinds = (text: string, quote: '' | "'"): number[] => tokenizeSql(text, quote).tokens.map(({ kind }) => kind);
    expect(kinds("x' or 1=1--", "'")).toEqual([token.tail, token.word, token.number, token.compare, token.number, token.comment]);
    expect(kinds("'a''b' <> [c d]", '')).toEqual([token.text, token.compare, token.word]);
    expect(kinds('1e3,0x2f,@@version', '')).toEqual([token.number, token.comma, token.number, token.comma, token.variable]);
    expect(tokenizeSql('un/**/ion/*!50000select*/', '')).toMatchObject({ inlineComments: 1, versioned: true });
  });

  it('of a shell lose quotes, backslashes and empty expansions', () => {
    expect(tokenizeShell("c'a't${IFS}/etc/x;w\\ho$@ami").map(({ words }) => words)).toEqual([['cat', '/etc/x'], ['whoami']]);
    expect(tokenizeShell('a | b && c').map(({ before, words }) => `${before}${words.join(' ')}`)).toEqual(['a', '|b', '&&c']);
    expect(tokenizeShell('Fish &amp; chips').map(({ words }) => words)).toEqual([['fish', 'chips']]);
  });
});

describe('forms of one thing', () => {
  it.each(['2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.16689662', '[::ffff:a9fe:a9fe]', '[::ffff:169.254.169.254]'])('%s is the address of the metadata', (host) => {
    expect(plainAddress(host)).toEqual({ address: '169.254.169.254', disguised: true });
  });

  it.each(['${${lower:j}ndi:x}', '${j${::-n}di:x}', '${${env:NO:-j}ndi:x}', '${j${upper:n}${lower:DI}:x}'])('%s is a lookup by JNDI', (text) => {
    expect(resolveLookups(text).resolved.toLowerCase()).toBe('${jndi:x}');
  });
});

describe('sightings', () => {
  it('tell of the first, of powers of ten, and of a more telling answer', () => {
    const state: Sightings = { seen: new Map(), forgot: false };
    const told = Array.from({ length: 10_000 }, (_, at) => count(state, ['a', 'b', 'sql'], at === 500 ? 2 : 0)).filter((times) => times !== undefined);
    expect(told).toEqual([1, 10, 100, 501, 1_000, 10_000]);
  });

  it('stay within their limit and forget who was unseen for longest', () => {
    const state: Sightings = { seen: new Map(), forgot: false };
    for (let at = 0; at <= mostSightings; at += 1) count(state, [`${at}`], 0);
    expect(state.seen.size).toBe(mostSightings);
    expect(state.seen.has('0')).toBe(false);
    expect(state.seen.has(`${mostSightings}`)).toBe(true);
  });
});
