import type { IgnoreComment } from '#analyze/ignore-comments.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Finding } from '#model/finding.ts';
import type { Suppression } from '#model/suppression.ts';
import ignore from 'ignore';
import type { FileSuppression } from './options.ts';
import { globToRegExp } from './units.ts';

/** Applies suppressions to the findings of one run and reports those that are expired or match nothing (law 9). */
export class Suppressor {
  private readonly entries: { readonly entry: FileSuppression; readonly rule: RegExp; readonly paths: ((path: string) => boolean) | undefined; used: boolean }[];
  private readonly today: string;
  readonly diagnostics: Diagnostic[] = [];

  constructor(entries: readonly FileSuppression[], today: string) {
    this.today = today;
    this.entries = entries.filter((entry) => this.isCurrent(entry.rule, entry.until, undefined)).map((entry) => {
      const matcher = entry.paths.length === 0 ? undefined : ignore().add([...entry.paths]);
      return { entry, rule: globToRegExp(entry.rule), paths: matcher === undefined ? undefined : (path: string) => matcher.ignores(path), used: false };
    });
  }

  /** Marks the findings of one file. */
  apply(path: string, findings: readonly Finding[], comments: readonly IgnoreComment[]): Finding[] {
    const current = comments.filter(({ suppression, line }) => this.isCurrent(suppression.rule, suppression.until ?? '', { path, line }));
    const used = new Set<IgnoreComment>();
    const marked = findings.map((finding) => {
      const comment = current.find((candidate) => covers(candidate, finding));
      if (comment !== undefined) used.add(comment);
      const suppression = comment?.suppression ?? this.fromConfiguration(finding);
      return suppression === undefined ? finding : { ...finding, suppression };
    });
    for (const comment of current) {
      if (used.has(comment)) continue;
      const message = `the ignore comment for ${comment.suppression.rule} matches nothing; remove it`;
      this.diagnostics.push({ code: 'suppression-unused', path, line: comment.line, message });
    }
    return marked;
  }

  /** To be called once all files are through. */
  reportUnused(): void {
    for (const { entry, used } of this.entries) {
      if (used) continue;
      const message = `the suppression of ${entry.rule} by ${entry.owner} matches nothing; remove it`;
      this.diagnostics.push({ code: 'suppression-unused', rule: entry.rule, message });
    }
  }

  private fromConfiguration(finding: Finding): Suppression | undefined {
    for (const candidate of this.entries) {
      const { entry, rule, paths } = candidate;
      if (!rule.test(finding.rule)) continue;
      if (paths !== undefined && !paths(finding.location.path)) continue;
      if (entry.fingerprints.length > 0 && !entry.fingerprints.includes(finding.fingerprint)) continue;
      candidate.used = true;
      return { kind: 'file', rule: entry.rule, reason: entry.reason, owner: entry.owner, until: entry.until };
    }
    return undefined;
  }

  private isCurrent(rule: string, until: string, at: { path: string; line: number } | undefined): boolean {
    if (until >= this.today) return true;
    const message = `the suppression of ${rule} expired on ${until}; fix the finding or renew it with a reason`;
    this.diagnostics.push({ code: 'suppression-expired', rule, message, ...at });
    return false;
  }
}

/** A comment covers its own line and the next one. */
function covers({ line, suppression }: IgnoreComment, finding: Finding): boolean {
  const { startLine, endLine } = finding.location.region;
  const near = (startLine === line || startLine === line + 1 || (startLine <= line && line <= endLine));
  return near && globToRegExp(suppression.rule).test(finding.rule);
}
