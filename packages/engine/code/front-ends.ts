import type { Language } from '#model/ir.ts';
import type { FrontEnd, FrontEnds } from './lower.ts';

/** Loads the front ends of languages, each only when it is asked for: their parsers cost time to start. */
export async function loadFrontEnds(languages: readonly Language[]): Promise<FrontEnds> {
  const loaded: [Language, FrontEnd][] = [];
  for (const language of languages) {
    const frontEnd = await loaders[language]?.();
    if (frontEnd !== undefined) loaded.push([language, frontEnd]);
  }
  return new Map(loaded);
}

const loaders: Partial<Record<Language, () => Promise<FrontEnd>>> = {};
