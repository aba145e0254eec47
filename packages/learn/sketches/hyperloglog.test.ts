import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctIn, hashOf, seeValue, sketchSize } from './hyperloglog.ts';

describe('hyperloglog', () => {
  it('counts within three standard errors', () => {
    for (const count of [1, 5, 20, 100, 1_000, 50_000]) {
      const errors = Array.from({ length: 40 }, (_, round) => {
        const sketch = new Uint8Array(sketchSize);
        for (let at = 0; at < count; at += 1) seeValue(sketch, hashOf(`${round}-host-${at}.example`));
        return distinctIn(sketch) / count - 1;
      });
      const mean = errors.reduce((sum, one) => sum + one, 0) / errors.length;
      expect(Math.abs(mean), `${count}`).toBeLessThan((3 * 0.13) / Math.sqrt(errors.length));
      expect(Math.max(...errors.map(Math.abs)), `${count}`).toBeLessThan(4 * 0.13);
    }
  });

  it('does not count a value twice, and asks for no order', () => {
    fc.assert(fc.property(fc.array(fc.string(), { maxLength: 60 }), (values) => {
      const one = new Uint8Array(sketchSize);
      const other = new Uint8Array(sketchSize);
      for (const value of values) seeValue(one, hashOf(value));
      for (const value of [...values, ...values].reverse()) seeValue(other, hashOf(value));
      expect(other).toEqual(one);
      for (const value of values) expect(seeValue(one, hashOf(value))).toBe(false);
    }));
  });
});
