import type { Document } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Match } from '#model/finding.ts';
import type { TextRule } from '#model/rule.ts';
import type { Persona } from '#model/severity.ts';
import type { Detector, DetectContext, Proof } from '#model/unit.ts';
import { buildAutomaton } from './automaton.ts';
import { latin1 } from './base64.ts';
import { type Decoded, decodeSpans } from './encoded.ts';
import { type LineIndex, lineIndex } from './line-index.ts';
import { withoutOverlaps } from './overlaps.ts';
import { blankedLine, type CompiledRule, compileRule, findCandidates, toMatch } from './text-rules.ts';

/** A match and the unit that made it. */
export interface UnitMatch {
  readonly unit: string;
  /** Rules know a format; detectors judge by context. Where both see the same place, the rule speaks. */
  readonly kind: 'rule' | 'detector';
  /** Who sees it: the match's own word, else the unit's. */
  readonly persona: Persona;
  readonly match: Match;
}

export interface Analysis {
  readonly matches: readonly UnitMatch[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface AnalyzerUnits {
  readonly rules: readonly TextRule[];
  readonly detectors: readonly Detector[];
  readonly proofs: readonly Proof[];
}

export interface AnalyzeOptions {
  /** Told before each rule that a user brought runs: a watchdog names it when it hangs. */
  readonly onForeignRule?: (index: number) => void;
  /** Units left out for this document. */
  readonly skip?: ReadonlySet<string>;
}

export interface Analyzer {
  analyze(doc: Document, ctx: DetectContext, options?: AnalyzeOptions): Analysis;
}

const decodingDepth = 2;

/** Joins units into one analyzer: one automaton over all their literals, one pass over each document. */
export function createAnalyzer({ rules, detectors, proofs }: AnalyzerUnits): Analyzer {
  const byId = new Map(proofs.map((proof) => [proof.id, proof]));
  const compiled: CompiledRule[] = [];
  const units: Units = {
    ruleCount: rules.length,
    rule: (at) => (compiled[at] ??= compileRule(rules[at] as TextRule, byId)),
    detectors,
  };
  const gate = createGate([...rules.map((rule) => rule.match.keywords), ...detectors.map((detector) => detector.needs)]);
  return { analyze: (doc, ctx, options = {}) => analyze(units, gate, doc, ctx, options) };
}

interface Units {
  readonly ruleCount: number;
  /** Compiled when first needed: most runs meet few of the rules. */
  readonly rule: (at: number) => CompiledRule;
  readonly detectors: readonly Detector[];
}

/** Hits per consumer (rules first, then detectors): ascending end offsets; an empty list for one that wants every document. */
type Gate = (bytes: Uint8Array) => Map<number, number[]>;

function createGate(literalsOf: readonly (readonly string[])[]): Gate {
  const literals = [...new Set(literalsOf.flat())];
  const position = new Map(literals.map((literal, at) => [literal, at]));
  const consumersOf: number[][] = literals.map(() => []);
  literalsOf.forEach((own, consumer) => {
    for (const literal of new Set(own)) consumersOf[position.get(literal) as number]?.push(consumer);
  });
  const always = literalsOf.flatMap((own, consumer) => (own.length === 0 ? [consumer] : []));
  const automaton = buildAutomaton(literals);
  return (bytes) => {
    const found = new Map<number, number[]>();
    automaton.scan(bytes, (literal, end) => {
      for (const consumer of consumersOf[literal] as number[]) {
        const ends = found.get(consumer);
        if (ends === undefined) found.set(consumer, [end]);
        else if (ends[ends.length - 1] !== end) ends.push(end);
      }
    });
    for (const consumer of always) found.set(consumer, []);
    return found;
  };
}

interface Run {
  readonly units: Units;
  readonly gate: Gate;
  readonly doc: Document;
  readonly ctx: DetectContext;
  readonly options: AnalyzeOptions;
  /** Made at the first match: most documents have none. */
  index?: LineIndex;
  readonly found: UnitMatch[];
  readonly diagnostics: Diagnostic[];
}

function analyze(units: Units, gate: Gate, doc: Document, ctx: DetectContext, options: AnalyzeOptions): Analysis {
  const run: Run = { units, gate, doc, ctx, options, found: [], diagnostics: [] };
  const hits = gate(doc.bytes);
  for (const [consumer, ends] of [...hits].sort(([a], [b]) => a - b)) {
    if (consumer < units.ruleCount) runRule(run, consumer, ends);
    else runDetector(run, units.detectors[consumer - units.ruleCount] as Detector, ends);
  }
  for (const span of decodeSpans(doc.bytes)) runDecoded(run, span, span, decodingDepth);
  if (ctx.overBudget()) {
    const message = 'analysis stopped at the time limit for one file; raise limits.file-ms or exclude the file';
    run.diagnostics.push({ code: 'file-over-budget', path: doc.path, message });
  }
  return { matches: withoutOverlaps(run.found), diagnostics: run.diagnostics };
}

function indexOf(run: Run): LineIndex {
  run.index ??= lineIndex(run.doc.bytes);
  return run.index;
}

function runRule(run: Run, at: number, ends: readonly number[]): void {
  const compiled = run.units.rule(at);
  if (!mayRun(run, compiled, at)) return;
  guarded(run, compiled.rule.id, () => {
    for (const candidate of findCandidates(compiled, run.doc, ends, run.ctx)) {
      const match = toMatch(compiled, run.doc, indexOf(run), candidate, run.ctx);
      if (match !== undefined) run.found.push({ unit: compiled.rule.id, kind: 'rule', persona: match.persona ?? compiled.rule.persona, match });
    }
  });
}

function mayRun(run: Run, compiled: CompiledRule, at: number): boolean {
  if (run.options.skip?.has(compiled.rule.id) === true || run.ctx.overBudget()) return false;
  if (compiled.rule.match.foreign === true) run.options.onForeignRule?.(at);
  return true;
}

function runDetector(run: Run, detector: Detector, ends: readonly number[]): void {
  if (run.options.skip?.has(detector.id) === true || run.ctx.overBudget()) return;
  guarded(run, detector.id, () => {
    for (const match of detector.detect(run.doc, ends, run.ctx)) {
      run.found.push({ unit: detector.id, kind: 'detector', persona: match.persona ?? detector.persona, match });
    }
  });
}

/** Rules see decoded text as they see any other; what they find is reported where the encoded form stands. */
function runDecoded(run: Run, span: Decoded, outer: Decoded, depth: number): void {
  const hits = run.gate(span.bytes);
  if (hits.size > 0) {
    const inner: Document = { ...run.doc, bytes: span.bytes, text: latin1(span.bytes) };
    for (const [consumer, ends] of [...hits].sort(([a], [b]) => a - b)) {
      if (consumer >= run.units.ruleCount) continue;
      const compiled = run.units.rule(consumer);
      if (!mayRun(run, compiled, consumer)) continue;
      guarded(run, compiled.rule.id, () => pushDecoded(run, compiled, inner, ends, span, outer));
    }
  }
  if (depth > 1) for (const nested of decodeSpans(span.bytes)) runDecoded(run, nested, outer, depth - 1);
}

function pushDecoded(run: Run, compiled: CompiledRule, inner: Document, ends: readonly number[], span: Decoded, outer: Decoded): void {
  for (const candidate of findCandidates(compiled, inner, ends, run.ctx)) {
    const match: Match = {
      region: indexOf(run).region(outer.start, outer.end),
      message: `${compiled.rule.title} inside ${span.encoding}-encoded text.`,
      evidence: [...candidate.evidence, { factor: 'value.encoded', detail: `hidden in ${span.encoding}` }],
      context: blankedLine(run.doc, indexOf(run), outer.start, outer.end),
      secretDigest: run.ctx.digest(candidate.value.reveal()),
    };
    run.found.push({ unit: compiled.rule.id, kind: 'rule', persona: compiled.rule.persona, match });
  }
}

/** One broken unit is named and never costs another's findings (law 5). */
function guarded(run: Run, unit: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown error';
    const message = `${unit} failed on this file (${reason}); its findings here are missing`;
    run.diagnostics.push({ code: 'rule-failed', path: run.doc.path, rule: unit, message });
  }
}
