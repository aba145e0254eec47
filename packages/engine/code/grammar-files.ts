import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where each WebAssembly file lies in the npm package that carries it; the build puts them side by side under `grammars/`. */
export const grammarFiles = {
  'oxc.wasm': { package: 'oxc-parser', file: 'parser.wasm32-wasip1.wasm' },
  'tree-sitter.wasm': { package: 'web-tree-sitter', file: 'web-tree-sitter.wasm' },
  'bash.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-bash.wasm' },
  'cpp.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-cpp.wasm' },
  'csharp.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-c-sharp.wasm' },
  'go.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-go.wasm' },
  'java.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-java.wasm' },
  'php.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-php.wasm' },
  'python.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-python.wasm' },
  'ruby.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-ruby.wasm' },
  'rust.wasm': { package: '@vscode/tree-sitter-wasm', file: 'wasm/tree-sitter-rust.wasm' },
} as const;

export type GrammarFile = keyof typeof grammarFiles;

const inCheckout = import.meta.url.endsWith('.ts');
const require = createRequire(import.meta.url);

export function grammarPath(name: GrammarFile): string {
  if (!inCheckout) return fileURLToPath(new URL(`./grammars/${name}`, import.meta.url));
  const { package: from, file } = grammarFiles[name];
  return require.resolve(`${from}/${file}`);
}

export function grammarBytes(name: GrammarFile): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(grammarPath(name)));
}
