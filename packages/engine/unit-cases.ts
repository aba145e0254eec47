import { createAnalyzer, type UnitMatch } from '#analyze/analyzer.ts';
import { entriesOf } from '#formats/yaml.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { TextRule } from '#model/rule.ts';
import type { DetectContext, Detector, Proof } from '#model/unit.ts';
import { toDocument } from '#normalize/document.ts';
import { createHash, createHmac } from 'node:crypto';
import { expandCase } from './case-text.ts';
import { learnedModel } from './models.ts';

/** One example of what a unit must or must not report. */
export interface TextCase {
  readonly name: string;
  readonly fires: boolean;
  readonly text: string;
  readonly path: string;
  /** How many matches are due; only where it fires. */
  readonly count: number;
}

/** Reads the decoded cases of a text unit. Throws an `Error` that says which case is malformed. */
export function readTextCases(unit: string, data: unknown, proofs: ReadonlyMap<string, Proof>): TextCase[] {
  const top = entriesOf(data);
  if (top === undefined) throw new Error(`the cases of ${unit} must be a mapping with \`fires\` and \`silent\``);
  return (['fires', 'silent'] as const).flatMap((kind) => {
    const list = top.get(kind);
    if (!Array.isArray(list)) throw new Error(`the cases of ${unit} lack the list \`${kind}\``);
    return list.map((item, at) => readCase(unit, kind, item, at, proofs));
  });
}

function readCase(unit: string, kind: 'fires' | 'silent', item: unknown, at: number, proofs: ReadonlyMap<string, Proof>): TextCase {
  const fields = entriesOf(item);
  const text = fields?.get('text');
  if (typeof text !== 'string') throw new Error(`case ${kind}[${at}] of ${unit} has no text`);
  const path = fields?.get('path');
  const count = fields?.get('count');
  return {
    name: `${kind}[${at}]`,
    fires: kind === 'fires',
    text: expandCase(text, `${unit}:${kind}:${at}`, proofs),
    path: typeof path === 'string' ? path : 'app/config.conf',
    count: typeof count === 'number' ? count : 1,
  };
}

/** Runs one unit alone on one text. */
export function runUnit(unit: { rule: TextRule } | { detector: Detector }, proofs: readonly Proof[], path: string, text: string | Uint8Array): {
  matches: readonly UnitMatch[];
  diagnostics: readonly Diagnostic[];
} {
  const rules = 'rule' in unit ? [unit.rule] : [];
  const detectors = 'detector' in unit ? [unit.detector] : [];
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const normal = toDocument({ path, bytes }, (some) => Buffer.from(some).toString('latin1'));
  if ('binary' in normal) return { matches: [], diagnostics: [] };
  return createAnalyzer({ rules, detectors, proofs }).analyze(normal.document, caseContext());
}

/** A context that never changes: cases give the same result on any day. */
export function caseContext(): DetectContext {
  return {
    // watchward:ignore code/key-in-code until=2027-11-28 -- cases of rules must give the same on any machine; nothing real is digested with it
    digest: (value) => createHmac('sha256', 'cases').update(value).digest('hex').slice(0, 32),
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    overBudget: () => false,
    today: '2026-11-23',
    model: learnedModel,
  };
}
