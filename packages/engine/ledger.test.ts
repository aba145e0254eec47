import { expect, it } from 'vitest';
import type { Diagnostic } from '#model/diagnostic.ts';
import { LedgerBook } from './ledger.ts';

it('tells the same of many diagnostics of one kind, in whatever order threads hand them in', () => {
  const all = Array.from({ length: 120 }, (_, at): Diagnostic => ({ code: 'file-binary', path: `f${String(at).padStart(3, '0')}`, message: 'binary file', ...(at === 119 ? { count: 5 } : {}) }));
  const told = (some: readonly Diagnostic[]): readonly Diagnostic[] => {
    const book = new LedgerBook();
    for (const one of some) book.add(one);
    return book.close({ filesSeen: 0, rulesLoaded: 0, rulesSkipped: 0 }).diagnostics;
  };
  const first = told(all);
  expect(first).toHaveLength(51);
  expect(first.slice(0, 2).map(({ path }) => path)).toEqual(['f000', 'f001']);
  expect(first.find(({ count }) => count !== undefined)).toMatchObject({ code: 'file-binary', count: 74, message: 'and 74 more' });
  expect(told(all.toReversed())).toEqual(first);
  expect(told(all.toSorted((a, b) => (a.path ?? '').slice(-1).localeCompare((b.path ?? '').slice(-1))))).toEqual(first);
});
