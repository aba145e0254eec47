import type { Finding } from '#model/finding.ts';
import { atLeast, confidences, personas, severities } from '#model/severity.ts';
import type { FileResult } from './file-task.ts';
import { type FoundIn, toFindings } from './findings.ts';
import type { IgnoreComment } from '#analyze/ignore-comments.ts';
import { withoutRepeats } from './code/repeats.ts';
import type { LedgerBook } from './ledger.ts';
import type { ScanObserver, ScanOptions } from './options.ts';
import { rank } from '#score/rank.ts';
import { SharedParts } from './shared-parts.ts';
import { Suppressor } from './suppress.ts';
import { ruleInfos, type Selection } from './units.ts';

/** Takes results as they come, in any order, and puts them into the order of the listing. */
export class Collector {
  readonly suppressor: Suppressor;
  done = 0;
  findings: Finding[] = [];
  private bytes = 0;
  private dropped = 0;
  /** Matches that are kept for the cache. */
  private held = 0;
  private readonly shared = new SharedParts();
  private readonly results = new Map<string, FileResult>();
  private readonly options: ScanOptions;
  private readonly book: LedgerBook;
  private readonly observer: ScanObserver;
  private readonly total: number;
  private readonly infos: ReturnType<typeof ruleInfos>;

  constructor(options: ScanOptions, selection: Selection, book: LedgerBook, today: string, observer: ScanObserver, total: number) {
    this.options = options;
    this.book = book;
    this.observer = observer;
    this.total = total;
    this.infos = ruleInfos(selection);
    this.suppressor = new Suppressor(options.suppressions, today);
  }

  add(result: FileResult): void {
    const key = result.version === undefined ? result.path : `${result.version.oid}:${result.path}`;
    if (this.results.has(key)) return;
    this.held += result.matches.length;
    this.results.set(key, this.options.history || this.held > this.options.limits.findings ? withoutDetail(result) : result);
    this.done++;
    this.bytes += result.size;
    this.book.addResult(result);
    this.keep(this.suppressor.apply(result.path, toFindings(result, this.infos, this.shared), result.comments));
    this.observer.onProgress?.({ files: this.done, total: this.total, bytes: this.bytes });
  }

  /** What the pass over whole programs found in one file; `comments` only where no pass over the file has given them. */
  addCode(found: FoundIn, comments?: readonly IgnoreComment[]): void {
    const marked = this.suppressor.apply(found.path, toFindings(found, this.infos, this.shared), comments);
    this.findings = withoutRepeats(this.findings, marked);
    this.keep(marked);
  }

  /** What the pass over files said of one. */
  result(path: string): FileResult | undefined {
    return this.results.get(path);
  }

  private keep(marked: readonly Finding[]): void {
    for (const finding of marked) {
      if (atLeast(personas, this.options.persona, finding.persona)) this.findings.push(finding);
      if (counts(finding, this.options)) this.observer.onFinding?.(finding);
    }
    if (this.findings.length > 1.5 * this.options.limits.findings) this.keepRiskiest();
  }

  /** To be called once all files are through. */
  settle(): void {
    this.keepRiskiest();
    const { findings } = this.options.limits;
    if (this.dropped === 0) return;
    const message = `more than ${findings} findings in one run; the riskiest were kept; mend or exclude what has most, or raise limits.findings`;
    this.book.add({ code: 'finding-limit', count: this.dropped, message });
  }

  /** The order is total, so that it does not matter in which order results came. */
  private keepRiskiest(): void {
    const { findings } = this.options.limits;
    if (this.findings.length <= findings) return;
    this.dropped += this.findings.length - findings;
    this.findings = rank(this.findings).slice(0, findings);
  }

  inOrder(): FileResult[] {
    return [...this.results.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
}

const none: readonly never[] = [];

/** What is needed of a result once it is through and not to be cached. */
function withoutDetail({ path, size, sha256, outcome, generated }: FileResult): FileResult {
  return { path, size, sha256, outcome, generated, matches: none, comments: none, diagnostics: none, cacheable: false };
}

/** Whether a finding is at or above what the user asked for, and neither suppressed nor old. */
export function counts(finding: Finding, options: Pick<ScanOptions, 'severity' | 'confidence' | 'persona'>): boolean {
  return (
    finding.suppression === undefined &&
    finding.baseline !== 'existing' &&
    atLeast(severities, finding.severity, options.severity) &&
    atLeast(confidences, finding.confidence, options.confidence) &&
    atLeast(personas, options.persona, finding.persona)
  );
}

