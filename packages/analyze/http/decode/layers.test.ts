import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEntities } from './entities.ts';
import { decodeCompatibility, decodeEscapes, decodeHexRuns, decodeUtf7 } from './escapes.ts';
import { layersOf } from './layers.ts';
import { decodePercent } from './percent.ts';

/** Any UTF-16, lone surrogates included. */
const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes));

describe('percent-encoding', () => {
  it.each([
    ['%41%42', 'AB'], ['%u0041', 'A'], ['caf%C3%A9', 'café'], ['%c0%ae%c0%af', './'], ['%e0%80%af', '/'], ['%f0%80%80%af', '/'], ['100%', '100%'], ['%zz%4', '%zz%4'], ['%ff', 'ÿ'], ['%e2%82', 'â\u0082'],
  ])('%j is %j', (encoded, plain) => expect(decodePercent(encoded)).toBe(plain));

  it('gives back whatever was encoded', () => {
    fc.assert(fc.property(units, (text) => {
      expect(decodePercent(encodeURIComponent(text.toWellFormed()))).toBe(text.toWellFormed());
    }));
  });
});

describe('other encodings', () => {
  it.each([
    [decodeEntities, '&#x3c;b&#62;&lt;&amp;', '<b><&'], [decodeEntities, '&#0000060script', '<script'], [decodeEntities, 'R&D &c; &#xffffff;', 'R&D &c; &#xffffff;'],
    [decodeEscapes, '\\u003c\\x3e\\u{2f}\\057', '<>//'], [decodeEscapes, 'C:\\Users', 'C:\\Users'], [decodeHexRuns, '0x2e0x2e0x2f', '../'], [decodeHexRuns, '0xdeadbeef 0x2e', '0xdeadbeef 0x2e'],
    [decodeUtf7, '+ADw-b+AD4-', '<b>'], [decodeUtf7, '+AB tests', '+AB tests'], [decodeCompatibility, '＜ｓ＞', '<s>'], [decodeCompatibility, 's\u200be\u00adl\u0000', 'sel'],
  ] as const)('%o reads %j as %j', (decode, encoded, plain) => expect(decode(encoded)).toBe(plain));
});

describe('layers', () => {
  it('end at a fixed point and never beyond the limit', () => {
    fc.assert(fc.property(units, (text) => {
      const layers = layersOf(text);
      expect(layers.length).toBeLessThanOrEqual(7);
      expect(layers[0]?.text).toBe(text);
    }));
    expect(layersOf(`%${'25'.repeat(40)}41`)).toHaveLength(7);
  });

  it('leave what is in the open alone', () => {
    expect(layersOf('select a date')).toEqual([{ text: 'select a date', undone: [] }]);
  });
});
