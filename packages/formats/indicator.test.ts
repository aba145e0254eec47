import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { indicatorOf, urlHost, urlKey } from './indicator.ts';
import { readIndicatorJson, readIndicatorText } from './indicator-list.ts';
import { NetworkMap } from './network-map.ts';
import { readStix } from './stix.ts';

const digest = 'a'.repeat(64);

describe('an indicator', () => {
  it('is told by its form, however it is disarmed', () => {
    const seen = ['203.0.113.9', '203.0.113.0/24', '2001:db8::9', 'Evil[.]Example.', '*.evil.example', 'hxxps://evil[.]example:443/a/?x#y', digest.toUpperCase(), 'Eve@Evil.example'].map(indicatorOf);
    expect(seen).toEqual([
      { kind: 'network', value: '203.0.113.9' }, { kind: 'network', value: '203.0.113.0/24' }, { kind: 'network', value: '2001:db8::9' }, { kind: 'domain', value: 'evil.example' }, { kind: 'domain', value: 'evil.example' },
      { kind: 'url', value: 'evil.example/a/?x' }, { kind: 'hash', value: digest }, { kind: 'email', value: 'eve@evil.example' },
    ]);
  });

  it('is refused where it would be seen everywhere', () => {
    for (const text of ['', '0.0.0.0/0', '64.0.0.0/2', '10.0.0.5', '127.0.0.1', '192.168.1.0/24', 'fe80::1', '::1', 'localhost', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'no value']) expect(indicatorOf(text), text).toHaveProperty('reason');
  });

  it('is one URL in two ways of writing', () => {
    expect(urlKey('https://user@Evil.example/a/b/')).toBe('evil.example/a/b');
    expect(urlKey('http://evil.example:8080/a?b=1#c')).toBe('evil.example:8080/a?b=1');
    expect(urlHost('https://[2001:db8::9]:443/')).toBe('2001:db8::9');
  });
});

describe('a plain list', () => {
  it('is read line by line, with comments, columns and the form of a hosts file', () => {
    const { indicators, problems, omitted } = readIndicatorText('# list\n203.0.113.9\n\nevil.example, botnet\n0.0.0.0 ads.example # x\n; note\nnonsense here\n198.51.100.0/24\tscanner', 3);
    expect(indicators.map(({ value, name }) => [value, name])).toEqual([['203.0.113.9', undefined], ['evil.example', 'botnet'], ['ads.example', undefined]]);
    expect(problems).toEqual([{ at: 7, reason: expect.stringContaining('no address') as string }]);
    expect(omitted).toBe(1);
  });

  it('follows a header', () => {
    const { indicators } = readIndicatorText('type,value,description\nip,203.0.113.9,"a, b"\n', 10);
    expect(indicators).toEqual([{ kind: 'network', value: '203.0.113.9', name: 'a, b' }]);
  });

  it('is read from JSON', () => {
    expect(readIndicatorJson(['evil.example', { ioc: '203.0.113.9', threat: 'x' }, 7, {}], 10)).toMatchObject({ indicators: [{ value: 'evil.example' }, { value: '203.0.113.9', name: 'x' }], problems: [{ at: 3 }, { at: 4 }] });
  });
});

describe('a bundle of STIX', () => {
  const indicator = (pattern: string, more: object = {}) => ({ type: 'indicator', pattern, pattern_type: 'stix', name: 'x', confidence: 80, modified: '2026-03-04T05:06:07Z', ...more });
  const read = (...objects: object[]) => readStix({ type: 'bundle', objects }, 100);

  it('gives values of alternatives', () => {
    const found = read(indicator("[ipv4-addr:value = '203.0.113.9'] OR [domain-name:value = 'evil.example' OR url:value = 'http://evil.example/a\\'b']", { valid_until: '2026-06-01T00:00:00Z' }));
    expect(found?.indicators.map(({ value }) => value)).toEqual(['203.0.113.9', 'evil.example', "evil.example/a'b"]);
    expect(found?.indicators[0]).toMatchObject({ name: 'x', confidence: 80, since: Date.UTC(2026, 2, 4, 5, 6, 7), until: Date.UTC(2026, 5, 1) });
  });

  it('takes a digest for a file, and lists of values', () => {
    expect(read(indicator(`[file:hashes.'SHA-256' = '${digest}' AND file:name = 'a AND b.exe']`))?.indicators).toMatchObject([{ kind: 'hash', value: digest }]);
    expect(read(indicator("[ipv4-addr:value IN ('203.0.113.9', '203.0.113.10')]"))?.indicators).toHaveLength(2);
    expect(read(indicator("[ipv4-addr:value ISSUBSET '203.0.113.0/24']"))?.indicators).toMatchObject([{ value: '203.0.113.0/24' }]);
  });

  it('says what it does not use', () => {
    const found = read(
      indicator("[network-traffic:dst_ref.value = '203.0.113.9' AND network-traffic:dst_port = 443]"), indicator("[domain-name:value = 'a.example'] FOLLOWEDBY [domain-name:value = 'b.example']"), indicator("[process:name = 'x']"),
      indicator('rule x {}', { pattern_type: 'yara' }), indicator("[domain-name:value != 'a.example']"), indicator("[domain-name:value = 'gone.example']", { revoked: true }), { type: 'malware' },
    );
    expect(found?.indicators).toEqual([]);
    expect(found?.problems.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5]);
    expect(readStix({ objects: 'x' }, 1)).toBeUndefined();
  });
});

describe('the map of networks', () => {
  it('finds the most exact network', () => {
    const map = new NetworkMap<string>();
    for (const text of ['203.0.113.0/24', '203.0.113.128/25', '203.0.113.9', '2001:db8::/32', '0.0.0.0/0']) expect(map.add(text, text)).toBe(true);
    expect(map.add('x', 'x')).toBe(false);
    expect(['203.0.113.9', '203.0.113.200', '203.0.113.1', '198.51.100.1', '2001:db8:1::5', '2001:db9::1', 'x'].map((text) => map.get(text))).toEqual(['203.0.113.9', '203.0.113.128/25', '203.0.113.0/24', '0.0.0.0/0', '2001:db8::/32', undefined, undefined]);
    expect(map.size).toBe(5);
  });
});

describe('hostile lists', () => {
  it('never make a reader throw', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '.', '[', ']', '\'', '\\', ',', '"', '\n', ':', '/', '@', '1', ' '), maxLength: 300 }), (text) => void [indicatorOf(text), readIndicatorText(text, 5), readStix({ objects: [{ type: 'indicator', pattern: text }] }, 5)]));
    fc.assert(fc.property(fc.anything(), (value) => void [readStix(value, 5), readIndicatorJson([value], 5)]));
    const started = process.threadCpuUsage();
    for (const filler of ["'", '\\', '(', 'a:b=', "a:b = '", ' ', '[', "''"]) readStix({ objects: [{ type: 'indicator', pattern: filler.repeat(60_000 / filler.length) }] }, 5);
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(5_000);
  });
});
