import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notice, Sink } from '#model/sink.ts';
import { ActError } from './act-error.ts';
import { anyNotice } from './notice.arbitrary.ts';
import { makePlay, playCase, playedTime } from './receivers/play.ts';
import type { WebReaction } from './receivers/received.ts';
import { webReceiver, type React } from './receivers/web-receiver.ts';
import { incidentNotice, signalNotice } from './sample-notices.ts';
import type { SinkCases } from './sink-cases.ts';

const folder = new URL('./sinks/', import.meta.url);
const ids = readdirSync(folder).filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
const units = await Promise.all(ids.map(load));
const webUnits = units.filter(({ cases }) => cases.receiver === 'web');

interface Unit {
  readonly id: string;
  readonly sink: Sink;
  readonly cases: SinkCases;
}

async function load(id: string): Promise<Unit> {
  const unit = await import(new URL(`${id}.ts`, folder).href) as { default: Sink };
  const cases = await import(new URL(`${id}.cases.ts`, folder).href) as { default: SinkCases };
  return { id, sink: unit.default, cases: cases.default };
}

/** What the sink takes, once. */
function noticeFor({ sink }: Unit): Notice {
  return sink.takes.includes('incident') ? incidentNotice(3) : signalNotice();
}

interface Outcome {
  readonly error: unknown;
  readonly lines: readonly string[];
  readonly bodies: readonly string[];
  readonly waits: readonly number[];
  readonly milliseconds: number;
}

/** Hands one notice to a web receiver that reacts as it is told. */
async function against(unit: Unit, react: React, { settings = {}, abortAfter }: { settings?: Record<string, string>; abortAfter?: number } = {}): Promise<Outcome> {
  const receiver = await webReceiver(react);
  const play = makePlay({ ...unit.cases.settings, ...settings });
  const open = unit.sink.open(unit.cases.address(receiver.at), play.ctx);
  const started = performance.now();
  if (abortAfter !== undefined) setTimeout(() => play.abort(), abortAfter);
  const error: unknown = await open.deliver([noticeFor(unit)]).then(() => undefined, (reason: unknown) => reason);
  const milliseconds = performance.now() - started;
  await open.close();
  await receiver.close();
  return { error, waits: play.waits, lines: receiver.received.map(({ line }) => line), bodies: receiver.received.map(({ body }) => body), milliseconds };
}

const well = ({ cases }: Unit): React => {
  const before: Parameters<React>[0][] = [];
  return (request) => {
    const reaction = cases.answer?.(request, [...before]) ?? { status: 200 };
    before.push(request);
    return reaction;
  };
};

function expectActError(error: unknown, code: ActError['code']): ActError {
  expect(error).toBeInstanceOf(ActError);
  expect((error as ActError).code).toBe(code);
  return error as ActError;
}

describe('all sinks', () => {
  it('have schemes of their own, and examples of them', () => {
    const schemes = units.flatMap(({ sink }) => sink.schemes);
    expect(new Set(schemes).size).toBe(schemes.length);
    for (const { sink } of units) {
      for (const scheme of sink.schemes) expect(scheme).toMatch(/^[a-z]+(?:[+-][a-z]+)*:$/);
      expect(sink.examples.length).toBeGreaterThan(0);
      for (const example of sink.examples) expect(sink.schemes.some((scheme) => example.startsWith(scheme))).toBe(true);
    }
  });
});

describe.each(units)('$id', (unit) => {
  const { cases, id, sink } = unit;

  it('is named after its file, takes something and has cases', () => {
    expect(sink.id).toBe(id);
    expect(sink.takes.length).toBeGreaterThan(0);
    expect(cases.cases.length).toBeGreaterThan(0);
  });

  it.each(cases.cases)('$name', async (one) => {
    const received = await playCase(sink, cases, one);
    expect(received.flatMap((request) => cases.refuses(request))).toEqual([]);
    expect(() => one.verify(received)).not.toThrow();
  });

  it('sends what its receiver takes, whatever stands in a notice, and the same bytes for the same notices', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyNotice, { minLength: 1, maxLength: 3 }), async (notices) => {
      const taken = notices.filter(({ kind }) => sink.takes.includes(kind));
      const first = await playCase(sink, cases, { turns: [taken] });
      expect(first.flatMap((request) => cases.refuses(request))).toEqual([]);
      expect(first.length).toBeGreaterThanOrEqual(Math.min(1, taken.length));
      const second = await playCase(sink, cases, { turns: [structuredClone(taken)] });
      expect(second.map(({ body, line }) => [line, body])).toEqual(first.map(({ body, line }) => [line, body]));
    }), { numRuns: 15 });
  });

  it('refuses an address that is none of its own, and shows none of it', () => {
    const { ctx } = makePlay(cases.settings);
    for (const scheme of sink.schemes.filter((one) => one !== 'ocsf-file:')) {
      for (const rest of ['', '//', '//user:hidden-word@127.0.0.1:1/x', '//[', '//127.0.0.1:99999/hidden-word']) {
        expect(() => sink.open(`${scheme}${rest}`, ctx), `${scheme}${rest}`).toThrow(expect.objectContaining({ code: 'address-invalid', message: expect.not.stringContaining('hidden-word') as string }));
      }
    }
  });
});

describe.each(webUnits)('$id, over HTTP', (unit) => {
  const passing = unit.cases.passingStatus ?? 500;

  it('tries again what fails twice, and no more often than that', async () => {
    const usual = await against(unit, well(unit));
    expect(usual.error).toBeUndefined();
    const react = well(unit);
    const { bodies, error, lines, waits } = await against(unit, (request, index) => (index < 2 ? { status: passing } : react(request, index)));
    expect(error).toBeUndefined();
    expect(lines).toEqual([usual.lines[0], usual.lines[0], ...usual.lines]);
    expect(bodies[0]).toBe(bodies[2]);
    expect(waits).toEqual([375, 750]);
  });

  it('gives up after five, and says that it is handed on again', async () => {
    const { error, lines } = await against(unit, () => ({ status: passing, body: 'out of order' }));
    const { later, message } = expectActError(error, 'receiver-busy');
    expect(later).toBe(true);
    expect(message).toMatch(/^http:\/\/127\.0\.0\.1:\d+ answered 50\d \(out of order\) \(tried 5 times\); it is kept and handed on again later$/);
    expect(lines.length).toBe(5);
  });

  it.each([400, 401, 403, 404, 410, 413, 422])('takes %i for a no', async (status) => {
    const { error, lines } = await against(unit, (request, index) => (request.line.startsWith('GET ') ? well(unit)(request, index) : { status, body: 'no' }));
    const ofThisNotice = status === 400 || status === 413 || status === 422;
    expect(expectActError(error, ofThisNotice ? 'receiver-refused' : 'receiver-closed').later).toBe(!ofThisNotice);
    expect(lines.filter((line) => !line.startsWith('GET ')).length).toBe(1);
  });

  it('waits for as long as it is asked to, in seconds or until a date', async () => {
    const react = well(unit);
    for (const after of ['7', new Date(playedTime + 7_000).toUTCString()]) {
      const { error, waits } = await against(unit, (request, index) => (index === 0 ? { status: 429, headers: { 'retry-after': after } } : react(request, index)));
      expect([error, waits]).toEqual([undefined, [7_000]]);
    }
  });

  it('leaves a long wait to whoever hands on', async () => {
    const { error, lines } = await against(unit, () => ({ status: 429, headers: { 'retry-after': '3600' } }));
    expect(expectActError(error, 'receiver-busy').retryAfter).toBe(3_600_000);
    expect(lines.length).toBe(1);
  });

  it.each(['hang', 'drip'] as const)('does not wait without end for a receiver that lets it %s', async (reaction) => {
    const { error, waits } = await against(unit, () => reaction, { settings: { timeout: '0.1' } });
    expectActError(error, 'receiver-silent');
    // What the receiver heard says less: on a busy machine a try can be over before it is heard.
    expect(waits.length).toBe(4);
  });

  it('tries again when the connection is cut', async () => {
    const react = well(unit);
    const { error, lines } = await against(unit, (request, index) => (index === 0 ? 'cut' : react(request, index)));
    expect(error).toBeUndefined();
    expect(lines.length).toBe((await against(unit, well(unit))).lines.length + 1);
  });

  it('ends soon when it is stopped, in an answer or in a pause', async () => {
    for (const reaction of ['hang', { status: 503, headers: { 'retry-after': '60' } }] satisfies WebReaction[]) {
      const { error, milliseconds } = await against(unit, () => reaction, { abortAfter: 50 });
      expectActError(error, 'stopped');
      expect(milliseconds).toBeLessThan(4_000);
    }
  });

  it('comes to no harm by rubbish', async () => {
    const rubbish: readonly WebReaction[] = [
      { raw: 'SSH-2.0-x\r\n' }, { raw: Buffer.from([0, 255, 1, 254]) }, { raw: '' }, { raw: `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n` }, { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx' },
      { status: 200, body: '<html>log in</html>' }, { status: 200, body: 'null' }, { status: 200, body: '[]' }, { status: 200, body: '{"ok":"yes","items":[{}],"issues":{},"code":"0","key":"../x","partialSuccess":{"rejectedLogRecords":"NaN"}}' },
      { status: 200, body: '{"ok":true,"ts":7,"issues":[{"key":"../../admin"}],"items":[null]}' }, { status: 200, body: '['.repeat(50_000) }, { status: 200, body: 'x'.repeat(2_000_000) }, { status: 999 }, { status: 204 },
    ];
    for (const reaction of rubbish) {
      const { error } = await against(unit, () => reaction);
      expect(error === undefined || error instanceof ActError).toBe(true);
    }
  });

  it('follows no redirect', async () => {
    const other = await webReceiver(() => ({ status: 200 }));
    for (const status of [301, 302, 307, 308]) {
      const { error } = await against(unit, () => ({ status, headers: { location: `${other.at}/elsewhere` } }));
      expect(expectActError(error, 'receiver-closed').message).toContain('is not followed');
    }
    await other.close();
    expect(other.received).toEqual([]);
  });

  it('shows no secret, not even one that comes back', async () => {
    const hidden = Object.entries(unit.cases.settings).filter(([name]) => name !== 'user').flatMap(([, value]) => value.split(' '));
    const address = unit.cases.address('http://127.0.0.1:1').replace(/^.*:1/, '').split(/[/?&=]/).filter((part) => part.length >= 16);
    const echo: React = ({ body, headers, line }) => ({ status: 400, body: [line, ...[...headers].map(([, value]) => value), body].join(' ').slice(0, 150) });
    const echoes: readonly React[] = [
      echo, ({ headers }) => ({ status: 403, body: headers.get('authorization') ?? '' }), ({ body }) => ({ status: passing, body: body.slice(0, 100) }),
      ({ headers }) => ({ status: 200, body: JSON.stringify({ ok: false, error: headers.get('authorization') ?? '' }) }),
    ];
    for (const react of echoes) {
      const { error } = await against(unit, react);
      const shown = error instanceof Error ? `${error.message} ${error.stack} ${JSON.stringify(error)}` : '';
      for (const secret of [...hidden, ...address]) expect(shown).not.toContain(secret);
      expect(shown).not.toContain(Buffer.from(`${unit.cases.settings['user']}:${unit.cases.settings['token']}`).toString('base64'));
    }
  });

  it('sends no credential in clear text over a network', () => {
    const sent = ['token', 'password'].filter((name) => unit.cases.settings[name] !== undefined);
    if (sent.length === 0) return;
    const { ctx } = makePlay(unit.cases.settings);
    expect(() => unit.sink.open(unit.cases.address('http://receiver.example.com'), ctx)).toThrow(/clear text; use https/);
  });
});
