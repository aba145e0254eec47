import { CodeFinder } from '#analyze/patterns/code-finder.ts';
import { type ParseCode, PatternCompiler } from '#analyze/patterns/compile.ts';
import { TreeFacts } from '#analyze/patterns/facts.ts';
import { alikeShapes } from '#analyze/patterns/languages/alike.ts';
import { go } from '#analyze/patterns/languages/go.ts';
import { java } from '#analyze/patterns/languages/java.ts';
import { python } from '#analyze/patterns/languages/python.ts';
import { script } from '#analyze/patterns/languages/script.ts';
import type { PatternShape } from '#analyze/patterns/languages/shape.ts';
import { runRule } from '#analyze/patterns/run-rule.ts';
import type { CodeReader } from './code-target.ts';
import { grammarTrees, scriptTree } from './code-trees.ts';
import type { GrammarLanguage } from './grammars.ts';

/** The share of a text beyond which what was lost is no small part of it. */
const mostLost = 0.1;

const shapes = new Map<GrammarLanguage, PatternShape>([
  ...[...alikeShapes].map(([language, shape]) => [language as GrammarLanguage, shape] as const),
  ['go', go],
  ['java', java],
  ['python', python],
]);

/** How the reader of each language is had: some load a grammar first. */
export const codeLoaders: ReadonlyMap<string, () => Promise<CodeReader>> = new Map([
  ['javascript', () => Promise.resolve(readerOf(scriptPatterns, (text) => scriptTree(text, ['jsx', 'ts', 'tsx'])))],
  ['typescript', () => Promise.resolve(readerOf(scriptPatterns, (text) => scriptTree(text, ['ts', 'tsx', 'jsx'])))],
  ...[...shapes].map(([language, shape]) => [language, async () => {
    const parse = await grammarTrees(language);
    return readerOf(new PatternCompiler(shape, parse), parse);
  }] as const),
]);

const scriptPatterns = new PatternCompiler(script, (text) => scriptTree(text, ['tsx', 'ts']));

function readerOf(compiler: PatternCompiler, parse: ParseCode): CodeReader {
  // Rules of one text come one after the other, each with options of its own.
  let last: TreeFacts | undefined;
  const facts = (text: string): TreeFacts | undefined => {
    const tree = parse(text);
    return tree === undefined ? undefined : new TreeFacts(tree);
  };
  return {
    facts,
    mistakeIn: (pattern) => compiler.mistakeIn(pattern),
    finder: (known, options, open) => new CodeFinder(known, compiler, options, open),
    read(text, offset, options, open) {
      if (last?.tree.text !== text) {
        const read = facts(text);
        if (read === undefined) return undefined;
        last = read;
      }
      const finder = new CodeFinder(last, compiler, options, open, offset);
      const { partial, lost } = last.tree;
      const gap = partial ? { message: 'parts of the file could not be parsed; matches there are missing', isSmall: lost < text.length * mostLost } : undefined;
      return { finder, followTaint: (rule) => runRule(rule, finder), ...(gap === undefined ? {} : { gap }) };
    },
  };
}
