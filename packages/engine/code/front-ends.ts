import type { IrModule, Language } from '#model/ir.ts';
import type { SyntaxTree } from '#normalize/syntax/tree.ts';
import type { GrammarLanguage } from './grammars.ts';
import type { FrontEnd, FrontEnds } from './lower.ts';

/** Loads the front ends of languages, each only when it is asked for: their parsers cost time to start. */
export async function loadFrontEnds(languages: readonly Language[]): Promise<FrontEnds> {
  const loaded: [Language, FrontEnd][] = [];
  for (const language of languages) {
    const load = loaders.get(language);
    if (load !== undefined) loaded.push([language, await load()]);
  }
  return new Map(loaded);
}

const loaders: ReadonlyMap<Language, () => Promise<FrontEnd>> = new Map([
  ['javascript', javascript],
  ['java', loadJava],
  ['python', async () => onTree('python', (await import('#normalize/python/lower-python.ts')).lowerPython)],
]);

async function loadJava(): Promise<FrontEnd> {
  const { lowerJava } = await import('#normalize/java/java-module.ts');
  const { lowerProperties } = await import('#normalize/java/properties.ts');
  const java = await onTree('java', lowerJava);
  return (path, text, dialect) => (path.endsWith('.properties') ? lowerProperties(text, path) : java(path, text, dialect));
}

/** Milliseconds for parsing one file; lowering it takes about as long. */
const parseMilliseconds = 5_000;

/** JavaScript and TypeScript, read by oxc. */
async function javascript(): Promise<FrontEnd> {
  const { parseScript } = await import('./script-parser.ts');
  const { lowerJavaScript } = await import('#normalize/javascript/javascript-module.ts');
  return (path, text, { typescript, jsx }) => {
    const lang = typescript ? (jsx ? 'tsx' : 'ts') : 'jsx';
    return lowerJavaScript(parseScript(text, { lang }), path, text);
  };
}

/** A front end that reads a tree of tree-sitter's. */
async function onTree(language: GrammarLanguage, lower: (tree: SyntaxTree, path: string) => IrModule): Promise<FrontEnd> {
  const { loadGrammar } = await import('./grammars.ts');
  const parse = await loadGrammar(language);
  return (path, text) => {
    const tree = parse(text, parseMilliseconds);
    if (tree === undefined) throw new FrontEndError('its parser reached the time limit');
    return lower(tree, path);
  };
}

/** Why a front end gave no module. */
export class FrontEndError extends Error {
  override readonly name = 'FrontEndError';
}
