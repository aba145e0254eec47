import { decodeModel } from '#learn/model-file.ts';
import type { HashedModel } from '#model/unit.ts';
import { loadContent } from './content.ts';

const decoded = new Map<string, HashedModel>();

/** A learned model of this build, decoded once for each process. */
export function learnedModel(id: string): HashedModel | undefined {
  const known = decoded.get(id);
  if (known !== undefined) return known;
  const file = loadContent().models.find((model) => model.id === id);
  if (file === undefined) return undefined;
  const model = decodeModel(file);
  decoded.set(id, model);
  return model;
}
