import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SyslogFramer } from './framing.ts';

const message = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((text) => `<13>${text.replaceAll(/[\n\r\0]/g, ' ').toWellFormed()}x`);
const cuts = fc.array(fc.nat(), { maxLength: 12 });

function inPieces(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...places, bytes.length].map((place, index) => bytes.subarray(places[index - 1] ?? 0, place));
}

function messagesOf(framer: SyslogFramer, pieces: readonly Buffer[]): string[] {
  return [...pieces.map((piece) => framer.push(piece)), framer.end()].flatMap(({ messages }) => messages);
}

describe('SyslogFramer', () => {
  it('finds the same messages however their bytes are cut', () => {
    fc.assert(fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), cuts, fc.constantFrom('counted', 'lines', 'mixed ends'), (messages, at, form) => {
      const framed = messages.map((text, index) => {
        if (form === 'counted') return `${Buffer.byteLength(text)} ${text}`;
        return `${text}${form === 'lines' ? '\n' : (['\n', '\r\n', '\0\n'][index % 3] ?? '')}`;
      });
      expect(messagesOf(new SyslogFramer(1000), inPieces(Buffer.from(framed.join('')), at))).toEqual(messages);
    }));
  });

  it('keeps no more of a message than the limit, and finds the next one', () => {
    fc.assert(fc.property(fc.integer({ min: 60, max: 400 }), cuts, fc.boolean(), (length, at, counted) => {
      const long = `<13>${'y'.repeat(length)}`;
      const text = counted ? `${long.length} ${long}5 <1>ab` : `${long}\n<1>ab\n`;
      const framer = new SyslogFramer(50);
      expect(messagesOf(framer, inPieces(Buffer.from(text), at))).toEqual(['<1>ab']);
    }));
  });

  it('never fails, and never holds more than one message', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 }), (chunks) => {
      const framer = new SyslogFramer(64);
      for (const chunk of chunks) for (const { bytes } of framer.push(Buffer.from(chunk)).problems) expect(bytes.length).toBeLessThanOrEqual(1024);
      for (const { bytes } of framer.end().problems) expect(bytes.length).toBeLessThanOrEqual(400);
    }));
  });
});
