/** Builds small event logs for tests: one chunk, its template standing in the first record. */
import { crc32 } from 'node:zlib';

export interface SampleValue {
  readonly type: number;
  readonly bytes: Buffer;
}

export const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Writes tokens at known places of a chunk. */
export class SampleXml {
  private readonly parts: Buffer[] = [];
  private readonly names = new Map<string, number>();
  private at: number;

  constructor(at: number) {
    this.at = at;
  }

  add(...parts: readonly Buffer[]): this {
    for (const part of parts) {
      this.parts.push(part);
      this.at += part.length;
    }
    return this;
  }

  header(): this {
    return this.add(Buffer.from([0x0f, 1, 1, 0]));
  }

  open(name: string, attributed = false): this {
    return this.add(Buffer.from([attributed ? 0x41 : 0x01]), u16(0xffff), u32(0)).name(name);
  }

  attribute(name: string, text: string): this {
    const start = this.add(u32(0)).parts.length - 1;
    const before = this.at;
    this.add(Buffer.from([0x06])).name(name).text(text);
    this.parts[start] = u32(this.at - before);
    return this;
  }

  text(text: string): this {
    return this.add(Buffer.from([0x05, 0x01]), u16(text.length), utf16(text));
  }

  closeStart(): this {
    return this.add(Buffer.from([0x02]));
  }

  end(): this {
    return this.add(Buffer.from([0x04]));
  }

  substitution(index: number, type: number): this {
    return this.add(Buffer.from([0x0d]), u16(index), Buffer.from([type]));
  }

  /** `<name>%index</name>`. */
  field(name: string, index: number, type: number): this {
    return this.open(name).closeStart().substitution(index, type).end();
  }

  data(name: string, index: number, type: number): this {
    return this.open('Data', true).attribute('Name', name).closeStart().substitution(index, type).end();
  }

  name(name: string): this {
    const known = this.names.get(name);
    if (known !== undefined) return this.add(u32(known));
    this.names.set(name, this.at + 4);
    return this.add(u32(this.at + 4), u32(0), u16(0), u16(name.length), utf16(name), u16(0));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  get place(): number {
    return this.at;
  }
}

export interface SampleRecord {
  readonly values: readonly SampleValue[];
}

/** A log of one chunk whose records are instances of one template. */
export function sampleEventLog(template: (xml: SampleXml) => SampleXml, records: readonly SampleRecord[]): Buffer {
  const chunk = Buffer.alloc(65_536);
  chunk.write('ElfChnk\0', 'latin1');
  chunk.writeUInt32LE(128, 40);
  let at = 512;
  let templateAt = 0;
  for (const [index, { values }] of records.entries()) {
    const instance = new SampleXml(at + 24).header().add(Buffer.from([0x0c, 1]), u32(7));
    if (index === 0) {
      templateAt = instance.place + 4;
      const body = template(new SampleXml(templateAt + 24).header()).add(Buffer.from([0])).bytes;
      instance.add(u32(templateAt), u32(0), Buffer.alloc(16), u32(body.length), body);
    } else instance.add(u32(templateAt));
    instance.add(u32(values.length), ...values.map(({ type, bytes }) => Buffer.concat([u16(bytes.length), Buffer.from([type, 0])])), ...values.map(({ bytes }) => bytes));
    const size = 24 + instance.bytes.length + 1 + 4;
    chunk.writeUInt32LE(0x00002a2a, at);
    chunk.writeUInt32LE(size, at + 4);
    chunk.writeBigUInt64LE(BigInt(index + 1), at + 8);
    instance.bytes.copy(chunk, at + 24);
    chunk.writeUInt32LE(size, at + size - 4);
    at += size;
  }
  chunk.writeUInt32LE(at, 48);
  return Buffer.concat([sampleHeader(), sealChunk(chunk)]);
}

/** Writes the checksums of a chunk. */
export function sealChunk(chunk: Buffer): Buffer {
  const free = chunk.readUInt32LE(48);
  chunk.writeUInt32LE(crc32(chunk.subarray(512, free)), 52);
  chunk.writeUInt32LE(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))), 124);
  return chunk;
}

function sampleHeader(): Buffer {
  const header = Buffer.alloc(4096);
  header.write('ElfFile\0', 'latin1');
  header.writeUInt16LE(3, 38);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return header;
}
