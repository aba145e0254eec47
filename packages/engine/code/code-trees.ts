import type { CodeTree } from '#model/code-tree.ts';
import { lowerScript } from '#normalize/syntax/script-code.ts';
import { bash } from '#normalize/syntax/bash-code.ts';
import { c } from '#normalize/syntax/c-code.ts';
import { csharp } from '#normalize/syntax/csharp-code.ts';
import { go } from '#normalize/syntax/go-code.ts';
import { java } from '#normalize/syntax/java-code.ts';
import { php } from '#normalize/syntax/php-code.ts';
import { python } from '#normalize/syntax/python-code.ts';
import { ruby } from '#normalize/syntax/ruby-code.ts';
import { rust } from '#normalize/syntax/rust-code.ts';
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

const tables: Readonly<Record<GrammarLanguage, Lowerings>> = { bash, c, cpp: c, csharp, go, java, php, python, ruby, rust };

/** What parses a language of tree-sitter to the form of patterns. */
export async function grammarTrees(language: GrammarLanguage): Promise<ParseCodeTree> {
  const parse = await loadGrammar(language);
  const table = tables[language];
  return (text) => {
    const tree = parse(text);
    return tree === undefined ? undefined : lowerTree(tree, table);
  };
}
