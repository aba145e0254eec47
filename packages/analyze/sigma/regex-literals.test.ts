import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGlobTest, fold, star } from './glob.ts';
import { compileRegex } from './regex.ts';
import { necessaryGlobs } from './regex-literals.ts';

function literalsOf(source: string): unknown {
  return necessaryGlobs(source)?.map((glob) => glob.map((part) => (part === star ? '*' : typeof part === 'string' ? part : '?')).join(''));
}

// Pieces of expressions over a small alphabet, so that texts often fit.
const atom = fc.constantFrom('x', 'y', 'X', 'Σ', 'ς', 'İ', '\\.', '.', '\\w', '\\d', '\\b', '^', '$', '[xy]', '[^x]', '[x-z]', '[X\\-]', '[\\\\-z]', '\\x78', '\\u0079', '\\t', '{', ']', '-', '1');
const quantifier = fc.constantFrom('', '', '', '?', '*', '+', '+?', '{2}', '{0}', '{1}', '{0,1}', '{1,3}', '{2,}');
const expression = fc.letrec<{ choice: string; run: string; piece: string }>((tie) => ({
  choice: fc.array(tie('run'), { minLength: 1, maxLength: 3 }).map((runs) => runs.join('|')),
  run: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof({ maxDepth: 3 }, fc.tuple(atom, quantifier).map((parts) => parts.join('')), fc.tuple(fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<n>'), tie('choice'), quantifier).map(([open, inner, times]) => `${open}${inner})${open.endsWith('=') || open.endsWith('!') ? '' : times}`)),
})).choice;
const text = fc.string({ unit: fc.constantFrom('x', 'y', 'X', 'z', 'Σ', 'ς', 'İ', '.', '-', '1', '\t', '{', ']', '\\'), maxLength: 10 });

describe('what must stand in a text for an expression to fit', () => {
  it('stands in every text that it fits', () => {
    let fitted = 0;
    fc.assert(
      fc.property(expression, fc.array(text, { minLength: 1, maxLength: 20 }), fc.boolean(), (source, texts, i) => {
        let regex: RegExp;
        try {
          regex = compileRegex(source, { i, m: false, s: false });
        } catch {
          return;
        }
        const globs = necessaryGlobs(regex.source);
        if (globs === undefined) return;
        for (const one of texts) {
          if (!regex.test(one)) continue;
          fitted++;
          expect(anyGlobTest(globs)(fold(one))).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(fitted).toBeGreaterThan(100);
  });

  it('is the longest piece that is certain', () => {
    expect(literalsOf('\\$PSHome\\[\\s*\\d{1,3}')).toEqual(['*$pshome[*']);
    expect(literalsOf('a(?:cmd|powershell).+x')).toEqual(['*acmd*', '*apowershell*']);
    expect(literalsOf('\\w+`(?:\\w+|-|.)`[\\w+|\\s]')).toEqual(['*`*']);
    expect(literalsOf('[eE][cC][hH][oO]?.*')).toEqual(['*echo*', '*ech*']);
  });

  it('is a length where no piece is', () => {
    expect(literalsOf('.{40,}')).toEqual([`${'?'.repeat(40)}*`]);
  });

  it('is nothing where nothing is certain', () => {
    for (const source of ['', 'a*', 'a|', '(?=abc)', '\\w+\\s', '(a)?\\1', '(', '[', '\\']) expect(necessaryGlobs(source)).toBeUndefined();
  });

  it('is found in time whatever the expression', () => {
    expect(necessaryGlobs(`${'('.repeat(2_000)}abc${')'.repeat(2_000)}`)).toBeUndefined();
    expect(necessaryGlobs('(?:a|b|c|d)'.repeat(300))).toBeDefined();
  });
});
