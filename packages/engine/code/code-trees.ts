import type { CodeTree } from '#model/code-tree.ts';
import { lowerScript } from '#normalize/syntax/script-code.ts';
import { alike } from '#normalize/syntax/alike-code.ts';
import { go } from '#normalize/syntax/go-code.ts';
import { java } from '#normalize/syntax/java-code.ts';
import { python } from '#normalize/syntax/python-code.ts';
import { type Lowerings, lowerTree } from '#normalize/syntax/tree-lowering.ts';
import { type GrammarLanguage, loadGrammar } from './grammars.ts';
import { parseScript, type ScriptOptions } from './script-parser.ts';

/** The tree of a text in a language that patterns are written for; undefined when it cannot be parsed at all. */
export type ParseCodeTree = (text: string) => CodeTree | undefined;

/** JavaScript and TypeScript. A dialect that the text is not in is no error: the others are tried. */
export function scriptTree(text: string, dialects: readonly ScriptOptions['lang'][]): CodeTree | undefined {
  let first: CodeTree | undefined;
  for (const lang of dialects) {
    try {
      const { program, errors } = parseScript(text, { lang });
      const tree = lowerScript('javascript', text, program, errors.length > 0);
      if (!tree.partial) return tree;
      first ??= tree;
    } catch {
      // Nested too deeply for the parser: there is no tree.
    }
  }
  return first;
}

const tables: Partial<Record<GrammarLanguage, Lowerings>> = { go, java, python };

/** What parses a language of tree-sitter to the form of patterns. */
export async function grammarTrees(language: GrammarLanguage): Promise<ParseCodeTree> {
  const parse = await loadGrammar(language);
  const table = tables[language] ?? alike;
  return (text) => {
    const tree = parse(text);
    return tree === undefined ? undefined : lowerTree(tree, table);
  };
}
