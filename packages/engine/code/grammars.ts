import { Language, Parser } from 'web-tree-sitter';
import { exportTree, type TreeCursorCalls } from '#normalize/syntax/tree-sitter.ts';
import type { Grammar, SyntaxTree } from '#normalize/syntax/tree.ts';
import { timeBudget } from '../time-budget.ts';
import { grammarBytes, type GrammarFile } from './grammar-files.ts';

/** Languages whose trees tree-sitter makes, and the file of each grammar. */
export const grammarLanguages = {
  bash: 'bash.wasm',
  c: 'cpp.wasm',
  cpp: 'cpp.wasm',
  csharp: 'csharp.wasm',
  go: 'go.wasm',
  java: 'java.wasm',
  php: 'php.wasm',
  python: 'python.wasm',
  ruby: 'ruby.wasm',
  rust: 'rust.wasm',
} as const satisfies Record<string, GrammarFile>;

export type GrammarLanguage = keyof typeof grammarLanguages;

/** Parses one text; undefined when it took longer than the given time. */
export type ParseTree = (text: string, milliseconds?: number) => SyntaxTree | undefined;

const defaultMilliseconds = 20_000;

let started: Promise<TreeCursorCalls> | undefined;
const loaded = new Map<GrammarLanguage, Promise<ParseTree>>();

/** Loads a grammar, once a process or thread. What comes back parses without waiting. */
export function loadGrammar(language: GrammarLanguage): Promise<ParseTree> {
  let known = loaded.get(language);
  if (known === undefined) {
    known = load(language);
    loaded.set(language, known);
  }
  return known;
}

async function load(language: GrammarLanguage): Promise<ParseTree> {
  started ??= start();
  const calls = await started;
  const grammar = await Language.load(grammarBytes(grammarLanguages[language]));
  const parser = new Parser();
  parser.setLanguage(grammar);
  const names = grammarOf(language, grammar);
  return (text, milliseconds = defaultMilliseconds) => parseText(parser, calls, names, text, milliseconds);
}

/** Starts the WebAssembly module and keeps hold of what it exports, which its wrapper hides. */
async function start(): Promise<TreeCursorCalls> {
  let calls: TreeCursorCalls | undefined;
  const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): WebAssembly.Exports => {
    const module = new WebAssembly.Module(grammarBytes('tree-sitter.wasm'));
    const instance = new WebAssembly.Instance(module, imports);
    calls = instance.exports as unknown as TreeCursorCalls;
    done(instance, module);
    return instance.exports;
  };
  await Parser.init({ instantiateWasm });
  if (calls === undefined) throw new Error('tree-sitter did not start');
  return calls;
}

function parseText(parser: Parser, calls: TreeCursorCalls, grammar: Grammar, text: string, milliseconds: number): SyntaxTree | undefined {
  const tree = parser.parse(text, null, { progressCallback: timeBudget(milliseconds) });
  if (tree === null) {
    parser.reset();
    return undefined;
  }
  const cursor = tree.walk();
  try {
    // The handle is the wrapper's own first entry; asking for the depth puts the cursor where the calls look for it.
    void cursor.currentDepth;
    return exportTree(calls, (tree as unknown as readonly number[])[0] as number, text, grammar);
  } finally {
    cursor.delete();
    tree.delete();
  }
}

function grammarOf(language: string, grammar: Language): Grammar {
  const kinds = Array.from({ length: grammar.nodeTypeCount }, (_, id) => grammar.nodeTypeForId(id) ?? '');
  const named = Uint8Array.from(kinds, (_, id) => (grammar.nodeTypeIsNamed(id) ? 1 : 0));
  const fields = Array.from({ length: grammar.fieldCount + 1 }, (_, id) => grammar.fieldNameForId(id) ?? '');
  return { language, kinds, named, fields };
}
