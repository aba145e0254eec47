import { isScript, isTest } from './places.ts';
import type { Repo } from './repo.ts';

/** How long source files and functions are: the feel of the house in two lines. */
export function lengths(repo: Repo): string[] {
  const sources = repo.files.filter((path) => isScript(path) && !isTest(path));
  const files = sources.map((path) => repo.text(path).split('\n').length - 1);
  const functions = sources.flatMap((path) => repo.module(path).functions.map(({ lines }) => lines));
  return [`files: ${distribution(files)}`, `functions: ${distribution(functions)}`];
}

export function distribution(lengthsOf: readonly number[]): string {
  const sorted = [...lengthsOf].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return `${sorted.length}, median ${at(0.5)} lines, 95th percentile ${at(0.95)}, longest ${at(1)}`;
}
