import { hash } from 'node:crypto';
import type { Fix } from '#model/finding.ts';
import { applyFix } from '../../verify-fixes.ts';
import type { PlacedMatch } from '../flow-matches.ts';
import { loosePrograms } from '../loose-programs.ts';
import { type FrontEnds, lowerFile } from '../lower.ts';
import type { Analysis } from '../program-task.ts';

/** What is proven in one run, and how much is read for it: each fix costs an analysis of its file. */
const most = { fixes: 400, characters: 4_000_000, fileCharacters: 400_000 };
const mostFacts = 500_000;

export interface Prover {
  text(path: string): string | undefined;
  /** The tools for a file, once one is to be analysed. */
  tools(path: string): Promise<ProofTools>;
  /** What was proven before, by everything that it depends on. */
  readonly known?: { get(key: string): boolean | undefined; add(key: string, proven: boolean): void };
  /** A fix that nobody sees is not worth an analysis. */
  isSeen(match: PlacedMatch): boolean;
  stopped(): boolean;
}

export interface ProofTools {
  readonly frontEnds: FrontEnds;
  readonly analysis: Analysis;
}

/**
 * Applies each fix to a copy of its file, reads that again and analyses it as a program of its own: a fix is proven when the finding is gone, nothing new came and the file
 * can be read as before. What is not proven is not offered; a fix that nobody came to try stays, unverified.
 */
export async function proveFixes(matches: readonly PlacedMatch[], prover: Prover): Promise<readonly PlacedMatch[]> {
  const verdicts = new Map<PlacedMatch, boolean | undefined>();
  const budget = { fixes: most.fixes, characters: most.characters };
  for (const [path, due] of Map.groupBy(matches.filter((one) => one.match.match.fix !== undefined && prover.isSeen(one)), (one) => one.path)) {
    const text = prover.text(path);
    if (text === undefined || text.length > most.fileCharacters || prover.stopped()) continue;
    const file = new FileProof(path, text, prover);
    for (const one of due) {
      const known = prover.known?.get(file.key(one));
      if (known === undefined && (--budget.fixes < 0 || (budget.characters -= text.length) < 0)) break;
      verdicts.set(one, known ?? (await file.proves(one)));
    }
  }
  return matches.map((one) => {
    const { fix, ...rest } = one.match.match;
    const proven = verdicts.get(one);
    if (fix === undefined || proven === undefined) return one;
    return { ...one, match: { ...one.match, match: proven ? { ...rest, fix: { ...fix, verified: true } } : rest } };
  });
}

/** How many findings there are of each rule, and how many parts could not be read. */
interface Counts {
  readonly byRule: ReadonlyMap<string, number>;
  readonly gaps: number;
}

class FileProof {
  private readonly path: string;
  private readonly text: string;
  private readonly prover: Prover;
  private before: Counts | undefined;

  constructor(path: string, text: string, prover: Prover) {
    this.path = path;
    this.text = text;
    this.prover = prover;
  }

  key({ match: { unit, match } }: PlacedMatch): string {
    return hash('sha256', JSON.stringify([this.path, hash('sha256', this.text, 'hex'), unit, match.fix?.edits]), 'hex');
  }

  async proves(one: PlacedMatch): Promise<boolean> {
    const tools = await this.prover.tools(this.path);
    this.before ??= countsIn(this.path, this.text, tools);
    const after = countsIn(this.path, applyFix(this.text, one.match.match.fix as Fix), tools);
    const proven = isMended(this.before, after, one.match.unit);
    this.prover.known?.add(this.key(one), proven);
    return proven;
  }
}

export function isMended(before: Counts | undefined, after: Counts | undefined, rule: string): boolean {
  if (before === undefined || after === undefined || after.gaps > before.gaps) return false;
  const fewer = (after.byRule.get(rule) ?? 0) < (before.byRule.get(rule) ?? 0);
  return fewer && [...after.byRule].every(([id, count]) => count <= (before.byRule.get(id) ?? 0));
}

/** What the analysis says of a file by itself; undefined where it cannot be read as code. */
export function countsIn(path: string, text: string, { frontEnds, analysis }: ProofTools): Counts | undefined {
  const lowered = lowerFile(path, Buffer.from(text), frontEnds);
  if (lowered.head === undefined) return undefined;
  const byRule = new Map<string, number>();
  const count = (rule: string): unknown => byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  for (const { program } of loosePrograms([lowered])) {
    const { flows, calls } = analysis(program, { overBudget: () => false, mostFacts });
    for (const flow of flows) count(`code/${flow.class}`);
    for (const call of calls) count(call.rule);
  }
  return { byRule, gaps: lowered.gaps.length };
}
