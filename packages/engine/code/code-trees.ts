import type { CodeTree } from '#model/code-tree.ts';
import { lowerScript } from '#normalize/syntax/script-code.ts';
import type { Lowerings } from '#normalize/syntax/tree-lowering.ts';
import type { GrammarLanguage } from './grammars.ts';
import { type ParsedScript, parseScript, type ScriptOptions } from './script-parser.ts';

/** The tree of a text in a language that patterns are written for; undefined when it cannot be parsed at all. */
export type ParseCodeTree = (text: string) => CodeTree | undefined;

/** JavaScript and TypeScript. A dialect that the text is not in is no error: the others are tried. */
export function scriptTree(text: string, dialects: readonly ScriptOptions['lang'][]): CodeTree | undefined {
  let first: CodeTree | undefined;
  for (const lang of dialects) {
    try {
      const { program, errors } = parseLoosely(text, lang);
      const tree = lowerScript('javascript', text, program, errors.length > 0);
      if (!tree.partial) return tree;
      first ??= tree;
    } catch {
      // Nested too deeply for the parser: there is no tree.
    }
  }
  return first;
}

/** A piece of code may return where no function is, as it may in Node. */
function parseLoosely(text: string, lang: ScriptOptions['lang']): ParsedScript {
  const parsed = parseScript(text, { lang });
  if (!parsed.errors.some(({ message }) => message.includes("'return' statement"))) return parsed;
  const loose = parseScript(text, { lang, sourceType: 'commonjs' });
  return loose.errors.length === 0 ? loose : parsed;
}

const likeC = async (): Promise<Lowerings> => (await import('#normalize/syntax/c-code.ts')).c;

/** Loaded when a file is of the language: most trees are of few. */
const tables: Readonly<Record<GrammarLanguage, () => Promise<Lowerings>>> = {
  bash: async () => (await import('#normalize/syntax/bash-code.ts')).bash,
  c: likeC,
  cpp: likeC,
  csharp: async () => (await import('#normalize/syntax/csharp-code.ts')).csharp,
  go: async () => (await import('#normalize/syntax/go-code.ts')).go,
  java: async () => (await import('#normalize/syntax/java-code.ts')).java,
  php: async () => (await import('#normalize/syntax/php-code.ts')).php,
  python: async () => (await import('#normalize/syntax/python-code.ts')).python,
  ruby: async () => (await import('#normalize/syntax/ruby-code.ts')).ruby,
  rust: async () => (await import('#normalize/syntax/rust-code.ts')).rust,
};

/** What parses a language of tree-sitter to the form of patterns. */
export async function grammarTrees(language: GrammarLanguage): Promise<ParseCodeTree> {
  const [{ loadGrammar }, { lowerTree }, table] = await Promise.all([import('./grammars.ts'), import('#normalize/syntax/tree-lowering.ts'), tables[language]()]);
  const parse = await loadGrammar(language);
  return (text) => {
    const tree = parse(text);
    return tree === undefined ? undefined : lowerTree(tree, table);
  };
}
