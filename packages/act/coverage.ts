import { diagnosticCodes, type Diagnostic, type DiagnosticCode } from '#model/diagnostic.ts';
import type { CoverageLedger } from '#model/ledger.ts';
import type { Report } from '#model/report.ts';

/** Left out on purpose; other codes that do not degrade are remarks. */
const leftOut: ReadonlySet<DiagnosticCode> = new Set([
  'file-binary', 'file-excluded', 'file-ignored', 'file-sparse', 'link-skipped', 'link-cycle',
]);

/** Every diagnostic of one code. */
export interface DiagnosticGroup {
  readonly code: DiagnosticCode;
  readonly means: string;
  readonly kind: 'gave up' | 'skipped' | 'noted';
  readonly degraded: boolean;
  readonly count: number;
  /** The first few, for a reader who wants to see one. */
  readonly examples: readonly Diagnostic[];
}

const order = ['gave up', 'skipped', 'noted'];
const examplesShown = 3;

/** Diagnostics by code: what makes the run incomplete first, remarks last, then the most frequent. */
export function diagnosticGroups(ledger: CoverageLedger): readonly DiagnosticGroup[] {
  const byCode = new Map<DiagnosticCode, Diagnostic[]>();
  for (const diagnostic of ledger.diagnostics) {
    const same = byCode.get(diagnostic.code);
    if (same === undefined) byCode.set(diagnostic.code, [diagnostic]);
    else same.push(diagnostic);
  }
  return [...byCode]
    .map(([code, all]) => ({
      code,
      ...diagnosticCodes[code],
      kind: diagnosticCodes[code].degraded ? 'gave up' as const : leftOut.has(code) ? 'skipped' as const : 'noted' as const,
      count: all.reduce((sum, diagnostic) => sum + (diagnostic.count ?? 1), 0),
      examples: all.slice(0, examplesShown),
    }))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** Whole days between the last change of the bundled content and the run. */
export function contentAgeDays(report: Report): number | undefined {
  const age = (Date.parse(report.run.startedAt) - Date.parse(report.tool.contentDate)) / 86_400_000;
  return Number.isFinite(age) ? Math.max(0, Math.floor(age)) : undefined;
}

export function contentAge(report: Report): string {
  const days = contentAgeDays(report);
  if (days === undefined) return `of unknown age (${report.tool.contentDate})`;
  return `${days} ${days === 1 ? 'day' : 'days'} old (${report.tool.contentDate})`;
}

export interface LedgerLine {
  readonly label: string;
  readonly text: string;
}

/** The trust figures in words, shared by every reporter for people. Text is raw: each reporter escapes it. */
export function ledgerLines(report: Report): readonly LedgerLine[] {
  const { ledger, run } = report;
  return [
    {
      label: 'files',
      text: `${count(ledger.filesSeen)} seen, ${count(ledger.filesAnalysed)} read, ${count(ledger.filesFromCache)} from cache, ${bytes(ledger.bytesAnalysed)}`,
    },
    ...codeLine(ledger),
    { label: 'rules', text: `${count(ledger.rulesLoaded)} loaded, ${count(ledger.rulesSkipped)} skipped` },
    { label: 'data', text: contentAge(report) },
    { label: 'sent', text: `${count(ledger.bytesSent)} bytes` },
    { label: 'time', text: `${run.seconds.toFixed(run.seconds < 10 ? 2 : 1)} s` },
  ];
}

/** What flow analysis covered; left out where no code was analysed. */
function codeLine({ code }: CoverageLedger): readonly LedgerLine[] {
  if (code === undefined) return [];
  const kept = code.modulesFromCache === 0 ? '' : `, ${count(code.modulesFromCache)} from cache`;
  const reused = code.programsFromCache === 0 ? '' : `, ${code.programsFromCache === code.programs ? 'unchanged' : `${count(code.programsFromCache)} unchanged`}`;
  const share = (part: number): string => (100 * part / code.calls).toFixed(1);
  const calls = code.calls === 0 ? '' : `; of ${count(code.calls)} calls ${share(code.callsUnresolved)} % not resolved, ${share(code.callsUndescribed)} % to libraries without a description`;
  return [{ label: 'code', text: `${plural(code.modules, 'module')} read${kept}; ${plural(code.programs, 'program')}${reused}; ${plural(code.functions, 'function')}${calls}` }];
}

/** Digits in groups of three, the same in every locale. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return power === 0 ? `${value} bytes` : `${(value / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** `1 finding`, `2 findings`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
