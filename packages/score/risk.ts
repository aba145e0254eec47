import type { PathTraits } from '#model/artifact.ts';
import type { Evidence } from '#model/finding.ts';
import type { Risk, RiskFactor } from '#model/risk.ts';
import type { Confidence, Severity } from '#model/severity.ts';
import { factors } from './factors.ts';

/** Likelihood weights add up to log-odds no further than this from even: nothing is certain. */
export const logOddsBound = 6;

/**
 * The one risk of the platform (`specs/risk.md`). Evidence whose factor is not in the table is a mistake of the unit
 * and is refused by the contract test; here it weighs nothing.
 */
export function assessRisk(severity: Severity, confidence: Confidence, evidence: readonly Evidence[]): Risk {
  const parts = [
    weigh({ factor: `severity.${severity}`, detail: `severity is ${severity}` }),
    weigh({ factor: `confidence.${confidence}`, detail: `confidence is ${confidence}` }),
    ...distinct(evidence).map(weigh),
  ].filter((factor) => factor !== undefined);
  const logOdds = sum(parts.filter((part) => part.on === 'likelihood').map((part) => part.weight));
  const bounded = Math.max(-logOddsBound, Math.min(logOddsBound, logOdds));
  const likelihood = round(1 / (1 + Math.exp(-bounded)), 4);
  const impact = round(Math.min(1, product(parts.filter((part) => part.on === 'impact').map((part) => part.weight))), 4);
  return { score: round(100 * likelihood * impact, 1), likelihood, impact, factors: parts };
}

/** What the place of a file says about the findings in it. */
export function pathEvidence(traits: PathTraits, generated: boolean): Evidence[] {
  const facts: Evidence[] = [];
  if (traits.test) facts.push({ factor: 'path.test', detail: 'lies among tests' });
  else if (traits.example) facts.push({ factor: 'path.example', detail: 'lies among examples' });
  else if (traits.documentation) facts.push({ factor: 'path.documentation', detail: 'lies in documentation' });
  else if (traits.config) facts.push({ factor: 'path.config', detail: 'lies in a configuration file' });
  if (traits.vendored) facts.push({ factor: 'path.vendored', detail: 'lies in vendored code' });
  if (generated) facts.push({ factor: 'path.generated', detail: 'lies in generated or minified text' });
  return facts;
}

function weigh({ factor, detail }: Evidence): RiskFactor | undefined {
  const known = factors.get(factor);
  return known === undefined ? undefined : { name: factor, on: known.on, weight: known.weight, detail };
}

/** A fact counts once, however often it was seen. */
function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((item) => [item.factor, item])).values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function product(values: readonly number[]): number {
  return values.reduce((total, value) => total * value, 1);
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
