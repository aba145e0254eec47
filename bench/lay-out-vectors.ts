/**
 * Writes `secret-vectors/vectors.jsonl` from checkouts of gitleaks, betterleaks and kingfisher:
 *
 *     node bench/lay-out-vectors.ts CHECKOUTS   (a folder that holds `gitleaks`, `betterleaks` and `kingfisher`; default: $WATCHWARD_CORPORA)
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { goExamples } from './vectors/go-examples.ts';
import type { Vector } from './vectors/vector.ts';

const folder = process.argv[2] ?? process.env.WATCHWARD_CORPORA;
if (folder === undefined) throw new Error('name the folder of the checkouts, or set WATCHWARD_CORPORA');

const vectors = distinct([...goVectors('betterleaks'), ...goVectors('gitleaks'), ...yamlVectors('kingfisher')]);
mkdirSync(join(folder, 'secret-vectors'), { recursive: true });
writeFileSync(join(folder, 'secret-vectors', 'vectors.jsonl'), vectors.map((vector) => `${JSON.stringify(vector)}\n`).join(''));
process.stdout.write(`${vectors.filter(({ truth }) => truth).length} true, ${vectors.filter(({ truth }) => !truth).length} false\n`);

function goVectors(origin: string): Vector[] {
  return filesOf(origin, 'cmd/generate/config/rules', '.go').flatMap((text) => goExamples(text).map((example) => ({ origin, ...example })));
}

function yamlVectors(origin: string): Vector[] {
  interface Rule { readonly id: string; readonly examples?: readonly unknown[]; readonly negative_examples?: readonly unknown[] }
  return filesOf(origin, 'data/rules', '.yml').flatMap((text) => (load(text) as { readonly rules: readonly Rule[] }).rules).flatMap((rule) => {
    const vector = (truth: boolean) => (example: unknown): Vector => ({ origin, rule: rule.id, truth, text: String(example) });
    return [...(rule.examples ?? []).map(vector(true)), ...(rule.negative_examples ?? []).map(vector(false))];
  });
}

function filesOf(origin: string, path: string, ending: string): string[] {
  const at = join(folder as string, origin, path);
  return readdirSync(at).filter((name) => name.endsWith(ending)).sort().map((name) => readFileSync(join(at, name), 'utf8'));
}

/** The same text for the same rule counts once. */
function distinct(all: readonly Vector[]): Vector[] {
  return [...new Map(all.map((vector) => [JSON.stringify(vector), vector])).values()];
}
