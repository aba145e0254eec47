import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parseTextRule } from '#formats/text-rule.ts';
import { parseYaml, YamlError } from '#formats/yaml.ts';
import type { TextRule } from '#model/rule.ts';
import { proofs } from '#generated/analysis.ts';
import type { TextCase } from '#engine/unit-cases.ts';
import { readTextCases, runUnit } from '#engine/unit-cases.ts';

export interface RuleUnderTest {
  /** How it was named: an id or a file. */
  readonly name: string;
  readonly rule: TextRule;
  readonly cases: unknown;
}

export interface RuleVerdict {
  readonly name: string;
  readonly cases: number;
  /** What is wrong, one sentence each; empty when every case does what it should. */
  readonly problems: readonly string[];
  /** It is written for what is not run here. */
  readonly notRun?: true;
}

/** Milliseconds for one case; a rule that needs more would stop a scan of real files. */
const caseBudget = 2_000;

const proofsById = new Map(proofs.map((proof) => [proof.id, proof]));

/** Runs a rule's cases with nothing but that rule on. */
export function testRule({ name, rule, cases }: RuleUnderTest): RuleVerdict {
  let list: readonly TextCase[];
  try {
    list = readTextCases(rule.id, cases, proofsById);
  } catch (error) {
    return { name, cases: 0, problems: [error instanceof Error ? error.message : String(error)] };
  }
  const problems = list.flatMap((item) => problemOf(rule, item) ?? []);
  for (const fires of [true, false]) {
    if (!list.some((item) => item.fires === fires)) problems.push(`it has no case under \`${fires ? 'fires' : 'silent'}\``);
  }
  return { name, cases: list.length, problems };
}

function problemOf(rule: TextRule, item: TextCase): string | undefined {
  const run = (): number => runUnit({ rule }, proofs, item.path, item.text).matches.length;
  let count: number;
  try {
    // A pattern that runs away cannot be stopped from inside; V8 stops it on behalf of node:vm.
    count = Number(runInNewContext('run()', { run }, { timeout: caseBudget, breakOnSigint: true }));
  } catch (error) {
    return `${item.name}: stopped after ${caseBudget} ms or failed: ${error instanceof Error ? error.message : String(error)}`;
  }
  const due = item.fires ? item.count : 0;
  return count === due ? undefined : `${item.name}: ${count} matches where ${due} are due`;
}

/** Reads a rule of the user's and the cases beside it. */
export function readRuleFile(path: string): RuleUnderTest | RuleVerdict {
  const result = parseTextRule(`secrets/${basename(path).replace(/\.ya?ml$/, '')}`, readFileSync(path, 'utf8'));
  if ('errors' in result) return { name: path, cases: 0, problems: result.errors };
  const beside = path.replace(/\.(ya?ml)$/, '.cases.$1');
  if (!existsSync(beside)) return { name: path, cases: 0, problems: [`its cases are missing: ${beside}`] };
  try {
    return { name: path, rule: result.rule, cases: parseYaml(readFileSync(beside, 'utf8')) };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { name: path, cases: 0, problems: [`${beside}:${error.line ?? 1}: not YAML: ${error.message}`] };
  }
}
