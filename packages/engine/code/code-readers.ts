import { codeLoaders } from './code-patterns.ts';
import type { CodeReader } from './code-target.ts';

const readers = new Map<string, CodeReader>();

/** Loads what these languages need, once a thread; afterwards `codeReader` gives it without waiting. */
export async function prepareReaders(languages: Iterable<string>): Promise<void> {
  for (const language of languages) {
    const load = codeLoaders.get(language);
    if (load !== undefined && !readers.has(language)) readers.set(language, await load());
  }
}

export function codeReader(language: string): CodeReader | undefined {
  return readers.get(language);
}

export function readsCode(language: string): boolean {
  return codeLoaders.has(language);
}
