import { type Diagnostic, isDegrading } from '#model/diagnostic.ts';
import type { CoverageLedger } from '#model/ledger.ts';
import type { FileResult } from './file-task.ts';

/** Diagnostics of one code that are kept one by one; the rest are folded into a count. */
const keptPerCode = 50;

/** Counts what a run covered while it goes. */
export class LedgerBook {
  private analysed = 0;
  private fromCache = 0;
  private bytes = 0;
  private readonly kept = new Map<Diagnostic['code'], Diagnostic[]>();
  private readonly folded = new Map<Diagnostic['code'], number>();
  /** Rules that are said to be wrong: each thread that meets one says so. */
  private readonly wrongRules = new Set<string>();
  /** Becomes true with the first diagnostic that leaves a gap. */
  degraded = false;

  addResult(result: FileResult): void {
    for (const diagnostic of result.diagnostics) this.add(diagnostic);
    if (result.outcome === 'binary') this.add({ code: 'file-binary', path: result.path, message: 'binary file, not analysed' });
    if (result.outcome !== 'analysed' && result.outcome !== 'cached') return;
    this.analysed++;
    this.bytes += result.size;
    if (result.outcome === 'cached') this.fromCache++;
  }

  add(diagnostic: Diagnostic): void {
    if (diagnostic.code === 'rule-invalid') {
      const key = JSON.stringify([diagnostic.path, diagnostic.line, diagnostic.rule, diagnostic.message]);
      if (this.wrongRules.has(key)) return;
      this.wrongRules.add(key);
    }
    if (isDegrading(diagnostic)) this.degraded = true;
    const { code } = diagnostic;
    const kept = this.kept.get(code) ?? [];
    this.kept.set(code, kept);
    // Those that come first by their order, whichever thread was quicker.
    const after = kept.findIndex((one) => compare(diagnostic, one) < 0);
    kept.splice(after < 0 ? kept.length : after, 0, diagnostic);
    const left = kept.length > keptPerCode ? kept.pop() : undefined;
    if (left !== undefined) this.folded.set(code, (this.folded.get(code) ?? 0) + (left.count ?? 1));
  }

  close(facts: Pick<CoverageLedger, 'filesSeen' | 'rulesLoaded' | 'rulesSkipped' | 'code'>): CoverageLedger {
    const rest = [...this.folded].map(([code, count]) => ({ code, count, message: `and ${count} more` }));
    return {
      ...facts,
      filesAnalysed: this.analysed,
      filesFromCache: this.fromCache,
      bytesAnalysed: this.bytes,
      diagnostics: [...[...this.kept.values()].flat(), ...rest].sort(compare),
      degraded: this.degraded,
      bytesSent: 0,
    };
  }
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return text(a.code, b.code) || text(a.path ?? '\uffff', b.path ?? '\uffff') || (a.line ?? 0) - (b.line ?? 0) || text(a.message, b.message);
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
