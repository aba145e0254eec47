import type { PathTraits } from '#model/artifact.ts';
import { pathTraits } from '#normalize/path-traits.ts';

/** Other names of languages, as rules write them. */
const aliases = new Map([
  ['js', 'javascript'], ['jsx', 'javascript'], ['ts', 'typescript'], ['tsx', 'typescript'], ['vue', 'typescript'], ['py', 'python'], ['python2', 'python'], ['python3', 'python'],
  ['golang', 'go'], ['rb', 'ruby'], ['rs', 'rust'], ['c#', 'csharp'], ['sh', 'bash'], ['terraform', 'hcl'], ['tf', 'hcl'], ['docker', 'dockerfile'], ['kt', 'kotlin'],
  ['sol', 'solidity'], ['ex', 'elixir'], ['none', 'regex'], ['c++', 'cpp'], ['yml', 'yaml'],
]);

export function languageOf(name: string): string {
  return aliases.get(name) ?? name;
}

const extensions = new Map<string, readonly string[]>([
  ['javascript', ['js', 'jsx', 'mjs', 'cjs', 'es6', 'vue', 'svelte']], ['typescript', ['ts', 'tsx', 'mts', 'cts', 'vue']], ['python', ['py', 'pyi', 'pyw']], ['java', ['java']], ['go', ['go']],
  ['ruby', ['rb', 'rake', 'gemspec', 'ru', 'rakefile', 'gemfile']], ['php', ['php', 'phtml', 'php3', 'php4', 'php5', 'tpl']], ['csharp', ['cs']], ['rust', ['rs']], ['c', ['c', 'h']], ['cpp', ['cc', 'cpp', 'cxx', 'hpp', 'hxx', 'hh', 'h', 'c++']],
  ['bash', ['sh', 'bash']], ['yaml', ['yaml', 'yml']], ['json', ['json']], ['hcl', ['tf', 'hcl', 'tfvars']], ['dockerfile', ['dockerfile']],
  ['html', ['html', 'htm']], ['xml', ['xml', 'plist']],
]);

/** A name that a file of the language may have. */
export function nameOfLanguage(language: string): string {
  return language === 'java' ? 'App.java' : language === 'dockerfile' ? 'Dockerfile' : `app.${extensions.get(language)?.[0] ?? 'txt'}`;
}

/** Languages of which any text can be. */
export function isAnyText(language: string): boolean {
  return language === 'generic' || language === 'regex';
}

/** Whether files with such a name are of the language. */
export function isOfLanguage(language: string, path: string, { extension }: Pick<PathTraits, 'extension'>): boolean {
  if (isAnyText(language)) return true;
  if (language === 'dockerfile') return /(?:^|[./-])dockerfile(?:$|[.-])/i.test(path.slice(path.lastIndexOf('/') + 1));
  const own = extensions.get(language) ?? [];
  return own.some((one) => extension === one || extension.endsWith(`.${one}`));
}

/** Languages of which there is a file; those of which any text can be count always. */
export function languagesPresent(entries: readonly { readonly path: string }[]): ReadonlySet<string> {
  const present = new Set(['generic', 'regex']);
  for (const { path } of entries) {
    const traits = pathTraits(path);
    for (const language of extensions.keys()) if (!present.has(language) && isOfLanguage(language, path, traits)) present.add(language);
  }
  return present;
}
