import fc from 'fast-check';
import { expect, test } from 'vitest';
import { op } from '#model/ir.ts';
import { ModuleBuilder } from '#normalize/ir/module-builder.ts';
import { fromBytes, toBytes } from './module-bytes.ts';
import { headOf } from './module-head.ts';

test('a module comes back as it went, whatever its texts', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 8 }), (texts) => {
    const module = new ModuleBuilder('src/ä.ts', 'javascript', 40);
    const body = module.function({ name: '', start: 0, end: 40, params: 0, paramNames: [], kind: 'plain' }, undefined);
    const inner = module.function({ name: texts[0] as string, start: 1, end: 9, params: 2, paramNames: texts.slice(0, 2), kind: 'async' }, body);
    for (const text of texts) {
      const imported = body.emit(op.import, { start: 2, end: 5 }, module.text(text));
      body.emit(op.export, { start: 2, end: 5 }, module.text(`e${text}`), module.literal('string', text));
      inner.emit(op.typed, { start: 3, end: 4 }, imported, module.text(`t${text}`));
    }
    module.gap({ reason: 'syntax', start: 7, end: 8 });
    const ir = module.finish();
    const back = fromBytes(toBytes(ir));
    expect({ ...back, ops: [...back.ops] }).toEqual({ ...ir, ops: [...ir.ops] });
    expect(headOf(back).imports).toEqual([...new Set(texts.flatMap((text) => [text, `t${text}`]))]);
    expect(headOf(back).exports).toEqual([...new Set(texts.map((text) => `e${text}`))]);
  }));
});
