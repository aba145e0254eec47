import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import { loadEnrichment } from './enrichment.ts';
import { EventStream } from './stream.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-enrichment-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** One value in the data format of MaxMind DB 2.0: maps (7), texts (2), unsigned numbers of 16 and 32 bits (5, 6), doubles (3). */
function encoded(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.concat([Buffer.from(value.length < 29 ? [(2 << 5) | value.length] : [(2 << 5) | 29, value.length - 29]), Buffer.from(value)]);
  if (typeof value === 'number' && Number.isInteger(value)) {
    const bytes = Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
    return Buffer.concat([Buffer.from([(6 << 5) | 4]), bytes]);
  }
  if (typeof value === 'number') {
    const double = Buffer.alloc(8);
    double.writeDoubleBE(value);
    return Buffer.concat([Buffer.from([(3 << 5) | 8]), double]);
  }
  const members = Object.entries(value as object);
  return Buffer.concat([Buffer.from([(7 << 5) | members.length]), ...members.flatMap(([key, member]) => [encoded(key), encoded(member)])]);
}

/** A database that knows one address of IPv4: a chain of nodes, one for each bit. */
function database(address: string, record: object): Buffer {
  const bits = address.split('.').flatMap((part) => Number(part).toString(2).padStart(8, '0').split(''));
  const nodes = bits.length;
  const three = (number: number): readonly number[] => [number >>> 16, (number >>> 8) & 255, number & 255];
  const tree = bits.flatMap((bit, at) => {
    const next = at === nodes - 1 ? nodes + 16 : at + 1;
    return bit === '0' ? [...three(next), ...three(nodes)] : [...three(nodes), ...three(next)];
  });
  const metadata = encoded({ binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: 1_772_600_767, database_type: 'Test', ip_version: 4, node_count: nodes, record_size: 24 });
  return Buffer.concat([Buffer.from(tree), Buffer.alloc(16), encoded(record), Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com'), metadata]);
}

const city = file('city.mmdb', database('203.0.113.9', { city: { names: { en: 'Oslo' } }, country: { iso_code: 'NO' }, location: { latitude: 59.9, longitude: 10.7 } }));
const asn = file('asn.mmdb', database('203.0.113.9', { autonomous_system_number: 64_500, autonomous_system_organization: 'Example' }));
const assets = file('assets.csv', 'ip,owner,criticality\n10.0.0.5,shop,critical\n,nobody,\n');
const people = file('people.json', '[{"user":"mira","department":"Platform","privileged":true}]');
const feed = file('feed.txt', '# bad\nevil.example\n203.0.113.0/24\n127.0.0.1\n');
utimesSync(feed, Date.UTC(2026, 2, 1) / 1000, Date.UTC(2026, 2, 1) / 1000);

describe('enrichment from files of the user', () => {
  const found = loadEnrichment({ geo: [city, asn], assets: [assets], identities: [people], indicators: [feed] });

  it('counts what it read and tells what it could not use', () => {
    expect(found.counts).toEqual({ databases: 2, assets: 1, identities: 1, indicators: 2 });
    expect(found.diagnostics.map(({ code, path, message }) => [code, path, message])).toEqual([
      ['list-entry-unused', assets, 'entries that are not used: entry 3: it is none of the assets with `ip` or `hostname`'],
      ['list-entry-unused', feed, 'entries that are not used: entry 4: the address is private, local or of a group'],
    ]);
  });

  it('places addresses, names parties, and leaves events alone without files', () => {
    const event = { src_endpoint: { ip: '203.0.113.9' }, dst_endpoint: { ip: '10.0.0.5' }, actor: { user: { name: 'mira' } } } as never;
    expect(found.enrich(event)).toMatchObject({ src_endpoint: { location: { city: 'Oslo', country: 'NO' }, autonomous_system: { number: 64_500 } }, enrichments: [{ data: { criticality: 'critical' } }, { data: { department: 'Platform' } }] });
    const nothing = loadEnrichment({});
    expect(nothing.enrich(event)).toBe(event);
    expect(nothing.detectors).toEqual([]);
  });

  it('finds indicators on the stream; lists of parties raise the risk', () => {
    const record = { ts: Date.UTC(2026, 2, 4) / 1000, uid: 'C1', 'id.orig_h': '10.0.0.5', 'id.orig_p': 40_000, 'id.resp_h': '192.0.2.53', 'id.resp_p': 53, proto: 'udp', trans_id: 7, query: 'www.evil.example', qtype_name: 'A' };
    const push = (enrich?: typeof found.enrich) => new EventStream({ mappings, rules: [], detectors: found.detectors, ...(enrich === undefined ? {} : { enrich }) }).push({ source: '-', sequence: 1, value: record }).signals;
    const [plain] = push();
    const [signal] = push(found.enrich);
    expect(signal).toMatchObject({ rule: 'event/known-indicator', severity: 'high', events: [{ enrichments: [{ data: { owner: 'shop' } }] }] });
    expect(signal?.message).toBe('www.evil.example occurs in `query`; the list "feed.txt" names it, an entry of 3 days before.');
    expect(signal?.risk.factors.map(({ name }) => name)).toContain('asset.critical');
    expect(signal?.risk.score).toBeGreaterThan(plain?.risk.score ?? 100);
  });

  it.each([
    ['a database', { geo: [file('broken.mmdb', 'no database')] }, 'is no database in the format of MaxMind'],
    ['a file that is not there', { geo: [join(folder, 'absent.mmdb')] }, 'does not exist'],
    ['a folder', { assets: [folder] }, 'cannot be read'],
    ['a table without its columns', { assets: [file('x.csv', 'a,b\n1,2\n')] }, 'lists no assets'],
    ['an empty table', { identities: [file('empty.csv', '')] }, 'it is empty'],
    ['broken JSON', { identities: [file('x.json', '{"user": "secret-value')] }, 'it is not valid JSON'],
    ['a list without indicators', { indicators: [file('x.txt', 'nothing here\n')] }, 'holds no indicator that can be looked for (entry 1'],
    ['JSON that is no STIX', { indicators: [file('y.json', '{"a":1}')] }, 'no bundle of STIX 2.1'],
    ['what begins like JSON', { indicators: [file('z.json', '{x')] }, 'begins like JSON but is none'],
    ['text in another encoding', { indicators: [file('latin.txt', Buffer.from([0xff, 0xfe, 0x41]))] }, 'is not text in UTF-8'],
  ])('names %s that it cannot use', (_, options, message) => {
    expect(() => loadEnrichment(options)).toThrow(expect.objectContaining({ code: 'enrichment-unusable', message: expect.stringContaining(message) as string }) as Error);
    expect(() => loadEnrichment(options)).not.toThrow('secret-value');
  });
});
