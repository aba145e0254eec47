import type { CodeCoverage } from '#model/ledger.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { ModuleRole, ProgramStatistics } from '#model/program.ts';
import type { Lowered } from './lower.ts';
import type { AnalysedProgram } from './programs.ts';

/** Gaps after which findings may be missing beyond what the documentation says of a language. */
const serious = new Set(['syntax', 'too-deep', 'too-large']);
const words: Readonly<Record<string, string>> = { syntax: 'syntax', 'too-deep': 'nested too deep', 'too-large': 'too large', unsupported: 'not supported' };

/** What the ledger says of a file that was not read wholly. In tests, examples and documents broken code is often meant. */
export function gapDiagnostics(path: string, lowered: Lowered, role: ModuleRole, aside: boolean): Diagnostic[] {
  if (lowered.outcome === 'machine-made') return [{ code: 'file-generated', path, message: 'minified or generated: no flow analysis' }];
  if (lowered.gaps.length === 0) return [];
  const reasons = [...new Set(lowered.gaps.map(({ reason }) => words[reason] ?? reason))].sort().join(', ');
  const code = role === 'code' && !aside && lowered.gaps.some(({ reason }) => serious.has(reason)) ? 'code-unparsed' : 'code-partial';
  const parts = lowered.gaps.length === 1 ? 'one part' : `${lowered.gaps.length} parts`;
  return [{ code, path, message: `${parts} could not be read as code (${reasons}); flows through what is missing are not seen` }];
}

/** Calls of all programs that lead to where nothing is known: to libraries without a description, and to nobody knows where. */
export function openCalls({ calls, callsUnresolved, callsUndescribed }: CodeCoverage): Diagnostic[] {
  const share = (part: number): string => `${percent(part, calls)} % of ${calls} calls`;
  return [
    ...(callsUnresolved === 0 ? [] : [{ code: 'code-unresolved', count: callsUnresolved, message: `${share(callsUnresolved)} could not be resolved: it is not known which function they reach` } as const]),
    ...(callsUndescribed === 0 ? [] : [{ code: 'code-undescribed', count: callsUndescribed, message: `${share(callsUndescribed)} go to libraries of which nothing is known: what goes in is taken to come out, and nothing else is seen of them` } as const]),
  ];
}

/** Figures over all programs, for the ledger. */
export function coverageOf(files: readonly { readonly lowered: Lowered; readonly fromCache: boolean }[], programs: readonly AnalysedProgram[]): CodeCoverage {
  const modules = files.filter(({ lowered }) => lowered.outcome === 'module');
  const sum = (pick: (one: ProgramStatistics) => number): number => programs.reduce((total, { result }) => total + pick(result.statistics), 0);
  return {
    modules: modules.length,
    modulesFromCache: modules.filter(({ fromCache }) => fromCache).length,
    modulesPartial: modules.filter(({ lowered }) => lowered.gaps.length > 0).length,
    programs: programs.length,
    programsFromCache: programs.filter(({ fromCache }) => fromCache).length,
    functions: sum((one) => one.functions),
    calls: sum((one) => one.calls),
    callsUnresolved: sum((one) => one.callsUnresolved),
    callsUndescribed: sum((one) => one.callsUndescribed),
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}
