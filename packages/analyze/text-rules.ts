import type { Document } from '#model/artifact.ts';
import type { Evidence, Match } from '#model/finding.ts';
import { Redacted } from '#model/redacted.ts';
import type { Allowance, TextRule } from '#model/rule.ts';
import type { Persona } from '#model/severity.ts';
import type { DetectContext, Proof } from '#model/unit.ts';
import { entropy } from './entropy.ts';
import type { LineIndex } from './line-index.ts';
import { nameForTests } from './named-for-tests.ts';
import { countingReason, standInReason } from './placeholders.ts';

/** A rule made ready: its expressions compiled once. */
export interface CompiledRule {
  readonly rule: TextRule;
  readonly search: RegExp;
  readonly confirm: RegExp;
  readonly proof: Proof | undefined;
  readonly except: readonly RegExp[];
  readonly path: RegExp | undefined;
  readonly exceptPaths: readonly RegExp[];
  readonly exceptLines: readonly RegExp[];
  readonly allow: readonly CompiledAllowance[];
}

interface CompiledAllowance {
  readonly all: boolean;
  readonly lists: readonly { readonly of: 'secret' | 'match' | 'line' | 'path'; readonly expressions: readonly RegExp[] }[];
}

export function compileRule(rule: TextRule, proofs: ReadonlyMap<string, Proof>): CompiledRule {
  const { match } = rule;
  const all = (sources: readonly string[] | undefined): RegExp[] => (sources ?? []).map((source) => new RegExp(source));
  return {
    rule,
    search: new RegExp(match.pattern, `g${match.flags}`),
    confirm: new RegExp(match.pattern, `dy${match.flags}`),
    proof: match.proof === undefined ? undefined : proofs.get(match.proof),
    except: all(match.except),
    path: match.path === undefined ? undefined : new RegExp(match.path),
    exceptPaths: all(match.exceptPaths),
    exceptLines: all(match.exceptLines),
    allow: (match.allow ?? []).map(compileAllowance),
  };
}

function compileAllowance({ all, secrets, matches, lines, paths }: Allowance): CompiledAllowance {
  const list = (of: 'secret' | 'match' | 'line' | 'path', sources: readonly string[] | undefined) =>
    sources === undefined ? [] : [{ of, expressions: sources.map((source) => new RegExp(source)) }];
  return { all, lists: [...list('secret', secrets), ...list('match', matches), ...list('line', lines), ...list('path', paths)] };
}

/** A place where a rule holds, before it becomes a `Match`: offsets of the secret in the document's bytes. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly value: Redacted<string>;
  readonly evidence: readonly Evidence[];
}

/** Runs one rule in the windows round its keyword hits (ascending end offsets). */
export function findCandidates(compiled: CompiledRule, doc: Document, hits: readonly number[], ctx: DetectContext): Candidate[] {
  if (!appliesToPath(compiled, doc.path)) return [];
  const found: Candidate[] = [];
  let searchedTo = 0;
  for (const { start, end } of windows(compiled.rule, doc.text.length, hits)) {
    searchedTo = searchWindow(compiled, doc, Math.max(start, searchedTo), end, ctx, found);
    if (found.length >= mostCandidates || ctx.overBudget()) break;
  }
  return found;
}

function appliesToPath(compiled: CompiledRule, path: string): boolean {
  if (compiled.path !== undefined && !compiled.path.test(path)) return false;
  return !compiled.exceptPaths.some((except) => except.test(path));
}

/** What one rule or detector may see in one document: more than the highest limit on findings in a file. */
export const mostCandidates = 25_000;
/** How far round a secret its line is read. */
const nearby = 4_096;

/** A window that grows longer is closed, so that the time limit is looked at often enough. */
const longestWindow = 262_144;

/** Windows round hits, overlapping ones merged; the whole text for rules that users bring, whose authors meant it so. */
function* windows(rule: TextRule, length: number, hits: readonly number[]): Generator<{ start: number; end: number }> {
  if (rule.match.keywords.length === 0 || rule.match.foreign === true) {
    yield { start: 0, end: length };
    return;
  }
  const { before, after } = rule.match.window;
  let start = -1;
  let end = -1;
  for (const hit of hits) {
    if (start !== -1 && hit - before <= end && hit - start < longestWindow) {
      end = Math.min(length, hit + after);
      continue;
    }
    if (start !== -1) yield { start, end };
    start = Math.max(0, hit - before);
    end = Math.min(length, hit + after);
  }
  if (start !== -1) yield { start, end };
}

/** Returns the offset up to which the text has been consumed by matches. */
function searchWindow(compiled: CompiledRule, doc: Document, start: number, end: number, ctx: DetectContext, found: Candidate[]): number {
  const { search } = compiled;
  const slice = doc.text.slice(start, end);
  let consumed = start;
  search.lastIndex = 0;
  for (let hit = search.exec(slice); hit !== null; hit = search.exec(slice)) {
    if (hit[0] === '') search.lastIndex++;
    const candidate = confirm(compiled, doc, start + hit.index, ctx);
    if (candidate === undefined) continue;
    consumed = Math.max(consumed, candidate.end);
    found.push(candidate);
    if (found.length >= mostCandidates) break;
  }
  return consumed;
}

/** A window may cut a token or hide what stands before it: the match must also hold in the whole text at that offset. */
function confirm(compiled: CompiledRule, doc: Document, at: number, ctx: DetectContext): Candidate | undefined {
  compiled.confirm.lastIndex = at;
  const hit = compiled.confirm.exec(doc.text);
  if (hit === null || hit.indices === undefined) return undefined;
  const [start, end] = hit.indices.groups?.secret ?? hit.indices[1] ?? (hit.indices[0] as [number, number]);
  const value = doc.text.slice(start, end);
  if (isAllowed(compiled, doc, { secret: value, match: hit[0], start, end })) return undefined;
  const evidence = judge(compiled, value, ctx);
  if (evidence === undefined) return undefined;
  if (nameForTests(doc.text, start) !== undefined) evidence.push({ factor: 'context.test-name', detail: 'its name says that it is for tests' });
  return { start, end, value: new Redacted(value), evidence };
}

function isAllowed(compiled: CompiledRule, doc: Document, at: { secret: string; match: string; start: number; end: number }): boolean {
  if (compiled.allow.length === 0) return false;
  const texts = { secret: at.secret, match: at.match, line: lineRound(doc.text, at.start, at.end), path: doc.path };
  return compiled.allow.some(({ all, lists }) => {
    const holds = ({ of, expressions }: CompiledAllowance['lists'][number]): boolean => expressions.some((expression) => expression.test(texts[of]));
    return lists.length > 0 && (all ? lists.every(holds) : lists.some(holds));
  });
}

/** The line without its break; of a line that no person writes, what is near. */
function lineRound(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - nearby), start);
  const after = text.slice(end, end + nearby);
  return before.slice(before.lastIndexOf('\n') + 1) + text.slice(start, end) + (/^[^\r\n]*/.exec(after)?.[0] ?? '');
}

/** Undefined when the value cannot be a secret of this kind. */
function judge({ rule, proof, except }: CompiledRule, value: string, ctx: DetectContext): Evidence[] | undefined {
  const { match } = rule;
  if (except.some((expression) => expression.test(value))) return undefined;
  const proven = proof?.check(value, ctx);
  if (proven?.verdict === 'invalid') return undefined;
  const doubted = match.foreign !== true && proven?.verdict !== 'valid';
  if (doubted && (standInReason(value) !== undefined)) return undefined;
  const evidence: Evidence[] = [];
  const counting = doubted ? countingReason(value) : undefined;
  if (counting !== undefined && rule.persona === 'auditor') return undefined;
  if (counting !== undefined) {
    // Digits and entropy tell random values from words; this one is known to be neither.
    evidence.push({ factor: 'value.made-up', detail: counting });
  } else if (match.digit === true && !/\d/.test(value)) {
    return undefined;
  } else if (match.entropy !== undefined) {
    const bits = entropy(value);
    if (bits < match.entropy) return undefined;
    evidence.push({ factor: 'value.random', detail: `${bits.toFixed(1)} bits of entropy per character` });
  }
  if (proven !== undefined) {
    evidence.push({ factor: proven.verdict === 'valid' ? 'proof.valid' : 'proof.unknown', detail: proven.detail });
  }
  return evidence;
}

/** Turns a candidate into what the engine reports, unless its line excuses it. */
export function toMatch(compiled: CompiledRule, doc: Document, index: LineIndex, candidate: Candidate, ctx: DetectContext): Match | undefined {
  if (compiled.exceptLines.length > 0) {
    const line = lineRound(doc.text, candidate.start, candidate.end);
    if (compiled.exceptLines.some((except) => except.test(line))) return undefined;
  }
  return {
    region: index.region(candidate.start, candidate.end),
    message: `${compiled.rule.title} in plain text.`,
    evidence: candidate.evidence,
    context: blankedLine(doc, index, candidate.start, candidate.end),
    secretDigest: ctx.digest(candidate.value.reveal()),
    ...personaOf(compiled.rule, doc, candidate.evidence),
  };
}

/** Made-up values are for auditors; what anyone can make is a fixture among tests, examples and documentation. */
function personaOf({ selfIssued, persona }: TextRule, { traits }: Document, evidence: readonly Evidence[]): { persona?: Persona } {
  if (evidence.some((item) => item.factor === 'value.made-up')) return { persona: 'auditor' };
  const aside = traits.test || traits.example || traits.documentation;
  return selfIssued === true && persona === 'regular' && aside ? { persona: 'pedantic' } : {};
}

/** The line round a secret with the secret taken out and white space folded: part of the fingerprint. */
export function blankedLine(doc: Document, index: LineIndex, start: number, end: number): string {
  const line = index.line(start);
  const before = doc.text.slice(Math.max(line.start, start - 200), start);
  const after = end < line.end ? doc.text.slice(end, Math.min(line.end, end + 200)) : '';
  return `${before}<secret>${after}`.replace(/\s+/g, ' ').trim();
}
