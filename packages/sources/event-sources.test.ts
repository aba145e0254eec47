import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventSource } from '#model/intake.ts';
import { isLoopback, parseAddress } from './address.ts';
import type { EventSourceCases } from './event-source-cases.ts';
import { SourceError } from './source-error.ts';
import { SourceStage } from './source-stage.ts';

/** One contract over every kind of event source. */

const folder = new URL('./event-sources/', import.meta.url);
const ids = readdirSync(folder).filter((file) => /^[a-z0-9-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
const units = await Promise.all(ids.map(load));

async function load(id: string): Promise<{ readonly id: string; readonly source: EventSource; readonly cases: EventSourceCases }> {
  const unit = await import(new URL(`${id}.ts`, folder).href) as { default: EventSource };
  const cases = await import(new URL(`${id}.cases.ts`, folder).href) as { default: EventSourceCases };
  return { id, source: unit.default, cases: cases.default };
}

async function onStage<Result>(source: EventSource, play: (stage: SourceStage) => Promise<Result>): Promise<Result> {
  const stage = new SourceStage(source);
  try {
    return await play(stage);
  } finally {
    await stage.clear();
  }
}

const repeated = (bytes: readonly number[], times: number): Uint8Array => Uint8Array.from({ length: bytes.length * times }, (_, at) => bytes[at % bytes.length] ?? 0);

const hostile: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array()],
  ['zeros', new Uint8Array(4096)],
  ['ones', new Uint8Array(4096).fill(0xff)],
  ['line ends', repeated([0x0d, 0x0a, 0x0a, 0x0d], 2000)],
  ['broken UTF-8', repeated([0xc3, 0x28, 0xff, 0xfe, 0xf0, 0x28, 0x8c, 0x28], 500)],
  ['one long line', new Uint8Array(200_000).fill(0x61)],
  ['deep lists', new Uint8Array(100_000).fill(0x5b)],
  ['a length without end', Buffer.from('99999999999999999999 <1>x')],
  ['a gzip of nothing', Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
  ['a prototype', Buffer.from('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}\n')],
  ['a request of HTTP without end', Buffer.from(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n${'{"a":'.repeat(1000)}`)],
  ['a request with two lengths', Buffer.from('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n')],
  ['a preface of HTTP/2 and nonsense', Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), new Uint8Array(64).fill(0x80)])],
];

describe('the registry of event sources', () => {
  it('knows every scheme once', () => {
    const schemes = units.flatMap(({ source }) => source.schemes);
    expect(new Set(schemes).size).toBe(schemes.length);
    for (const scheme of schemes) expect(scheme).toMatch(/^[a-z][a-z0-9+.-]*:$/);
  });
});

describe.each(units)('$id', ({ id, source, cases }) => {
  it('is named after its file, has a title, schemes, examples and cases', () => {
    expect(source.id).toBe(id);
    expect(source.title).not.toBe('');
    expect(source.schemes.length).toBeGreaterThan(0);
    expect(source.examples.length).toBeGreaterThan(0);
    for (const example of source.examples) {
      const scheme = /^[a-z][a-z0-9+.-]+:/.exec(example)?.[0];
      if (scheme !== undefined) expect(source.schemes).toContain(scheme);
    }
    expect(cases.checks.length).toBeGreaterThan(1);
  });

  it.each(cases.checks)('$name', async ({ run }) => {
    await expect(onStage(source, run)).resolves.toBeUndefined();
  });

  it.each(cases.limits)('says so at its limit: $name', async ({ run, says }) => {
    const messages = await onStage(source, async (stage) => {
      await run(stage);
      await stage.until(() => stage.said(says), () => `a diagnostic that says ${String(says)}; there is ${JSON.stringify(stage.diagnostics)}`);
      return stage.diagnostics.map(({ message }) => message);
    });
    expect(messages.some((message) => says.test(message))).toBe(true);
  });

  it('survives hostile bytes and goes on', async () => {
    await onStage(source, async (stage) => {
      const subject = await cases.subject(stage);
      for (const [, bytes] of hostile) await subject.meet(bytes);
      await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => subject.meet(bytes)), { numRuns: 25 });
      const before = stage.records.length;
      await subject.greet?.();
      if (subject.greet !== undefined) expect(stage.records.length).toBeGreaterThan(before);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });
  });

  it('numbers its records from 1 and names itself in each', async () => {
    await onStage(source, async (stage) => {
      const subject = await cases.subject(stage);
      await subject.greet?.();
      await subject.greet?.();
      const bySource = new Map<string, number>();
      for (const { source: name, sequence } of stage.records) {
        expect(name).not.toBe('');
        expect(sequence).toBe((bySource.get(name) ?? 0) + 1);
        bySource.set(name, sequence);
      }
    });
  });

  it('ends soon when the run is aborted', async () => {
    await onStage(source, async (stage) => {
      await (await cases.subject(stage)).greet?.();
      const began = performance.now();
      await stage.abort();
      expect(performance.now() - began).toBeLessThan(5_000);
    });
  });

  it('refuses an address that it cannot use by a SourceError, without repeating what may be a secret', () => {
    const stage = new SourceStage(source);
    const rest = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('//user:hunter2@127.0.0.1:0', '//127.0.0.1:99999', '//127.0.0.1:0?hunter2=1', '//[::1', '//:0/\0'));
    fc.assert(fc.property(fc.constantFrom(...source.schemes), rest, (scheme, text) => {
      try {
        stage.open(`${scheme}${text}`);
      } catch (error) {
        expect(error).toBeInstanceOf(SourceError);
        expect(String(error)).not.toContain('hunter2');
      }
    }), { numRuns: 100 });
    return stage.clear();
  });
});

describe.each(units.filter(({ source }) => source.network === 'listen'))('$id listens', ({ source, cases }) => {
  it('on this machine only, until the user names another address', async () => {
    await onStage(source, async (stage) => {
      await cases.subject(stage);
      expect(stage.heard.length).toBeGreaterThan(0);
      for (const address of stage.heard) expect(isLoopback(parseAddress(address, 0).host)).toBe(true);
    });
    for (const scheme of source.schemes) expect(parseAddress(`${scheme}//:0`, 0).host).toBe('127.0.0.1');
  });
});
