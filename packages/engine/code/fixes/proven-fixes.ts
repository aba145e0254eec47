import { hash } from 'node:crypto';
import type { Diagnostic } from '#model/diagnostic.ts';
import { atLeast, type Persona, personas } from '#model/severity.ts';
import { toDocument } from '#normalize/document.ts';
import { loadCodeContent } from '../../content.ts';
import { programDigest } from '../../identity.ts';
import { type CodeEntry, readCode } from '../code-entry.ts';
import type { PlacedMatch } from '../flow-matches.ts';
import { loadFrontEnds } from '../front-ends.ts';
import { codeFormOf } from '../languages.ts';
import { textOf } from '../lower.ts';
import { ResultStore } from '../result-store.ts';
import { type ProofTools, proveFixes } from './prove.ts';

export interface FixProofs {
  readonly entries: readonly CodeEntry[];
  /** Tells what is kept of one place from that of another. */
  readonly name: string;
  readonly rules: readonly string[];
  /** Who reads the findings: fixes of those that this one does not see are not tried. */
  readonly persona: Persona;
  readonly stateDir: string | undefined;
  readonly fileBytes: number;
  readonly signal: AbortSignal;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

/** Proves the fixes of a scan; what was proven by an earlier run is not tried again. */
export async function provenFixes(matches: readonly PlacedMatch[], options: FixProofs): Promise<readonly PlacedMatch[]> {
  const isSeen = ({ match }: PlacedMatch): boolean => atLeast(personas, options.persona, match.persona);
  if (!matches.some((one) => one.match.match.fix !== undefined && isSeen(one))) return matches;
  const { stateDir, rules, signal } = options;
  const entries = new Map(options.entries.map((entry) => [entry.path, entry]));
  const identity = JSON.stringify(['fixes', programDigest(), loadCodeContent().hash, rules, options.name]);
  const known = stateDir === undefined ? undefined : ResultStore.open<boolean>(stateDir, hash('sha256', identity, 'hex'));
  const text = (path: string): string | undefined => textIn(entries.get(path), options.fileBytes);
  const proven = await proveFixes(matches, { text, tools: toolsFor(rules), isSeen, stopped: () => signal.aborted, ...(known === undefined ? {} : { known }) });
  try {
    known?.commit();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    options.onDiagnostic({ code: 'cache-unusable', message: `what was proven of fixes could not be kept (${reason}); the next run will try them anew` });
  }
  return proven;
}

function textIn(entry: CodeEntry | undefined, fileBytes: number): string | undefined {
  if (entry === undefined) return undefined;
  try {
    const normal = toDocument({ path: entry.path, bytes: readCode(entry, fileBytes) }, () => '');
    return 'binary' in normal ? undefined : textOf(normal.document.bytes);
  } catch {
    return undefined;
  }
}

/** Loads what proofs need: the analysis once, front ends by language. */
function toolsFor(rules: readonly string[]): (path: string) => Promise<ProofTools> {
  const kept = new Map<string, Promise<ProofTools>>();
  const load = async (): Promise<ProofTools['analysis']> => (await import('../analysis.ts')).loadAnalysis(rules);
  let analysis: ReturnType<typeof load> | undefined;
  return (path) => {
    const form = codeFormOf(path);
    const languages = typeof form === 'object' ? [form.language] : (['javascript', 'python'] as const);
    const key = languages.join();
    analysis ??= load();
    const tools = kept.get(key) ?? Promise.all([loadFrontEnds(languages), analysis]).then(([frontEnds, one]) => ({ frontEnds, analysis: one }));
    kept.set(key, tools);
    return tools;
  };
}
