import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Event } from '#model/event.ts';
import { readTable } from '#formats/table.ts';
import { enrich } from './enrich.ts';
import { AssetBook, IdentityBook } from './parties.ts';
import { placeOf } from './places.ts';

const city = { city: { names: { en: 'Oslo' } }, continent: { names: { en: 'Europe' } }, country: { iso_code: 'NO' }, subdivisions: [{ iso_code: '03' }], location: { latitude: 59.9, longitude: 10.7 }, postal: { code: '0150' } };

const event = (attributes: object): Event => ({ class_uid: 4001, time: 1, ...attributes }) as unknown as Event;

function assets(text: string): AssetBook {
  const book = new AssetBook();
  book.add(readTable(text, 1_000), 'cmdb.csv');
  return book;
}

describe('a place', () => {
  it('is read from databases of cities, networks, and flat ones', () => {
    expect(placeOf(city).location).toEqual({ city: 'Oslo', country: 'NO', region: 'NO-03', postal_code: '0150', continent: 'Europe', lat: 59.9, long: 10.7 });
    expect(placeOf({ autonomous_system_number: 64_500, autonomous_system_organization: 'Example' })).toEqual({ location: undefined, network: { number: 64_500, name: 'Example' } });
    expect(placeOf({ country: 'NO', asn: 'AS64500', as_name: 'Example' })).toEqual({ location: { country: 'NO' }, network: { number: 64_500, name: 'Example' } });
    expect(placeOf({ location: { latitude: 1 } }).location).toBeUndefined();
  });

  it('is read from anything without a throw', () => {
    fc.assert(fc.property(fc.anything(), (value) => void placeOf(value)));
  });
});

describe('lists of machines and people', () => {
  it('are found by address, network, full and bare name', () => {
    const book = assets('IP Address,Hostname,Owner,Criticality,Env\n10.0.0.5,web-1,shop team,Tier 1,prod\n10.1.0.0/16,,network team,4,lab\n,,nobody,,\n');
    expect(book.find(undefined, '10.0.0.5')?.data).toEqual({ name: 'web-1', owner: 'shop team', criticality: 'high', environment: 'prod' });
    expect(book.find('WEB-1.corp.example', undefined)?.list).toBe('cmdb.csv');
    expect(book.find('db-1', '10.1.2.3')?.data).toMatchObject({ criticality: 'low' });
    expect(book.find('db-1', '192.0.2.1')).toBeUndefined();
    expect(new AssetBook().add(readTable('ip,owner\nx,y\n10.0.0.1,z', 10), 'l')).toEqual({ used: 1, unusable: [2] });
  });

  it('are found by any of the names of a person', () => {
    const book = new IdentityBook();
    book.add(readTable(JSON.stringify([{ userName: 'mira', email: 'Mira@example.com', Department: 'Platform', privileged: true }]), 10), 'people.json');
    for (const name of ['MIRA', 'mira@example.com']) expect(book.find(undefined, name)?.data).toEqual({ name: 'mira', department: 'Platform', privileged: true });
    expect(book.find('tom')).toBeUndefined();
  });
});

describe('an event', () => {
  const book = assets('ip,owner,criticality\n10.0.0.5,shop,critical');
  const people = new IdentityBook();
  people.add(readTable('user,privileged\nroot,yes', 10), 'people.csv');
  const knowledge = { place: (ip: string) => (ip === '203.0.113.9' ? { ...placeOf(city), network: { number: 64_500 } } : undefined), asset: book.find.bind(book), identity: people.find.bind(people) };

  it('gets places, networks, assets and identities, and keeps what its source said', () => {
    const found = enrich(event({ src_endpoint: { ip: '203.0.113.9' }, dst_endpoint: { ip: '10.0.0.5', location: { country: 'SE' } }, actor: { user: { name: 'root' } }, evidences: [{ src_endpoint: { ip: '203.0.113.9', location: { country: 'DK' } } }] }), knowledge);
    expect(found).toMatchObject({
      src_endpoint: { location: { city: 'Oslo' }, autonomous_system: { number: 64_500 } }, dst_endpoint: { location: { country: 'SE' } }, evidences: [{ src_endpoint: { location: { country: 'DK' } } }],
      enrichments: [{ name: 'dst_endpoint.ip', value: '10.0.0.5', type: 'asset', provider: 'cmdb.csv', data: { owner: 'shop', criticality: 'critical' } }, { name: 'actor.user.name', value: 'root', type: 'identity', data: { privileged: true } }],
    });
  });

  it('is left as it was where nothing is known', () => {
    const given = event({ src_endpoint: { name: 'unknown' }, device: { hostname: 'x', type_id: 0 } });
    expect(enrich(given, knowledge)).toEqual(given);
    expect(enrich(given, {})).toEqual(given);
  });

  it('never makes it throw', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('src_endpoint', 'device', 'actor', 'user', 'evidences', 'enrichments'), fc.anything()), (attributes) => void enrich(event(attributes), knowledge)));
  });
});

describe('a table', () => {
  it('is read from CSV, JSON, and lines of JSON', () => {
    const names = (text: string): (string | undefined)[] => readTable(text, 10).rows.map(({ cells }) => cells.get('ip'));
    for (const text of ['ip;owner\n1;"a;b\nc"\n2;d', '[{"ip":1},{"IP":"2"}]', '{"assets":[{"ip":"1"},{"ip":2}]}', '{"ip":"1"}\n{"ip":"2"}\n']) expect(names(text), text).toEqual(['1', '2']);
    expect(readTable('ip\n1\n2\n3', 2)).toMatchObject({ omitted: 1 });
  });

  it('says what is wrong without quoting it', () => {
    expect(() => readTable('{"ip": "secret', 10)).toThrow('it is not valid JSON');
    expect(() => readTable('{"ip":"1"}\n{x', 10)).toThrow('its line 2 is not valid JSON');
    expect(() => readTable('', 10)).toThrow('it is empty');
  });
});
