import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '#model/diagnostic.ts';
import { readRecords } from '../records.ts';
import { sampleEventLog, sealChunk, utf16 } from './sample-event-log.ts';
import type { SampleValue, SampleXml } from './sample-event-log.ts';

const template = (xml: SampleXml): SampleXml =>
  xml.open('Event').closeStart()
    .open('System').closeStart().open('Provider', true).attribute('Name', 'Test').closeStart().end().field('EventID', 0, 0x06).field('Channel', 1, 0x01).end()
    .open('EventData').closeStart().data('Value', 2, 0x01).end()
    .end();

const id = (value: number): SampleValue => ({ type: 0x06, bytes: Buffer.from([value & 0xff, value >> 8]) });
const text = (value: string): SampleValue => ({ type: 0x01, bytes: utf16(value) });
const log = (...values: readonly SampleValue[]): Buffer => sampleEventLog(template, values.map((value, index) => ({ values: [id(index + 1), text('Security'), value] })));

async function read(bytes: Buffer): Promise<{ readonly values: readonly unknown[]; readonly problems: readonly Diagnostic[] }> {
  const problems: Diagnostic[] = [];
  const values: unknown[] = [];
  for await (const { value } of readRecords(Readable.from(cut(bytes)), (problem) => problems.push(problem))) values.push(value);
  return { values, problems };
}

function* cut(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007);
}

const event = (number: number, value: unknown): object => ({
  Event: { System: { Provider: { '#attributes': { Name: 'Test' } }, EventID: number, Channel: 'Security' }, EventData: { Value: value } },
});

const le = (size: number, value: bigint): Buffer => {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at++) bytes[at] = Number((value >> BigInt(8 * at)) & 0xffn);
  return bytes;
};

describe('event logs', () => {
  it('reads records, the template of the first also for the others', async () => {
    expect(await read(log(text('one'), text('two')))).toEqual({ values: [event(1, 'one'), event(2, 'two')], problems: [] });
  });

  it('reads one that is packed with gzip', async () => {
    expect((await read(gzipSync(log(text('one'))))).values).toEqual([event(1, 'one')]);
  });

  it.each<[string, SampleValue, unknown]>([
    ['nothing', { type: 0, bytes: Buffer.alloc(0) }, null],
    ['text with its end', { type: 0x01, bytes: utf16('a\0') }, 'a'],
    ['text of one byte a character', { type: 0x02, bytes: Buffer.from([0x61, 0xe4, 0]) }, 'a\u00e4'],
    ['a small negative number', { type: 0x03, bytes: Buffer.from([0xff]) }, -1],
    ['a number of 4 bytes', { type: 0x08, bytes: le(4, 4_000_000_000n) }, 4_000_000_000],
    ['a large number', { type: 0x0a, bytes: le(8, 2n ** 60n) }, '1152921504606846976'],
    ['a number of 8 bytes that is small', { type: 0x09, bytes: le(8, 7n) }, 7],
    ['truth', { type: 0x0d, bytes: le(4, 1n) }, true],
    ['bytes', { type: 0x0e, bytes: Buffer.from([0xab, 0x01]) }, 'AB01'],
    ['an identifier', { type: 0x0f, bytes: Buffer.from('00112233445566778899aabbccddeeff', 'hex') }, '33221100-5544-7766-8899-AABBCCDDEEFF'],
    ['a time', { type: 0x11, bytes: le(8, 116_444_736_000_000_000n + 10_000_001n * 10n) }, '1970-01-01T00:00:10.000001Z'],
    ['a security identifier', { type: 0x13, bytes: Buffer.from('01020000000000052000000020020000', 'hex') }, 'S-1-5-32-544'],
    ['a hexadecimal number', { type: 0x14, bytes: le(4, 0x3e7n) }, '0x3e7'],
    ['a long hexadecimal number', { type: 0x15, bytes: le(8, 0x8000_0000_0000_0000n) }, '0x8000000000000000'],
    ['several texts', { type: 0x81, bytes: utf16('a\0b\0') }, ['a', 'b']],
    ['several numbers', { type: 0x86, bytes: Buffer.from([1, 0, 2, 0]) }, [1, 2]],
  ])('gives %s', async (_, value, wanted) => {
    expect(await read(log(value))).toEqual({ values: [event(1, wanted)], problems: [] });
  });

  it('names a value of an unknown type and goes on', async () => {
    const { values, problems } = await read(log({ type: 0x7f, bytes: Buffer.alloc(4) }, text('two')));
    expect(values).toEqual([event(2, 'two')]);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([['event-unreadable', expect.stringContaining('type 0x7f') as string]]);
  });

  it('reads what wrong checksums cover, and says so', async () => {
    const bytes = log(text('one'));
    bytes.writeUInt32LE(1, 4096 + 52);
    const { values, problems } = await read(bytes);
    expect(values).toEqual([event(1, 'one')]);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('checksum')]);
  });

  it('leaves out a chunk that is none and reads the next', async () => {
    const bytes = log(text('one'));
    const broken = Buffer.from(bytes.subarray(4096));
    broken[0] = 0;
    const { values, problems } = await read(Buffer.concat([bytes.subarray(0, 4096), broken, bytes.subarray(4096)]));
    expect(values).toEqual([event(1, 'one')]);
    expect(problems).toHaveLength(1);
  });

  it('reads what a log that is cut off still holds', async () => {
    const { values, problems } = await read(log(text('one')).subarray(0, 4096 + 1200));
    expect(values).toEqual([event(1, 'one')]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('limits what one record may grow to', async () => {
    const many = (xml: SampleXml): SampleXml => {
      xml.open('Event').closeStart();
      for (let at = 0; at < 3000; at++) xml.substitution(0, 0x01);
      return xml.end();
    };
    const { values, problems } = await read(sampleEventLog(many, [{ values: [text('x'.repeat(10_000))] }]));
    expect(values).toEqual([]);
    expect(problems[0]?.message).toContain('expands to more than');
  });

  it('survives a template that holds itself', async () => {
    const loop = (xml: SampleXml): SampleXml => xml.add(Buffer.from([0x0c, 1, 7, 0, 0, 0])).add(le(4, 546n));
    const { values, problems } = await read(sampleEventLog(loop, [{ values: [text('x')] }]));
    expect(values).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('never fails on damaged bytes', async () => {
    const good = log(text('one'), text('two'), id(3));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 4096 + 40, max: 4096 + 1500 }), fc.nat(255)), { minLength: 1, maxLength: 12 }), async (changes) => {
      const bytes = Buffer.from(good);
      for (const [at, byte] of changes) bytes[at] = byte;
      if (changes.length % 2 === 0 && bytes.readUInt32LE(4096 + 48) < 65_536) sealChunk(bytes.subarray(4096));
      const { values, problems } = await read(bytes);
      expect(values.length + problems.length).toBeGreaterThan(0);
    }), { numRuns: 150, seed: 7 });
  });
});
