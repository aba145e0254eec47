import { readdirSync } from 'node:fs';
import type { Check, CheckCases } from './repo.ts';

const folder = new URL('./checks/', import.meta.url);

/** Every check of the folder, by name. */
export async function loadChecks(): Promise<Check[]> {
  const names = checkNames();
  return Promise.all(names.map(async (name) => ((await import(new URL(`${name}.ts`, folder).href)) as { default: Check }).default));
}

export async function loadCases(id: string): Promise<CheckCases> {
  return ((await import(new URL(`${id}.cases.ts`, folder).href)) as { default: CheckCases }).default;
}

export function checkNames(): string[] {
  return readdirSync(folder)
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}
